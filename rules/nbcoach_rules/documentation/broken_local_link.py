"""Links that lead nowhere."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from nbcoach.api import Context, Finding, Fix, Link, MarkdownCell, Safety, rule, shortened

# Addresses, paths from the root of a site, places to fill in, and what web applications read.
_ELSEWHERE = re.compile(
    r"(?i)[a-z][\w+.-]*:|[/\\~]|.*[{}$<>*|]|.*\.\.\.|#(?:$|top$|/|:)|[^#]*#.*=|\?"
)
_DOMAIN = re.compile(r"(?i)(?:www\.|[\w.-]+\.(?:ai|com|dev|edu|gov|io|net|org)(?:/|$))")
_SERVER = re.compile(r"(?:files|edit|notebooks|tree|view)/")
_BOOKS = frozenset(
    "_config.yml _quarto.yml _quarto.yaml _toc.yml book.toml conf.py docusaurus.config.js "
    "mkdocs.yaml mkdocs.yml myst.yml".split()
)
# What the build of a book or a site makes of its sources.
_BUILT = frozenset({"", ".htm", ".html", ".md", ".rst"})
_SOURCES = (".ipynb", ".md", ".py", ".qmd", ".Rmd", ".rst")


@rule("NB531", MarkdownCell, default="on", fix=Safety.MANUAL)
def broken_local_link(cell: MarkdownCell, context: Context) -> Iterator[Finding]:
    """A link to a file, or to a place in a notebook, that does not exist."""
    for link in {link.target: link for link in reversed(cell.links)}.values():
        target = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(link.target)).strip()
        if _ELSEWHERE.match(target):
            continue
        written, _, fragment = target.partition("#")
        path = unquote(written.partition("?")[0]).replace("\\", "/")
        missing = _missing(path, context)
        if missing is not None:
            yield from _about_file(path, missing, link, context)
        elif fragment and (not path or path.endswith(".ipynb")):
            yield from _about_place(path, fragment, link, context)


def _about_place(path: str, fragment: str, link: Link, context: Context) -> Iterator[Finding]:
    here = context.notebook
    notebook = context.project.notebook_at(here.path, path) if path else here
    if notebook is not None and not notebook.anchors.has(fragment):
        where = f" in `{shortened(path, 25)}`" if path else ""
        message = f"No heading or id{where} is named `#{shortened(fragment, 35)}`; fix the link"
        likeliest = _likeliest(unquote(fragment), notebook.anchors.headings)
        yield _finding(link, message, f"{path}#{likeliest}" if likeliest else "", context)


def _about_file(
    path: str, missing: tuple[str, str, frozenset[str]], link: Link, context: Context
) -> Iterator[Finding]:
    folder, part, names = missing
    if not _is_made_elsewhere(path, part, names, context):
        message = f"`{shortened(path, 60)}` does not exist; fix the link"
        yield _finding(link, message, _meant(path, folder, part, names, context), context)


def _meant(path: str, folder: str, part: str, names: Iterable[str], context: Context) -> str:
    """What was probably meant: an address, the file where it lies, or one with a like name."""
    if _DOMAIN.match(path.rpartition("@")[2]):
        return f"mailto:{path}" if "@" in path else f"https://{path}"
    moved = context.project.files_named(context.notebook.path, PurePosixPath(path).name)
    if moved:
        return min(moved, key=len)
    stems = {PurePosixPath(name).stem: name for name in sorted(names)}
    near = stems.get(_likeliest(PurePosixPath(part).stem, stems, 0.85))
    found = f"{folder}/{near}{path.partition(part)[2]}".removeprefix("./") if near else ""
    return "" if _missing(found, context) else found


def _finding(link: Link, message: str, better: str, context: Context) -> Finding:
    step = f"Write `{shortened(better, 70)}`" if better else "Add what is missing, or unlink it"
    return context.finding(link.span, message, Fix(step, safety=Safety.MANUAL))


def _missing(path: str, context: Context) -> tuple[str, str, frozenset[str]] | None:
    """In which folder a path breaks off, at which part, and what is there; None if not surely."""
    folder = "."
    for part in PurePosixPath(path).parts:
        names = context.project.names_in(context.notebook.path, folder)
        if not names:
            return None
        if part != ".." and part not in names:
            return folder, part, names
        folder = f"{folder}/{part}"
    return None


def _is_made_elsewhere(path: str, part: str, names: Iterable[str], context: Context) -> bool:
    """Whether the notebook's code, a build or a server makes a target, or it is no path at all."""
    file, code = PurePosixPath(path), context.notebook.code_text
    if file.name in code or re.search(rf"[\"'/]{re.escape(part)}[\"'/]", code):
        return True
    if _SERVER.match(path) and _missing(_SERVER.sub("", path, count=1), context) is None:
        return True
    if file.suffix in _BUILT:
        beside = part == file.name and any(f"{file.stem}{end}" in names for end in _SOURCES)
        return beside or not {"/", "."} & set(path) or _is_in_book(context)
    return False


def _is_in_book(context: Context) -> bool:
    folder = "."
    while (names := context.project.names_in(context.notebook.path, folder)) is not None:
        if names & _BOOKS:
            return True
        folder = f"{folder}/.."
    return False


def _likeliest(word: str, known: Iterable[str], least: float = 0.7) -> str:
    """The word of `known` that is most like `word`, where it is like enough to be meant."""
    from difflib import get_close_matches

    small = {other.lower(): other for other in known}
    return next((small[found] for found in get_close_matches(word.lower(), small, 1, least)), "")
