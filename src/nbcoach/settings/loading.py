"""Profile, configuration file and command line, laid over one another."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from nbcoach.settings.files import ConfigurationFile, ConfigurationFiles, read_file
from nbcoach.settings.model import BASELINE_FILE, Settings
from nbcoach.settings.profiles import PROFILES
from nbcoach.settings.schema import read_values

COMMAND_LINE: Final = "command line"


def load(
    start: str | os.PathLike[str],
    overrides: Mapping[str, object] | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    isolated: bool = False,
) -> Settings:
    """The settings for a run that starts in the folder `start`.

    `overrides` are the command line's values, with the keys and types of the configuration file:
    they replace the file's, but lists whose keys start with `extend-` add to them and tables are
    merged. `config` names the one file to use; `isolated` uses none. Raises SettingsError.
    """
    folder = Path(os.path.abspath(start))
    if isolated:
        file = None
    elif config is not None:
        file = read_file(folder / config)
    else:
        file = ConfigurationFiles().nearest(str(folder))
    given = read_values(overrides or {}, folder, COMMAND_LINE)
    return _compose(file, folder, given, nested=not isolated and config is None)


class NestedSettings:
    """The settings that hold for each notebook: those of the nearest configuration file.

    `rule-paths` are code, so they always stay those of the run's own settings, and so does what is
    about the run as a whole: `baseline`, `cache`, `cache-dir`, `fail-on` and `show`.
    """

    def __init__(self, settings: Settings) -> None:
        self.run = settings
        self._files = ConfigurationFiles()
        self._by_file: dict[Path | None, Settings] = {settings.file: settings}
        self._by_folder: dict[str, Settings] = {}

    def of(self, path: str) -> Settings:
        """The settings for the notebook at `path`, from the nearest file above it.

        Raises SettingsError. The answer is the same object for all notebooks of one configuration.
        """
        return self.in_folder(os.path.dirname(path))

    def in_folder(self, folder: str) -> Settings:
        """The settings for the notebooks that lie in one folder."""
        if not self.run.nested:
            return self.run
        settings = self._by_folder.get(folder)
        if settings is None:
            settings = self._near(self._files.nearest(os.path.abspath(folder)))
            self._by_folder[folder] = settings
        return settings

    def _near(self, file: ConfigurationFile | None) -> Settings:
        path = file.path if file else None
        if path not in self._by_file:
            run = self.run
            nested = _compose(file, run.root, run.overrides, nested=True)
            self._by_file[path] = replace(
                nested,
                given={
                    **{key: source for key, source in nested.given.items() if key not in _OF_RUN},
                    **{key: source for key, source in run.given.items() if key in _OF_RUN},
                },
                **{_field(key): getattr(run, _field(key)) for key in _OF_RUN},
            )
        return self._by_file[path]


_OF_RUN = frozenset({"rule-paths", "baseline", "cache", "cache-dir", "fail-on", "show"})


def _compose(
    file: ConfigurationFile | None, start: Path, overrides: Mapping[str, Any], *, nested: bool
) -> Settings:
    root = file.path.parent if file else start
    source = str(file.path) if file else ""
    table = read_values(file.table, root, source) if file else {}
    profile = overrides.get("profile", table.get("profile", "default"))
    profiled = read_values(PROFILES[profile].settings, root, f"profile {profile}")
    values: dict[str, Any] = {"baseline": root / BASELINE_FILE}
    given: dict[str, str] = {}
    layers = {f"profile {profile}": profiled, source: table, COMMAND_LINE: overrides}
    for layer, settings in layers.items():
        values |= {key: _laid_over(key, values.get(key), settings[key]) for key in settings}
        given |= dict.fromkeys(settings, layer)
    return Settings(
        root=root,
        file=file.path if file else None,
        given=given,
        overrides=overrides,
        nested=nested,
        **{_field(key): value for key, value in values.items()},
    )


def _laid_over(key: str, below: Any, above: Any) -> Any:
    if key.startswith("extend-"):
        return (below or ()) + above
    if key == "rules":
        below = below or {}
        return {**below, **{rule: {**below.get(rule, {}), **above[rule]} for rule in above}}
    if isinstance(above, dict):
        return {**(below or {}), **above}
    return above


def _field(key: str) -> str:
    return key.replace("-", "_")
