"""Schema migrations, run by `open_database`."""
