"""What a technician edits: schema, loader with every fault named, ready-made profiles."""
