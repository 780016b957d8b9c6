"""Shell commands whose effect ends with their own shell."""

import re
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, rule

_ASSIGNMENT = re.compile(r"export\s+([A-Za-z_]\w*)=(\"[^\"$`]*\"|'[^']*'|[^\s\"'$`&|;]+)\s*$")
_FOLDER = re.compile(r"cd\s+(\"[^\"$`]+\"|'[^']+'|[^\s\"'$`&|;]+)\s*$")
_OTHERS = re.compile(r"(source|\.|alias|conda\s+activate|set\s+-\w+)\s+[^&|;]+$")


@rule("NB912", CodeCell, severity=Severity.ERROR, default="on", fix=Safety.UNSAFE)
def throwaway_shell_state(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A shell command that changes only the shell it runs in, which ends with the line."""
    if cell.code is None or "!" not in cell.source:
        return
    for magic in cell.code.magics:
        command, _, comment = magic.arguments.partition(" #")
        command = command.strip()
        if magic.kind not in ("shell", "system") or "\n" in command:
            continue
        text = ""
        if found := _ASSIGNMENT.match(command):
            text = f"%env {found[1]}={found[2].strip(chr(34) + chr(39))}"
        elif found := _FOLDER.match(command):
            text = f"%cd {found[1]}"
        if text:
            edit = SourceEdit(cell.index, magic.span, text)
            # A line magic would take the comment for a part of its argument.
            fix = None if comment else Fix(f"Write `{text}`", (edit,), Safety.UNSAFE)
            message = f"`!{command[:30]}` ends with its own shell; use `{text[:30]}`"
            yield context.finding(magic.span, message, fix)
        elif _OTHERS.match(command):
            message = f"`!{command[:30]}` ends with its own shell; use one `%%bash` cell"
            yield context.finding(magic.span, message)
