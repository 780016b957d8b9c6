"""What repairs change in a file, as text that `git apply` and `patch -p1` understand."""


def unified(path: str, old: str, new: str) -> str:
    """The unified diff between two versions of a file, empty if they are the same."""
    import difflib

    name = path.replace("\\", "/").lstrip("/")
    lines = difflib.unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}")
    missing = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + missing for line in lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends a line, as in git."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines
