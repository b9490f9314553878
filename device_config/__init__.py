"""What a technician edits: one TOML file per terminal, its schema, and every fault in it named."""
