"""The core's hands: everything that does I/O for the journey."""
