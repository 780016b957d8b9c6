"""Other tools, a door each."""
