"""Packages installed from whatever a branch holds today."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from nbcoach.api import CodeCell, Context, Finding, Span, installs, rule

# `git+https://user@host/owner/name.git@ref#egg=…`, also `git+ssh://git@host:owner/name`.
_ADDRESS = re.compile(
    r"(?:[\w.\[\],-]+ ?@ ?)?(?:git|hg|svn|bzr)\+\w+://(?:[^/@\s]*@)?"
    r"(?P<place>[^@#?\s]+)(?:@(?P<ref>[^#\s]*))?(?:#\S*)?"
)
_ARCHIVE = re.compile(
    r"(?:[\w.\[\],-]+ ?@ ?)?https?://"
    r"(?P<place>(?:codeload\.)?git(?:hub|lab)\.com/\S+?)/(?:-/)?(?:archive|zip|zipball|tarball)/"
    r"(?:refs/heads/)?(?P<ref>[\w.-]+?)(?:/[^/\s]+)?(?:\.zip|\.tar\.gz|\.tgz)?(?:#\S*)?"
)
_WORDS = ("git+", "hg+", "svn+", "bzr+", "/archive/", "ball/", "codeload")
_BRANCHES = frozenset({"HEAD", "dev", "devel", "develop", "main", "master", "nightly", "trunk"})


class _Source(NamedTuple):
    """A repository that a requirement names, and what is taken of it; empty for the newest."""

    place: str
    ref: str

    @property
    def name(self) -> str:
        return _plain(self.place.removesuffix(".git").rstrip("/").rsplit("/", 1)[-1])


@rule("NB332", CodeCell, mentions=_WORDS, default="on")
def unpinned_vcs_install(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A package installed from a repository without a tag or a commit."""
    for install in installs(cell):
        for requirement in (*install.requirements, *install.editable):
            source = _source(requirement)
            if source is None or _is_own(source, context):
                continue
            shown = _shown(source.place)
            if source.ref:
                message = f"`{shown}` follows branch `{source.ref}`; name a tag or a commit"
            else:
                message = f"`{shown}` follows a moving branch; add `@tag` or a commit"
            yield context.finding(_place(requirement, install.span, cell), message)


def _source(requirement: str) -> _Source | None:
    """The repository of a requirement that follows a branch."""
    found = _ADDRESS.fullmatch(requirement) or _ARCHIVE.fullmatch(requirement)
    if found is None or any(sign in found[0] for sign in "{}$<>"):
        return None
    ref = found["ref"] or ""
    return _Source(found["place"], ref) if ref in _BRANCHES or not ref else None


def _is_own(source: _Source, context: Context) -> bool:
    """Whether the repository is, or looks like, the one that the notebook belongs to."""
    remotes = context.project.remotes
    if remotes:
        return any(_Source(address, "").name == source.name for address in remotes)
    # A downloaded copy of a branch has its name behind that of the repository.
    folders = Path(context.notebook.path).absolute().parent.parts
    ends = ("", *(f"-{branch}" for branch in _BRANCHES))
    return source.name in {_plain(folder.removesuffix(end)) for folder in folders for end in ends}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.removesuffix(".git")).lower()


def _shown(place: str) -> str:
    return place if len(place) <= 46 else f"…{place[-45:]}"


def _place(requirement: str, span: Span, cell: CodeCell) -> Span:
    """Where the requirement stands in its command, else the whole command."""
    start = cell.source.find(requirement, span.start, span.end)
    return span if start < 0 else Span(start, start + len(requirement))
