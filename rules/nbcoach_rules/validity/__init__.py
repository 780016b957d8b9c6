"""NB0xx: files that cannot be read, code that does not parse, and the analysis itself."""
