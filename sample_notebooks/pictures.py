"""Pictures in saved outputs, with as few colours as the eye needs: a third of the size."""

import base64
import io
import re
from typing import Any

from PIL import Image, ImageChops, ImageStat

COLOURS = 64
SAME = 1.0  # mean difference, of 255, up to which two pictures look the same
FRAME = re.compile(r"(?<=data:image/webp;base64,)[A-Za-z0-9+/=]+")


def slim(notebook: Any) -> None:
    """Store the pictures of a notebook, and the frames behind its sliders, in less room."""
    for output in (each for cell in notebook.cells for each in cell.get("outputs", ())):
        data = output.get("data", {})
        if "image/png" in data:
            data["image/png"] = smaller(data["image/png"], "png", optimize=True)
        if "text/html" in data:
            data["text/html"] = FRAME.sub(frame, data["text/html"])


def frame(match: re.Match[str]) -> str:
    return smaller(match[0], "webp", lossless=True)


def smaller(encoded: str, kind: str, **options: Any) -> str:
    """A picture in base64 with fewer colours, or as it was where that shows or saves nothing."""
    picture = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    difference = ImageStat.Stat(ImageChops.difference(picture, few.convert("RGB"))).mean
    stream = io.BytesIO()
    (few if kind == "png" else few.convert("RGB")).save(stream, kind, **options)
    slimmed = base64.b64encode(stream.getvalue()).decode()
    return slimmed if max(difference) < SAME and len(slimmed) < len(encoded) else encoded
