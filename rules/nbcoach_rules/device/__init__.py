"""NB4xx: accelerators, and code that forgets which machine it runs on."""
