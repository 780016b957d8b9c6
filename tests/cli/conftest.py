"""A project with rules of its own, and the command line as one calls it."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from nbcoach.cli import main
from tests.fakes import notebook_bytes

RULES = '''
import ast
from collections.abc import Iterator
from dataclasses import dataclass
from nbcoach.api import *


@dataclass(frozen=True)
class Limits:
    most: int = 3


@rule("HSE101", ast.Name, severity=Severity.ERROR, default="on", fix=Safety.SAFE)
def old_name(name: ast.Name, context: Context) -> Iterator[Finding]:
    """A name from last year."""
    if name.id == "old":
        span = context.locate(name).span
        fix = Fix("Rename it", (SourceEdit(context.cell.index, span, "new"),), Safety.SAFE)
        yield context.finding(name, "`old` is old; use `new`", fix)


@rule("HSE102", ast.Name, default="on", fix=Safety.UNSAFE)
def risky_name(name: ast.Name, context: Context) -> Iterator[Finding]:
    """A name that may be wrong."""
    if name.id == "risky":
        span = context.locate(name).span
        fix = Fix("Rename it", (SourceEdit(context.cell.index, span, "sure"),), Safety.UNSAFE)
        yield context.finding(name, "`risky` is risky; use `sure`", fix)


@rule("HSE201", CodeCell, severity=Severity.INFO, default="on", options=Limits())
def crowded_cell(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A cell of many lines."""
    if cell.source.count("\\n") >= context.options(Limits).most:
        yield context.finding(cell, "Cell is long; split it")


@rule("HSE301", CodeCell, mentions=("crash",), default="on")
def clumsy(cell: CodeCell, context: Context) -> Iterator[Finding]:
    """A rule with a fault."""
    if "crash" in cell.source:
        raise ValueError("clumsy")
    return iter(())
'''

PAGE = """\
# HSE101 old-name

A name from last year, as the **house** says. See [the list](https://example.org/names),
which goes on and on and on until the line is too wide for one terminal.

## Bad

```python
# %%
old = 1
```
```report
cell 1:1:1 HSE101 `old` is old; use `new`
```
```diff
-old = 1
+new = 1
```

- one item
- another item
"""


class Outcome(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Invoke = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("nbcoach.plugins.rule_set.installed_packs", lambda: ())
    folder = tmp_path / "project"
    (folder / "house").mkdir(parents=True)
    (folder / "house" / "rules.py").write_text(RULES)
    (folder / "house" / "rules.md").write_text(PAGE)
    (folder / "nbcoach.toml").write_text('rule-paths = ["house"]\nselect = ["HSE"]\n')
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Invoke:
    def call(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_:
            main(arguments)
        printed = capsys.readouterr()
        assert isinstance(exit_.value.code, int)
        return Outcome(exit_.value.code, printed.out, printed.err)

    return call


def write(name: str, *cells: str) -> bytes:
    """Write a notebook below the project; its bytes."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = notebook_bytes(*cells)
    path.write_bytes(data)
    return data
