"""Git, asked and taught."""
