"""Secrets written into cells."""

from collections.abc import Iterator

from nbcoach.api import Cell, Context, Finding, Fix, Safety, Severity, find_secrets, rule

_FIX = Fix(
    'Write `os.environ["NAME"]` here, and do not forget older versions of the file',
    safety=Safety.MANUAL,
)


@rule("NB701", Cell, severity=Severity.ERROR, default="on", fix=Safety.MANUAL)
def secret_in_source(cell: Cell, context: Context) -> Iterator[Finding]:
    """A key, token or password in the text of a cell."""
    for secret in find_secrets(cell.source):
        message = f"Source holds a {secret.kind}; revoke it and read it from the environment"
        yield context.finding(secret.span, message, _FIX)
