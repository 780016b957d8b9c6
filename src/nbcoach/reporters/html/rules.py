"""Why the rules that spoke matter, from their pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nbcoach.pages import Page
from nbcoach.report import PlacedFinding
from nbcoach.reporters.counting import count
from nbcoach.reporters.html.prose import inline

_SECTIONS = ("Why it matters", "When to ignore it")


def explanations(
    found: Iterable[PlacedFinding], pages: Mapping[str, Page], lessons: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """A part of the page for each rule that has findings, in the order of their codes."""
    numbers = Counter((placed.finding.code, placed.finding.name) for placed in found)
    if not numbers:
        return
    yield '<section class="rules"><h2>Why these rules</h2>'
    for (code, name), number in sorted(numbers.items()):
        yield f'<details id="{inline(code)}"><summary><span class="code">{inline(code)}</span> '
        yield f"{inline(name)} <small>{count(number, 'finding')}</small></summary>"
        yield from _page(pages.get(code))
        yield from (f"<p>{inline(lesson)}</p>" for lesson in lessons.get(code, ()))
        yield f"<p>More, with examples: <code>nbcoach explain {inline(code)}</code></p></details>"
    yield "</section>"


def _page(page: Page | None) -> Iterator[str]:
    if page is None:
        return
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    yield f"<p>{inline(page.summary)}</p>"
    for title in _SECTIONS:
        if title in page.sections:
            yield f"<h3>{title}</h3>{markdown.render(page.sections[title])}"
