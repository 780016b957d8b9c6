"""nbcoach: a linter and coach for Jupyter notebooks."""

__version__ = "0.1.0"
