"""Comments, tags and metadata that keep findings silent."""

from nbcoach.suppression.requests import suppressions
from nbcoach.suppression.silencing import Silence, silence, unknown, unused

__all__ = ["Silence", "silence", "suppressions", "unknown", "unused"]
