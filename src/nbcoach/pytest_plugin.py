"""`pytest --nbcoach`: each notebook is a test that passes where nothing is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nbcoach.report import FileResult
    from nbcoach.settings import Settings

_SETTINGS: "pytest.StashKey[Settings]" = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--nbcoach`."""
    group = parser.getgroup("nbcoach", "notebooks, checked by nbcoach")
    group.addoption("--nbcoach", action="store_true", help="check notebooks, each as a test")


def pytest_configure(config: pytest.Config) -> None:
    """Let tests be selected with `-m nbcoach`; read the settings."""
    config.addinivalue_line("markers", "nbcoach: a notebook that nbcoach checks")
    if config.option.nbcoach:
        from nbcoach.errors import SettingsError
        from nbcoach.settings import load

        try:
            config.stash[_SETTINGS] = load(Path.cwd(), {"force-exclude": True})
        except SettingsError as error:
            raise pytest.UsageError(f"nbcoach: {error}") from None


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "NotebookFile | None":
    """Collect notebooks, if that was asked for."""
    if file_path.suffix != ".ipynb" or not parent.config.option.nbcoach:
        return None
    named = parent.session.isinitpath(file_path)
    if ".ipynb_checkpoints" in file_path.parts or not (named or _is_wanted(file_path, parent)):
        return None
    return NotebookFile.from_parent(parent, path=file_path)


def _is_wanted(path: Path, parent: pytest.Collector) -> bool:
    """Whether the settings of the project do not exclude a notebook."""
    from nbcoach.discovery import discover
    from nbcoach.settings import NestedSettings

    return bool(discover([path], NestedSettings(parent.config.stash[_SETTINGS])))


class NotebookFile(pytest.File):
    """A notebook, which holds one test."""

    def collect(self) -> "Iterator[NotebookItem]":
        """The test of the notebook."""
        yield NotebookItem.from_parent(self, name="nbcoach")


class NotebookItem(pytest.Item):
    """The check of one notebook, under the settings of the project that pytest runs in."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker("nbcoach")

    def runtest(self) -> None:
        """Check the notebook."""
        from nbcoach.scripting import check

        settings = self.config.stash[_SETTINGS]
        result = check(self._shown, settings)
        failed = [p for p in result.findings if p.finding.severity >= settings.fail_on]
        if failed or result.error:
            raise _NotebookError(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings as the command line shows them."""
        if not isinstance(excinfo.value, _NotebookError):
            return super().repr_failure(excinfo, style)
        from nbcoach.plugins import load_rules
        from nbcoach.report import Report
        from nbcoach.reporters import text

        settings = self.config.stash[_SETTINGS]
        rules = {entry.code: entry for entry in load_rules(settings)}
        show = min(settings.show, settings.fail_on)
        view = text.View(show=show, rules=rules, quiet=True)
        return text.report(Report((excinfo.value.result,)), view).rstrip("\n")

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands, for pytest's own lines."""
        return self.path, None, f"nbcoach: {self._shown}"

    @property
    def _shown(self) -> str:
        here = Path.cwd()
        inside = self.path.is_relative_to(here)
        return str(self.path.relative_to(here) if inside else self.path)


class _NotebookError(Exception):
    """A notebook in which something was found."""

    def __init__(self, result: "FileResult") -> None:
        super().__init__(result.path)
        self.result = result
