"""Code cells understood."""
