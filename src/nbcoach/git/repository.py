"""One git repository, asked with git itself."""

import subprocess
from functools import cached_property
from pathlib import Path

from nbcoach.errors import ToolFailed


class Git:
    """The repository around a folder. Raises ToolFailed where there is none, or no git."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = Path(self.ask("rev-parse", "--show-toplevel").rstrip("\n"))

    def ask(self, *arguments: str) -> str:
        """What git answers as text; raises ToolFailed with git's own words if it refuses."""
        return self.ask_bytes(*arguments).decode("utf-8", "surrogateescape")

    def ask_bytes(self, *arguments: str) -> bytes:
        """What git answers; raises ToolFailed with git's own words if it refuses."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self._folder), *arguments], capture_output=True, check=True
            )
        except FileNotFoundError:
            raise ToolFailed("git is not installed, or not on the PATH") from None
        except subprocess.CalledProcessError as error:
            words = error.stderr.decode("utf-8", "replace").strip().splitlines()
            reason = words[0].removeprefix("fatal: ") if words else f"exit code {error.returncode}"
            raise ToolFailed(f"git {arguments[0]}: {reason}") from None
        return done.stdout

    @cached_property
    def settings(self) -> dict[str, str]:
        """The settings of this repository alone, by their names in lower case."""
        try:
            listed = self.ask("config", "--local", "--list", "-z")
        except ToolFailed:
            return {}
        pairs = (entry.partition("\n") for entry in listed.split("\0") if entry)
        return {name: value for name, _, value in pairs}

    def set(self, name: str, value: str) -> None:
        """Give a setting of this repository a value."""
        self.ask("config", "--local", name, value)
        self.__dict__.pop("settings", None)

    def remove_section(self, name: str) -> None:
        """Drop a section of this repository's settings, with all that is in it."""
        self.ask("config", "--local", "--remove-section", name)
        self.__dict__.pop("settings", None)

    def attribute(self, name: str, path: str) -> str:
        """The value of an attribute for a path; empty where nothing is said."""
        answer = self.ask("check-attr", "-z", name, "--", path).split("\0")
        value = answer[2] if len(answer) > 2 else ""
        return "" if value in ("unspecified", "unset") else value

    def path(self, name: str) -> Path:
        """Where git keeps a file of its own, such as `info/attributes`."""
        answer = self.ask("rev-parse", "--git-path", name).rstrip("\n")
        return self._folder / answer

    def unmerged(self) -> tuple[str, ...]:
        """The paths, from the root, that a merge left in conflict."""
        listed = self.ask("ls-files", "--unmerged", "--full-name", "-z", "--", str(self.root))
        return tuple(
            dict.fromkeys(entry.partition("\t")[2] for entry in listed.split("\0") if entry)
        )
