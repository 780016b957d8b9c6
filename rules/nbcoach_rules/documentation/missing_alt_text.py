"""Images that say nothing to who cannot see them."""

import re
from collections.abc import Iterator

from nbcoach.api import (
    Confidence,
    Context,
    Finding,
    Fix,
    Image,
    MarkdownCell,
    Safety,
    rule,
    shortened,
)

_GENERIC = re.compile(
    r"(?:alt(?:ernative)?(?:[ _-]text)?|caption|drawing|fig(?:ure)?|graph|image(?: title)?|img"
    r"|jpe?g|photo|pic(?:ture)?|plot|png|screen ?shot|text|title)[ _-]?\d*",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(?:gif|jpe?g|png|svg|webp)", re.IGNORECASE)
# Badges, buttons and logos repeat what stands beside them; pixels only count visitors.
_DECORATION = re.compile(
    r"badge|button|icon|logo|open-in-|shields\.io|/deepnote\.svg|GitHub-Mark|pixelserver",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b[^<>]*>(.{0,1000}?)</a>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


@rule("NB521", MarkdownCell, confidence=Confidence.CERTAIN, default="on", fix=Safety.MANUAL)
def missing_alt_text(cell: MarkdownCell, context: Context) -> Iterator[Finding]:
    """An image in Markdown without words for those who do not see it."""
    for image in cell.images:
        if _is_decoration(image) or _stands_beside_link_text(image, cell):
            continue
        if not image.alt:
            message = "Image has no alternative text; describe what it shows"
        elif _GENERIC.fullmatch(image.alt) or _FILE_NAME.fullmatch(image.alt):
            message = (
                f"Alternative text `{shortened(image.alt, 40)}` says nothing; describe the image"
            )
        else:
            continue
        how = 'alt="what it shows"` in the tag' if image.attributes else "![what it shows](…)`"
        fix = Fix(f"Write `{how}, with what a reader should take from it", safety=Safety.MANUAL)
        yield context.finding(image.span, message, fix)


def _is_decoration(image: Image) -> bool:
    attributes = image.attributes
    return (
        attributes.get("role") in ("none", "presentation")
        or attributes.get("aria-hidden") == "true"
        or attributes.get("alt") == ""
        or attributes.get("width", "").rstrip("px") in ("0", "1")
        or _DECORATION.search(image.target) is not None
        or bool(attributes.get("title") or attributes.get("aria-label"))
    )


def _stands_beside_link_text(image: Image, cell: MarkdownCell) -> bool:
    """Whether the image is in a link that has words too: those say where it leads."""
    return any(
        link.start() <= image.span.start < link.end() and _TAG.sub("", link[1]).strip()
        for link in _LINK.finditer(cell.source)
    )
