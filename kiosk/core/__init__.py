"""The journey of a visit as pure functions: no I/O, no clock, no threads."""
