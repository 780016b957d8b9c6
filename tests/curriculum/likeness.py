"""Whether outputs say and show the same."""

import base64
import io
import re
from typing import Any

import numpy as np
from PIL import Image

PICTURE = "image/png"
SIMILAR = 3.0  # mean difference of two pictures of which one was drawn elsewhere, of 255
NUMBER = re.compile(r" *[-+\u2212]?\d+(?:[.,]\d+)*")


def assert_alike(
    saved: list[dict[str, Any]], fresh: list[dict[str, Any]], cell: str, *, trained: bool = False
) -> None:
    """Texts are the same to the letter, and pictures look the same.

    What was `trained` depends on how a processor rounds: there numbers may differ, which the
    lesson's own checks hold within their targets, and pictures need the same size only.
    """
    assert texts(saved, numbers=not trained) == texts(fresh, numbers=not trained), cell
    for one, other in zip(saved, fresh, strict=True):
        if PICTURE in one.get("data", {}):
            ours, theirs = (pixels(output["data"][PICTURE]) for output in (one, other))
            assert ours.shape == theirs.shape, cell
            assert trained or np.abs(ours - theirs).mean() < SIMILAR, cell


def texts(outputs: list[dict[str, Any]], *, numbers: bool = True) -> list[str]:
    """All that outputs say, without their pictures, and if wanted without numbers."""
    said = [str(words(output)) for output in outputs]
    return said if numbers else [NUMBER.sub(" #", text) for text in said]


def words(output: dict[str, Any]) -> dict[str, Any]:
    data = {kind: "".join(value) for kind, value in output.get("data", {}).items()}
    kept = {"output_type", "name", "ename", "evalue", "metadata"}
    return {
        **{name: value for name, value in sorted(output.items()) if name in kept},
        "kinds": sorted(data),
        "plain": data.get("text/plain", ""),
        "text": "".join(output.get("text", "")),
    }


def pixels(picture: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        return np.asarray(image.convert("RGB"), dtype=float)
