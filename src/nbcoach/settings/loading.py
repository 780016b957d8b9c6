"""Configuration files found, read and laid over one another."""

from collections.abc import Mapping
from pathlib import Path

from nbcoach.settings.model import Settings


def load(
    start: Path,
    overrides: Mapping[str, object] | None = None,
    *,
    config: Path | None = None,
    isolated: bool = False,
) -> Settings:
    """The settings for a run that starts in the folder `start`.

    `overrides` are the command line's values, with the keys and types of the configuration file:
    they replace the file's, but keys that start with `extend-` add to them. `config` names the one
    file to use; `isolated` uses none. Raises SettingsError.
    """
    raise NotImplementedError


class NestedSettings:
    """The settings that hold for each notebook: those of the nearest configuration file.

    `rule-paths` are code, so they always stay those of the run's own settings, and so do
    `baseline`, `cache`, `cache-dir`, `fail-on` and `show`, which are about the run as a whole.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._by_folder: dict[str, Settings] = {}

    def of(self, path: str) -> Settings:
        """The settings for the notebook at `path`, from the nearest file above it.

        Raises SettingsError. The answer is the same object for all notebooks of one configuration.
        """
        raise NotImplementedError
