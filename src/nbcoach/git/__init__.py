"""What nbcoach asks of git, and what git may ask of nbcoach."""
