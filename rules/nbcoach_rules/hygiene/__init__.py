"""NB6xx: what a notebook carries into version control."""
