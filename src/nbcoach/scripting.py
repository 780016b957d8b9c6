"""nbcoach in a script: one notebook checked, the result as a value."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbcoach.inspector import Inspector
from nbcoach.report import FileResult
from nbcoach.settings import Settings, load
from nbcoach.tasks import Task

Notebook = str | os.PathLike[str] | Mapping[str, Any]


def check(
    notebook: Notebook, settings: Settings | None = None, *, path: str = "notebook.ipynb"
) -> FileResult:
    """What there is to say about one notebook; nothing is written, nothing is run.

    `notebook` is the path of a file, or a notebook as `json.load` or `nbformat.read` give it, which
    is reported under `path`. `settings` None stands for those of the project that the file, or else
    the current folder, lies in; `nbcoach.api.load_settings` reads others. A file that cannot be
    read is a finding. Raises SettingsError and PackError where the settings or rules make no
    sense, and TypeError for a mapping that JSON cannot hold.
    """
    if isinstance(notebook, Mapping):
        data: Any = json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass")
        start = Path.cwd()
    else:
        path, data = os.fspath(notebook), None
        start = Path(path).absolute().parent
    inspector = Inspector(load(start) if settings is None else settings)
    task = Task()
    contents = inspector.surroundings.read(path, task) if data is None else data
    return inspector.examine(path, contents, task).result
