"""The pages that operations teams look at."""
