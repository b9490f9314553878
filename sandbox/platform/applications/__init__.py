"""Applications: checked anew by the catalogue, and decided."""
