"""A rule's page: what people read about it, with examples that prove it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from nbcoach.errors import PackError

SOURCES: Final = frozenset({"python", "ipynb"})

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})\s*(\w*)")
_TITLE = re.compile(r"# (\w+) ([\w-]+)\s*$")
_EXEMPTION = re.compile(r"<!-- not ([\w-]+): .+? -->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; `start` and `end` are the half-open range of its lines, marks included."""

    language: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A notebook on a page and what is expected of it; `settings` is the `toml` fence before."""

    section: str
    source: Fence
    settings: Fence | None = None
    report: Fence | None = None
    diff: Fence | None = None


@dataclass(frozen=True, eq=False)
class Page:
    """A page as it was read. `sections` maps the title of each section to its Markdown."""

    code: str
    name: str
    summary: str
    sections: Mapping[str, str]
    examples: tuple[Example, ...]
    text: str

    @cached_property
    def exemptions(self) -> frozenset[str]:
        """The variants that the page says its examples do not stand: `<!-- not name: why -->`."""
        return frozenset(_EXEMPTION.findall(self.text))


def read(path: Path) -> Page:
    """The page in a file; raises PackError if it is none."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PackError) as error:
        raise PackError(f"{path}: {error}") from error


def parse(text: str) -> Page:
    """The page in a text; raises PackError if it does not start with `# CODE name`."""
    lines = text.splitlines()
    title = _TITLE.match(lines[0]) if lines else None
    if title is None:
        raise PackError("a page starts with its rule's code and name: `# NB907 empty-cell`")
    fences = tuple(_fences(lines))
    sections = dict(_sections(lines, fences))
    return Page(
        code=title[1],
        name=title[2],
        summary=sections.pop("").strip().split("\n\n")[0].replace("\n", " "),
        sections=sections,
        examples=tuple(_examples(lines, fences)),
        text=text,
    )


def _fences(lines: list[str]) -> Iterator[Fence]:
    start, mark, language = 0, "", ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if not mark and fence:
            start, mark, language = number, fence[1], fence[2]
        elif mark and line.strip().startswith(mark) and not line.strip().strip(mark[0]):
            body = "\n".join(lines[start + 1 : number])
            yield Fence(language, f"{body}\n" if number > start + 1 else "", start, number + 1)
            mark = ""
    if mark:
        raise PackError(f"the fence that opens in line {start + 1} is never closed")


def _headings(lines: list[str], fences: tuple[Fence, ...]) -> Iterator[tuple[int, str]]:
    fenced = {number for fence in fences for number in range(fence.start, fence.end)}
    for number, line in enumerate(lines):
        if line.startswith("## ") and number not in fenced:
            yield number, line[3:].strip()


def _sections(lines: list[str], fences: tuple[Fence, ...]) -> Iterator[tuple[str, str]]:
    start, title = 1, ""
    for number, heading in _headings(lines, fences):
        yield title, "\n".join(lines[start:number])
        start, title = number + 1, heading
    yield title, "\n".join(lines[start:])


def _examples(lines: list[str], fences: tuple[Fence, ...]) -> Iterator[Example]:
    headings = list(_headings(lines, fences))
    for index, fence in enumerate(fences):
        if fence.language not in SOURCES:
            continue
        start, section = max((h for h in headings if h[0] < fence.start), default=(0, ""))
        before = fences[index - 1] if index else None
        attached = before is not None and before.language == "toml" and before.start > start
        following: dict[str, Fence] = {}
        for other in fences[index + 1 :]:
            if other.language not in ("report", "diff"):
                break
            following.setdefault(other.language, other)
        yield Example(section, fence, before if attached else None, **following)


def rewrite(page: Page, example: Example, report: str, diff: str) -> str:
    """The page's text with these fences for one of its examples; empty ones are left out."""
    lines = page.text.splitlines()
    end = example.source.end
    after_report = example.report.end if example.report else end
    # From the bottom up, so that the lines above keep their numbers.
    for language, text, old, place in (
        ("diff", diff, example.diff, after_report),
        ("report", report, example.report, end),
    ):
        new = [f"```{language}", *text.splitlines(), "```"] if text else []
        start, stop = (old.start, old.end) if old else (place, place)
        lines[start:stop] = new
    return "\n".join(lines) + "\n"
