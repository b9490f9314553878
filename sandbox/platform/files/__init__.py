"""The bytes of pages, by their digest."""
