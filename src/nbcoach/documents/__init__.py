"""Files as text with known places."""

from typing import Final, NamedTuple, Protocol

from nbcoach.documents.regions import Region
from nbcoach.finding import Edit
from nbcoach.notebook import Location, Notebook
from nbcoach.subjects import SchemaViolation, Unreadable

MAX_SIZE: Final = 100 * 1024 * 1024
TEXT_SUFFIXES: Final = frozenset({".md", ".py", ".qmd", ".rmd"})


class Splice(NamedTuple):
    """Replace the half-open range of characters of a document's text by `text`."""

    start: int
    end: int
    text: str


class Document(Protocol):
    """A notebook file: its text, and the way from its notebook back to that text."""

    @property
    def path(self) -> str:
        """The path it is reported under."""

    @property
    def text(self) -> str:
        """The decoded file, without a byte order mark."""

    @property
    def notebook(self) -> Notebook:
        """The notebook that the text holds."""

    def violations(self) -> tuple[SchemaViolation, ...]:
        """Every place where the file breaks the schema of its format."""

    def splices(self, *edits: Edit) -> tuple[Splice, ...]:
        """The changes of the text that carry out the edits together, in the order of the text.

        They do not overlap unless the edits do. Raises EditRefused, with the reason, where the
        format cannot hold what an edit asks for.
        """

    def region(self, location: Location) -> Region:
        """Where `location` stands in the file; of a whole cell or notebook only its first line."""

    def encode(self, text: str) -> bytes:
        """The bytes of the file if its text were `text`."""


def read(path: str, data: bytes, max_size: int = MAX_SIZE) -> Document | Unreadable:
    """Read the bytes of one file, or say why they are no notebook.

    `.ipynb` is JSON, `TEXT_SUFFIXES` are text; other files are notebooks if they hold JSON.
    """
    suffix = path[path.rfind(".") :].lower()
    if suffix in TEXT_SUFFIXES:
        from nbcoach.documents.text import read_text

        return read_text(path, data, max_size)
    if suffix != ".ipynb" and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Unreadable("not-notebook", "it is neither JSON nor a text notebook that we read")
    from nbcoach.documents.ipynb import read_ipynb

    return read_ipynb(path, data, max_size)
