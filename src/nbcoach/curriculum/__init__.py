"""The lessons that come with nbcoach: which there are, working on them, and checking answers."""
