"""E-certificates: held, opened, printed within a quota, verified."""
