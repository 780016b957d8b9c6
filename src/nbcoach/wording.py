"""Words for messages."""


def size_text(size: int) -> str:
    """A number of characters or bytes as people say it: "812 B", "64 kB", "1.3 MB"."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 999_500 else f"{size / 1e6:.1f} MB"


def shortened(text: str, length: int) -> str:
    """At most `length` characters of one line of text; an ellipsis stands for what was cut."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
