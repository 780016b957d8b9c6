"""Metadata that editors leave behind."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbcoach.api import (
    REMOVED,
    Confidence,
    Context,
    FieldEdit,
    Finding,
    Fix,
    Notebook,
    Safety,
    Severity,
    rule,
    shortened,
)

# Times, identities and what was folded or shown on one screen: nothing runs or reads otherwise.
_NOTEBOOK = frozenset(
    "_change_revision _is_fork anaconda-cloud celltoolbar interpreter kernel_info latex_envs "
    "nteract orig_nbformat pycharm signature toc toc-autonumbering toc-showcode "
    "toc-showmarkdowntxt toc-showtags toc_position varInspector vscode".split()
)
_CELL = frozenset(
    "ExecuteTime _cell_guid _uuid button collapsed colab colab_type execution executionInfo gather "
    "heading_collapsed hidden id jp-MarkdownHeadingCollapsed new_sheet nteract outputId papermill "
    "pycharm run_control scrolled toc-hr-collapsed trusted".split()
)

_Path = tuple[str | int, ...]
_Place = tuple[_Path, Mapping[str, Any], Container[str]]


@dataclass(frozen=True)
class Options:
    """`keep`: keys to leave alone; `allow`: if given, all other keys go, whoever they belong to;
    `language-details`: whether `language_info` may say more than the language's name."""

    keep: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    language_details: bool = True


@rule(
    "NB613",
    Notebook,
    severity=Severity.INFO,
    confidence=Confidence.CERTAIN,
    default="off",
    fix=Safety.SAFE,
    options=Options(),
)
def metadata_noise(notebook: Notebook, context: Context) -> Iterator[Finding]:
    """Metadata that only the editor of its author understands."""
    options = context.options(Options)
    places: list[_Place] = [(("metadata",), notebook.metadata, _NOTEBOOK)]
    places += [(("cells", cell.index, "metadata"), cell.metadata, _CELL) for cell in notebook.cells]
    edits: list[FieldEdit] = []
    found: list[str] = []
    for path, metadata, known in places:
        noise = [key for key in metadata if _is_noise(key, known, options)]
        if noise:
            found += noise
            edits.append(_removal(path, metadata, noise))
    if found:
        number = "1 metadata key is" if len(found) == 1 else f"{len(found)} metadata keys are"
        message = f"{number} editor noise, like `{shortened(found[0], 30)}`; drop them"
        yield context.finding(None, message, Fix("Drop the keys", tuple(edits), Safety.SAFE))
    language = notebook.metadata.get("language_info")
    if not options.language_details and isinstance(language, dict) and language.keys() > {"name"}:
        edit = FieldEdit(("metadata", "language_info"), {"name": language["name"]})
        message = "`language_info` says more than the language's name; drop the rest"
        yield context.finding(None, message, Fix("Keep the name", (edit,), Safety.SAFE))


def _is_noise(key: str, known: Container[str], options: Options) -> bool:
    if key in options.keep:
        return False
    return key not in options.allow if options.allow else key in known


def _removal(
    path: tuple[str | int, ...], metadata: Mapping[str, Any], keys: list[str]
) -> FieldEdit:
    if len(keys) == 1:
        return FieldEdit((*path, keys[0]), REMOVED)
    # Removals of neighbours would touch each other's comma, so all go in one edit.
    return FieldEdit(path, {key: metadata[key] for key in metadata if key not in keys})
