"""Files as text with known places."""
