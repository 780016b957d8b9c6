"""A contact sheet of the lessons' figures: `python sample_notebooks/sheet.py figures.html`.

Each figure stands above its description, on a light and on a dark page, as readers may see it.
"""

import argparse
import html
import json
from collections.abc import Iterator
from pathlib import Path

from assembling import Lesson, written

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures of the lessons</title>
<style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1rem }}
main {{ display: grid; gap: 1rem; align-items: start;
  grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)) }}
figure {{ margin: 0; padding: 1rem; border-radius: .5rem; border: 1px solid #8888 }}
figure:nth-of-type(even) {{ background: #111; color: #eee }}
img {{ max-width: 100% }}
h2 {{ grid-column: 1 / -1; margin: 1rem 0 0 }}
</style><h1>Figures of the lessons</h1><main>
{figures}
</main></html>
"""


def figures(lesson: Lesson) -> Iterator[tuple[str, str, str]]:
    """The cell, the picture in base64 and the description of each figure of a lesson."""
    notebook = json.loads(lesson.notebook.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if picture := output.get("data", {}).get("image/png"):
                yield cell["id"], "".join(picture), output["metadata"]["image/png"]["alt"]


def sheet(lessons: list[Lesson]) -> str:
    """The page with the figures of all lessons."""
    parts = []
    for lesson in lessons:
        parts.append(f"<h2>{lesson.entry['id']} {html.escape(lesson.entry['title'])}</h2>")
        for cell, picture, alt in figures(lesson):
            image = f'<img alt="" src="data:image/png;base64,{picture}">'
            words = f"<figcaption><b>{cell}</b> {html.escape(alt)}</figcaption>"
            parts.append(f"<figure>{image}{words}</figure>")
    return PAGE.format(figures="\n".join(parts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path, help="where to write the sheet")
    parser.parse_args().page.write_text(sheet(written()), encoding="utf-8")


if __name__ == "__main__":
    main()
