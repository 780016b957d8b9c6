"""The findings of one run as text, one module for each format."""
