"""Constructed notebooks for one rule: what it must report and what it must leave alone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest

from nbcoach.examples import notebook_text
from nbcoach.finding import Finding
from nbcoach.inspector import Inspector
from nbcoach.settings import load
from nbcoach.tasks import Task
from nbcoach.variants import variant

Form = str | tuple[str, str]


@dataclass(frozen=True)
class Case:
    """A notebook file with a name, and how many findings its rule must report there.

    `sources` are its code cells, for tests that run them. Where `breaks` is set, a near-miss fails
    when it runs all the same: the rule is silent because it cannot know, or for another's sake.
    """

    name: str
    data: bytes
    hits: int
    path: str = "case.ipynb"
    sources: tuple[str, ...] = ()
    breaks: bool = False


def notebook(
    name: str, percent: str, hits: int = 0, *, path: str = "case.ipynb", breaks: bool = False
) -> Case:
    """A case from cells in the percent format of the rules' pages."""
    text = notebook_text(percent)
    cells = json.loads(text)["cells"]
    sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    joined = tuple(source if isinstance(source, str) else "".join(source) for source in sources)
    return Case(name, text.encode(), hits, path, joined, breaks)


def spread(
    forms: Mapping[str, Form], contexts: Mapping[str, str], hits: int = 0, *, breaks: bool = False
) -> Iterator[Case]:
    """Every form in every context.

    A form is code, or code and what must stand above it: a context has the lines `<setup>` and
    `<code>` where they go.
    """
    for form, parts in forms.items():
        setup, code = parts if isinstance(parts, tuple) else ("", parts)
        for context, template in contexts.items():
            percent = _filled(_filled(template, "<setup>", setup), "<code>", code)
            yield notebook(f"{form}-{context}", percent, hits, breaks=breaks)


def _filled(template: str, mark: str, text: str) -> str:
    lines = template.split("\n")
    return "\n".join(
        indent(text, line[: line.index(mark)]) if line.strip() == mark else line for line in lines
    )


def each(forms: Mapping[str, str], hits: int = 0, *, breaks: bool = False) -> Iterator[Case]:
    """Notebooks in the percent format by their names."""
    for name, percent in forms.items():
        yield notebook(name, percent, hits, breaks=breaks)


def rewritten(name: str, percent: str, hits: int = 0) -> Iterator[Case]:
    """One notebook as different programs save it."""
    plain = notebook(name, percent, hits)
    text = plain.data.decode()
    forms = {
        "compact": json.dumps(json.loads(text), separators=(",", ":")),
        "ascii": json.dumps(json.loads(text), indent=4, ensure_ascii=True),
        "version-4.4": variant("without-ids", text),
        "text-sources": variant("other-source-form", text),
        "crlf": variant("crlf", text),
        "byte-order-mark": "\ufeff" + text,
    }
    for form, data in forms.items():
        assert data is not None
        yield Case(f"{name}-{form}", data.encode(), hits, plain.path, plain.sources)


@cache
def _inspector(code: str, also: tuple[str, ...]) -> Inspector:
    return Inspector(load(Path(__file__).parent, {"select": [code, *also]}))


def findings(code: str, case: Case, *also: str) -> list[Finding]:
    """What one rule reports in a case, while the rules `also` run beside it."""
    result = _inspector(code, also).examine(case.path, case.data, Task()).result
    assert not result.error
    return [found.finding for found in result.findings if found.finding.code == code]


def repaired(code: str, case: Case, *also: str) -> bytes:
    """The file after the fixes of one rule, and of those that run beside it."""
    outcome = _inspector(code, also).examine(case.path, case.data, Task("unsafe"))
    return outcome.change[1] if outcome.change else case.data


def every(cases: list[Case]) -> pytest.MarkDecorator:
    """Call the decorated test with each case."""
    names = [f"{'hit' if case.hits else 'miss'}-{case.name}" for case in cases]
    assert len(set(names)) == len(names), "two cases have one name"
    return pytest.mark.parametrize("case", cases, ids=names)
