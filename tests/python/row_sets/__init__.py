"""Which rows meet which fits and scores."""
