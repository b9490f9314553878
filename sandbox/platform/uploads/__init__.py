"""Pages that phones send."""
