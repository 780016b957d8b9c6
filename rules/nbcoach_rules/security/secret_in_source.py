"""Secrets written into cells."""

from collections.abc import Iterator

from nbcoach.api import Cell, Context, Finding, Severity, find_secrets, rule


@rule("NB701", Cell, severity=Severity.ERROR, default="on")
def secret_in_source(cell: Cell, context: Context) -> Iterator[Finding]:
    """A key, token or password in the text of a cell."""
    for secret in find_secrets(cell.source):
        message = f"Source holds a {secret.kind}; revoke it and read it from the environment"
        yield context.finding(secret.span, message)
