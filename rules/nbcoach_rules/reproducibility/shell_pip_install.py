"""Packages installed through a shell, for whichever Python the shell finds."""

from collections.abc import Iterator

from nbcoach.api import (
    CodeCell,
    Context,
    Finding,
    Fix,
    Safety,
    Severity,
    SourceEdit,
    Span,
    installs,
    rule,
)

_HOSTED_METADATA = ("accelerator", "colab", "kaggle")
_HOSTED = ("google.colab", "/kaggle/", "colab")


@rule(
    "NB333",
    CodeCell,
    mentions=("!pip", "! pip", "!conda", "! conda", "!mamba"),
    severity=Severity.INFO,
    default="preview",
    fix=Safety.UNSAFE,
)
def shell_pip_install(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """`!pip install`, which may install for another Python than the kernel's."""
    notebook = context.notebook
    if not notebook.metadata.keys().isdisjoint(_HOSTED_METADATA):
        return
    if any(word in notebook.code_text for word in _HOSTED):
        return
    for install in installs(cell):
        text = cell.source[install.span.start : install.span.end]
        if install.magic != "!" or not text.lstrip("! ").startswith(install.tool):
            continue
        sign = Span(install.span.start, install.span.start + len(text) - len(text.lstrip("! ")))
        edit = SourceEdit(cell.index, sign, "%")
        fix = Fix(f"Write `%{install.tool}`", (edit,), Safety.UNSAFE) if install.whole else None
        message = f"`!{install.tool}` may install for another Python; use `%{install.tool}`"
        yield context.finding(install.span, message, fix)
