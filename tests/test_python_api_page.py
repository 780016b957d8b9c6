"""The page about Python and pytest: every example is run, and prints what the page says."""

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes import notebook_bytes

PAGE = Path(__file__).parent.parent / "docs" / "python-api.md"
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
SOURCES = [text for language, text in FENCES if language == "python"]
COMMANDS = [line for kind, text in FENCES if kind == "console" for line in text.splitlines()]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cells = ({"source": "print(total)", "id": "c1"}, "total = 1")
    Path("train.ipynb").write_bytes(notebook_bytes(*cells))


def test_scripts_print_what_the_page_says() -> None:
    names: dict[str, object] = {}
    ran = 0
    for (language, text), (following, said) in pairwise([*FENCES, ("", "")]):
        if language == "python":
            with redirect_stdout(io.StringIO()) as printed:
                exec(text, names)
            assert printed.getvalue() == (said if following == "text" else "")
            ran += 1
    assert ran == len(SOURCES) >= 5


def test_scripts_are_typed() -> None:
    Path("script.py").write_text("\n".join(SOURCES))
    # nbformat says nothing of types.
    options = ["--strict", "--untyped-calls-exclude=nbformat"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "script.py"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


def test_pytest_says_what_the_page_says() -> None:
    first, *more = COMMANDS
    output = pytest_run(first)
    line, report = (text for kind, text in FENCES[-3:] if kind == "text")
    assert line in output
    assert report in output
    assert more
    for command in more:
        if " -m " not in command:  # markers have a test of their own
            assert "1 failed" in pytest_run(command)


def pytest_run(command: str) -> str:
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
    assert words[0] == "pytest"
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, check=False)
    return done.stdout.decode()
