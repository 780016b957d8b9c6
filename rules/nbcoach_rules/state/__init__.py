"""NB2xx: names, what they hold, and hidden state between cells."""
