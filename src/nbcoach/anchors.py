"""The places in a notebook that links can name: headings as tools name them, ids and labels."""

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Final
from urllib.parse import unquote

from nbcoach.notebook import MarkdownCell, Notebook

_NAMED: Final = re.compile(
    r"""(?i)\b(?:id|name|data-toc-modified-id)\s*=\s*\\?(?:"([^"\\]+)|'([^'\\]+)|([^\s"'>\\]+))"""
    r"""|^\(([^()\n]+)\)=[ \t]*$|\{[^{}\n]*\#([\w:.-]+)[^{}\n]*\}|\\label\{([^{}\n]+)\}"""
    r"""|\[\[([\w.-]+)\]\]|^[ \t]*:?(?:label|name):[ \t]*(\S+)|^\.\.\ _([^:\n]+):""",
    re.MULTILINE | re.VERBOSE,
)
_MARKUP: Final = (
    (r"\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)|<[^<>]*>|\{[#:.][^{}]*\}|¶", ""),
    (r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1"),
    (r"\\([!-/:-@\[-`{-~])", r"\1"),
    (r"\*+|`+|~~|(?<!\w)_+|_+(?!\w)", ""),
)


class Anchors:
    """What a link to `#…` in one notebook may lead to."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def has(self, fragment: str) -> bool:
        """Whether a link to `fragment` arrives in at least one of the usual tools."""
        # The table of contents of the classic notebook numbers its names: `Results-2.1`.
        forms = {form for text in (fragment, unquote(fragment)) for form in (text, _bare(text))}
        return not forms.isdisjoint(self.names) or any(map(self._is_made_by_code, forms))

    @cached_property
    def names(self) -> frozenset[str]:
        """Ids, labels, and headings as Jupyter, GitHub, Pandoc, Sphinx and others name them."""
        return frozenset(
            name for text in (*self._given, *self._slugs) for name in (text, _bare(text))
        )

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The names that Jupyter gives to the headings."""
        return tuple(_dashed(_plain(text)) for text in self._titles)

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        cells = self._notebook.cells
        return tuple(
            heading.text
            for cell in cells
            if isinstance(cell, MarkdownCell)
            for heading in cell.headings
        )

    @property
    def _given(self) -> Iterator[str]:
        for cell in self._notebook.cells:
            for found in _NAMED.finditer(cell.source):
                yield unescape(next(filter(None, found.groups())).strip())

    @property
    def _slugs(self) -> Iterator[str]:
        for title in self._titles:
            for text in {title.strip(), unescape(title.strip()), _plain(title)}:
                yield from (_dashed(text), _dashed(" ".join(text.split())))
                lower = text.lower()
                words = re.sub(r"[^\w\- ]", "", lower).strip()
                yield from (_dashed(words), re.sub(r"[-\s]+", "-", words))
                yield re.sub(r"^[^a-z]+", "", _dashed(re.sub(r"[^\w\-. ]", "", lower)))
                yield re.sub(r"[^a-z0-9]+", "-", lower).strip("-")
                yield re.sub(r"[^a-z0-9]+", "_", lower).strip("_")

    def _is_made_by_code(self, fragment: str) -> bool:
        """Whether code or an output that is shown as HTML has the fragment in it."""
        if len(fragment) < 3:
            return False
        for cell in self._notebook.code_cells:
            texts = (output.data.get("text/html") for output in cell.outputs)
            if fragment in cell.source or any(fragment in str(text) for text in texts if text):
                return True
        return False


def _plain(title: str) -> str:
    """The words of a heading without marks."""
    for pattern, words in _MARKUP:
        title = re.sub(pattern, words, title)
    return unescape(title).strip()


def _dashed(text: str) -> str:
    return text.replace(" ", "-")


def _bare(name: str) -> str:
    return re.sub(r"-\d+(?:\.\d+)*\.?$", "", name.removeprefix("user-content-"))
