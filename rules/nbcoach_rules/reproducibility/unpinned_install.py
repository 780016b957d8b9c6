"""Packages installed in whatever version is the newest."""

import re
from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Confidence,
    Context,
    Finding,
    Fix,
    Install,
    Notebook,
    Safety,
    Severity,
    SourceEdit,
    Span,
    installs,
    rule,
    shortened,
)

_PLAIN = re.compile(r"[A-Za-z][\w.-]*(?:\[[\w,\s-]*\])?\Z")
# What pip says that it installed, or found installed: the version without a label of the build.
_INSTALLED = re.compile(r"(?m)^\s*Successfully installed (.+)$")
_PACKAGE = re.compile(r"(\S+)-(\d[^-+\s]*)(?:\+\S*)?")
_FOUND = re.compile(
    r"(?m)^\s*Requirement already satisfied: "
    r"([\w.-]+)(?:\[.*?\])? in \S+ \((\d[^+\s()]*)(?:\+\S*)?\)"
)
_LOOK_UP = Fix("Write `name==version`; `%pip list` tells which you have", safety=Safety.MANUAL)


@rule(
    "NB331",
    Notebook,
    mentions=("install",),
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
    fix=Safety.UNSAFE,
)
def unpinned_install(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Packages that are installed without a version."""
    first = None
    names: dict[str, None] = {}
    pins: dict[str, list[SourceEdit]] = {}
    for cell in notebook.code_cells:
        for install in installs(cell):
            plain = [word for word in install.requirements if _PLAIN.match(word)]
            names.update(dict.fromkeys(plain))
            for pin, edit in _pins(cell, install, plain):
                pins.setdefault(pin, []).append(edit)
            if plain and first is None:
                first = (cell, install.span)
    if first is None:
        return
    cell, span = first
    verb, object_ = ("are", "them") if len(names) > 1 else ("is", "it")
    message = f"{_listed([*names], 20)} {verb} installed without a version; pin {object_}"
    yield context.finding(context.at(cell, span), message, _fix(pins))


def _listed(names: list[str], length: int) -> str:
    shown = ", ".join(f"`{shortened(name, length)}`" for name in names[:2])
    return f"{shown} and {len(names) - 2} more" if names[2:] else shown


def _fix(pins: dict[str, list[SourceEdit]]) -> Fix:
    if not pins:
        return _LOOK_UP
    edits = tuple(edit for found in pins.values() for edit in found)
    return Fix(f"Pin {_listed([*pins], 40)}, as its output says", edits, Safety.UNSAFE)


def _pins(cell: CodeCell, install: Install, plain: list[str]) -> Iterator[tuple[str, SourceEdit]]:
    """The versions that a command's own output tells, and how they are written behind the names."""
    if install.tool != "pip" or not install.whole or not plain:
        return
    versions = _versions(cell)
    source, end = cell.source, install.span.end
    command = re.compile(r"\binstall\b").search(source, install.span.start, end)
    for word in plain:
        known = versions.get(_normal(word.partition("[")[0]), set())
        pattern = rf"(?<![^\s'\"]){re.escape(word)}(?![^\s'\"])"
        found = [*re.compile(pattern).finditer(source, command.end() if command else end, end)]
        if len(known) == len(found) == 1:
            version, place = known.pop(), found[0].end()
            edit = SourceEdit(cell.index, Span(place, place), f"=={version}")
            yield f"{word}=={version}", edit


def _versions(cell: CodeCell) -> dict[str, set[str]]:
    """The versions of each package that the saved output of a cell names."""
    text = "".join(output.text for output in cell.outputs if output.kind == "stream")
    versions: dict[str, set[str]] = {}
    packages = [found for line in _INSTALLED.findall(text) for found in _PACKAGE.findall(line)]
    for name, version in packages + _FOUND.findall(text):
        versions.setdefault(_normal(name), set()).add(version)
    return versions


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
