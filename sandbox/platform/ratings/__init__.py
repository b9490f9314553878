"""Ratings and what a bad one sets going (好差评)."""
