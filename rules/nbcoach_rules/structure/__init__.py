"""NB9xx: cells, imports, magics and speed."""
