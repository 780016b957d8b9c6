"""Files that still have the name they were given by a program."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from nbcoach.api import Confidence, Context, Finding, Fix, Notebook, Safety, rule, shortened

# In this order: Jupyter and Colab, Jupyter's copies, macOS and VS Code's, browsers', Colab's.
_NAMED_BY_PROGRAM = re.compile(
    r"(?:[Uu]ntitled[-_ ]?\d*|.*-Copy\d+|.* copy(?: \d+)?|.* ?\(\d{1,2}\)|Copy of .+|)"
)


@rule("NB541", Notebook, confidence=Confidence.CERTAIN, default="on", fix=Safety.MANUAL)
def untitled_notebook(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """A file name that says nothing, or that it is a copy."""
    name = PurePath(notebook.path).name
    if name and _NAMED_BY_PROGRAM.fullmatch(name.rpartition(".")[0]):
        yield context.finding(
            None,
            f"File is named `{shortened(name, 40)}`; give it a descriptive name",
            Fix(
                "Rename it by what it does, as `clean_sales.ipynb` (`git mv` keeps its history)",
                safety=Safety.MANUAL,
            ),
        )
