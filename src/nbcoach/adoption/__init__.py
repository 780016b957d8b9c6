"""A project taking nbcoach up: what is there, which settings fit it, and the files that say so."""
