"""The lines of a `.gitattributes` file that are ours, apart from all others."""

_BEGIN = "# begin: nbcoach git setup"
_END = "# end: nbcoach git setup"


def with_block(text: str, lines: list[str]) -> str:
    """The text with these lines as our block, at its end; without a block where there are none.

    What is not ours stays byte for byte.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    before, _, after = _split(text)
    kept = before + after
    if not lines:
        return kept
    if kept and not kept.endswith("\n"):
        kept += ending
    return kept + "".join(f"{line}{ending}" for line in (_BEGIN, *lines, _END))


def block_of(text: str) -> list[str]:
    """The lines of our block."""
    return _split(text)[1].splitlines()[1:-1]


def _split(text: str) -> tuple[str, str, str]:
    start = text.find(_BEGIN)
    end = text.find(_END, start)
    if start < 0 or end < 0:
        return text, "", ""
    end += len(_END)
    for ending in ("\r\n", "\n"):
        if text.startswith(ending, end):
            end += len(ending)
            break
    return text[:start], text[start:end], text[end:]
