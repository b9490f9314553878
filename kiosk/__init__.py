"""The terminal, without pixels and without wires."""
