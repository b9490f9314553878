"""What ./run is made of. Set-up uses the standard library alone: it runs before anything else."""
