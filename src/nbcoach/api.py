"""All that a rule, a reporter or a script may import: the stable surface of nbcoach."""

from typing import TYPE_CHECKING

from nbcoach.cell_ids import new_id
from nbcoach.errors import NbcoachError, PackError, SettingsError
from nbcoach.execution_log import ExecutionLog, Gap, is_live
from nbcoach.finding import (
    REMOVED,
    Confidence,
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    MoveCell,
    Related,
    Safety,
    Severity,
    SourceEdit,
)
from nbcoach.installs import Install, installs
from nbcoach.notebook import (
    WHOLE_NOTEBOOK,
    Cell,
    CodeCell,
    Heading,
    Image,
    Link,
    Location,
    MarkdownCell,
    Notebook,
    Output,
    RawCell,
    Span,
    size_of,
)
from nbcoach.order_conflicts import Conflict
from nbcoach.project import Project
from nbcoach.rule import Context, Rule, rule
from nbcoach.secrets import Secret, find_secrets
from nbcoach.subjects import (
    Crash,
    Drift,
    SchemaViolation,
    Suppression,
    UnknownSuppression,
    Unreadable,
    UnusedSuppression,
)
from nbcoach.wording import shortened, size_text

if TYPE_CHECKING:
    from nbcoach.preamble import Preamble, imports_of, own_lines, preamble
    from nbcoach.python.arguments import argument_added
    from nbcoach.python.devices import DeviceChoice, FixedDevice
    from nbcoach.python.environment import LateSetting, late_settings
    from nbcoach.python.losses import Backward, backward_calls, is_same_value, unscaled
    from nbcoach.python.randomness import Draw, Randomness, Seed
    from nbcoach.python.row_sets import Leak, Reduction
    from nbcoach.python.string_sets import SetOrder, set_order
    from nbcoach.python.values import Definition, Values
    from nbcoach.report import FileResult, Place, PlacedFinding
    from nbcoach.scripting import check
    from nbcoach.settings import Settings
    from nbcoach.settings import load as load_settings
    from nbcoach.spelling import meant
    from nbcoach.versions import is_before

__all__ = [
    "REMOVED",
    "WHOLE_NOTEBOOK",
    "Backward",
    "Cell",
    "CodeCell",
    "Confidence",
    "Conflict",
    "Context",
    "Crash",
    "Definition",
    "DeleteCell",
    "DeviceChoice",
    "Draw",
    "Drift",
    "Edit",
    "ExecutionLog",
    "FieldEdit",
    "FileResult",
    "Finding",
    "Fix",
    "FixedDevice",
    "Gap",
    "Heading",
    "Image",
    "InsertCell",
    "Install",
    "LateSetting",
    "Leak",
    "Link",
    "Location",
    "MarkdownCell",
    "MoveCell",
    "NbcoachError",
    "Notebook",
    "Output",
    "PackError",
    "Place",
    "PlacedFinding",
    "Preamble",
    "Project",
    "Randomness",
    "RawCell",
    "Reduction",
    "Related",
    "Rule",
    "Safety",
    "SchemaViolation",
    "Secret",
    "Seed",
    "SetOrder",
    "Settings",
    "SettingsError",
    "Severity",
    "SourceEdit",
    "Span",
    "Suppression",
    "UnknownSuppression",
    "Unreadable",
    "UnusedSuppression",
    "Values",
    "argument_added",
    "backward_calls",
    "check",
    "find_secrets",
    "imports_of",
    "installs",
    "is_before",
    "is_live",
    "is_same_value",
    "late_settings",
    "load_settings",
    "meant",
    "new_id",
    "own_lines",
    "preamble",
    "rule",
    "set_order",
    "shortened",
    "size_of",
    "size_text",
    "unscaled",
]


# What only some rules, or only scripts, need is imported when it is asked for: by module.
_LATE = {
    "nbcoach.preamble": ("Preamble", "imports_of", "own_lines", "preamble"),
    "nbcoach.python.arguments": ("argument_added",),
    "nbcoach.spelling": ("meant",),
    "nbcoach.versions": ("is_before",),
    "nbcoach.python.devices": ("DeviceChoice", "FixedDevice"),
    "nbcoach.python.environment": ("LateSetting", "late_settings"),
    "nbcoach.python.losses": ("Backward", "backward_calls", "is_same_value", "unscaled"),
    "nbcoach.python.randomness": ("Draw", "Randomness", "Seed"),
    "nbcoach.python.row_sets": ("Leak", "Reduction"),
    "nbcoach.python.string_sets": ("SetOrder", "set_order"),
    "nbcoach.python.values": ("Definition", "Values"),
    "nbcoach.report": ("FileResult", "Place", "PlacedFinding"),
    "nbcoach.scripting": ("check",),
    "nbcoach.settings": ("Settings", "load_settings"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATE.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(module), "load" if name == "load_settings" else name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
