"""Pictures of the samples are stored in little room, unless that would show."""

import base64
import io

import pytest

from tests.claims.libraries import needed

needed("PIL", "nbformat", "jupytext")

import nbformat  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

from tests.curriculum.samples import SAMPLES  # noqa: E402

assert SAMPLES  # it lets the tools beside the samples be imported
from pictures import slim  # noqa: E402


def encoded(picture: Image.Image, kind: str) -> str:
    picture.save(stream := io.BytesIO(), kind, lossless=True)
    return base64.b64encode(stream.getvalue()).decode()


def slimmed(kind: str, text: str) -> str:
    output = nbformat.v4.new_output("display_data", data={kind: text})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])])
    slim(notebook)
    stored: str = output.data[kind]
    return stored


@pytest.fixture
def chart() -> Image.Image:
    picture = Image.new("RGBA", (600, 300), "#f7f4ee")
    draw = ImageDraw.Draw(picture)
    for x in range(0, 600, 7):
        draw.text((x, x % 290), "word", fill="#1f5f8b", font_size=13)
    return picture


def test_a_chart_takes_less_room_and_looks_the_same(chart: Image.Image) -> None:
    before = encoded(chart, "png")
    after = slimmed("image/png", before)
    assert len(after) < len(before)
    assert Image.open(io.BytesIO(base64.b64decode(after))).size == chart.size


def test_the_frames_behind_a_slider_take_less_room(chart: Image.Image) -> None:
    uri = "data:image/webp;base64," + encoded(chart, "webp")
    after = slimmed("text/html", f'<img src="{uri}">')
    assert after.startswith('<img src="data:image/webp;base64,')
    assert len(after) < len(uri)


def test_a_picture_of_many_colours_stays_as_it_is() -> None:
    fade = Image.linear_gradient("L")
    bands = (fade, fade.rotate(90), Image.radial_gradient("L"))
    photo = encoded(Image.merge("RGB", bands), "png")
    assert slimmed("image/png", photo) == photo
