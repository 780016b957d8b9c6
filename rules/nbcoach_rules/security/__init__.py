"""NB7xx: secrets, personal data and unsafe loading."""
