"""NB8xx: leakage, statistics and data frames."""
