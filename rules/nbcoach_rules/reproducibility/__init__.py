"""NB3xx: randomness, environments and paths."""
