"""Rules too rare in public notebooks to audit: constructed hits and near-misses instead."""
