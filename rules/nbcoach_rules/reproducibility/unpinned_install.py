"""Packages installed in whatever version is the newest."""

import re
from collections.abc import Iterator

from nbcoach.api import Confidence, Context, Finding, Notebook, Severity, installs, rule, shortened

_PLAIN = re.compile(r"[A-Za-z][\w.-]*(?:\[[\w,\s-]*\])?\Z")


@rule(
    "NB331",
    Notebook,
    mentions=("install",),
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="on",
)
def unpinned_install(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Packages that are installed without a version."""
    first = None
    names: dict[str, None] = {}
    for cell in notebook.code_cells:
        for install in installs(cell):
            plain = [word for word in install.requirements if _PLAIN.match(word)]
            names.update(dict.fromkeys(plain))
            if plain and first is None:
                first = (cell, install.span)
    if first is None:
        return
    cell, span = first
    shown = ", ".join(f"`{shortened(name, 20)}`" for name in list(names)[:2])
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    verb = "are" if len(names) > 1 else "is"
    message = (
        f"{shown}{more} {verb} installed without a version; pin {'them' if verb == 'are' else 'it'}"
    )
    yield context.finding(context.at(cell, span), message)
