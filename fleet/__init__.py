"""The central monitor: who is there, how its devices are, what it was told."""
