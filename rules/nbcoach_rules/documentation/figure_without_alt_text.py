"""Figures in outputs that say nothing to who cannot see them."""

import re
from collections.abc import Iterator, Mapping

from nbcoach.api import CodeCell, Confidence, Context, Finding, Fix, Output, Safety, Severity, rule

_IMAGES = ("image/png", "image/jpeg", "image/svg+xml")
# Every front end prefers other forms of an output, such as widgets, HTML or formulas, to images.
_PLAIN = frozenset({*_IMAGES, "text/plain", "image/gif", "application/pdf"})
_QUARTO = re.compile(r"^#\| *fig-alt *:", re.MULTILINE)
_ALTERNATIVE = re.compile(r"<title\b[^>]*>\s*[^\s<]|\baria-label(?:ledby)?\s*=")
_STEPS = 'Write `display(figure, metadata={"image/png": {"alt": "…"}})`; close the figure'


@rule(
    "NB522",
    CodeCell,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.MANUAL,
)
def figure_without_alt_text(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A figure in an output without words for those who do not see it."""
    figures = [(output, image) for output in cell.outputs if (image := _image_of(output))]
    if not figures or _is_described(cell):
        return
    # What a cell shows twice, as matplotlib does with figures that are left open, counts once.
    described = {image for output, image in figures if _has_alternative(output, image)}
    count = len({image for _, image in figures} - described)
    if count:
        message = (
            "Output figure has no alternative text; show it with an `alt`"
            if count == 1
            else f"{count} output figures have no alternative text; show them with an `alt`"
        )
        yield context.finding(cell, message, Fix(_STEPS, safety=Safety.MANUAL))


def _image_of(output: Output) -> str:
    """The image that an output shows, empty where it shows none."""
    if output.kind not in ("display_data", "execute_result") or not _PLAIN.issuperset(output.data):
        return ""
    for kind in _IMAGES:
        value = output.data.get(kind)
        if isinstance(value, list):
            value = "".join(part for part in value if isinstance(part, str))
        if isinstance(value, str) and value:
            return value
    return ""


def _has_alternative(output: Output, image: str) -> bool:
    """Whether an output's metadata has a text, or the drawing itself."""
    if _says_alt(output.metadata) or any(_says_alt(output.metadata.get(kind)) for kind in _IMAGES):
        return True
    return "<svg" in image and _ALTERNATIVE.search(image) is not None


def _is_described(cell: CodeCell) -> bool:
    """Whether the cell has a text for what it shows, as nbconvert, MyST-NB or Quarto read it."""
    rendering = cell.metadata.get("mystnb", cell.metadata.get("render"))
    image = rendering.get("image") if isinstance(rendering, dict) else None
    return _says_alt(cell.metadata) or _says_alt(image) or _QUARTO.search(cell.source) is not None


def _says_alt(metadata: object) -> bool:
    alt = metadata.get("alt") if isinstance(metadata, Mapping) else None
    return isinstance(alt, str) and bool(alt.strip())
