"""NB1xx: what the saved execution counts and outputs tell."""
