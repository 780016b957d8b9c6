"""Comments, tags and metadata that keep findings silent."""

from nbcoach.suppression.judging import unused
from nbcoach.suppression.requests import suppressions
from nbcoach.suppression.silencing import Silence, silence, unknown

__all__ = ["Silence", "silence", "suppressions", "unknown", "unused"]
