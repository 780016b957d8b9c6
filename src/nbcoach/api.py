"""All that a rule, a reporter or a script may import: the stable surface of nbcoach."""

from typing import TYPE_CHECKING

from nbcoach.cell_ids import new_id
from nbcoach.errors import NbcoachError
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
from nbcoach.python.arguments import argument_added
from nbcoach.rule import Context, Rule, rule
from nbcoach.secrets import Secret, find_secrets
from nbcoach.spelling import meant
from nbcoach.subjects import (
    Crash,
    SchemaViolation,
    Suppression,
    UnknownSuppression,
    Unreadable,
    UnusedSuppression,
)
from nbcoach.wording import shortened, size_text

if TYPE_CHECKING:
    from nbcoach.python.devices import DeviceChoice, FixedDevice
    from nbcoach.python.losses import Backward, backward_calls, is_same_value, unscaled
    from nbcoach.python.randomness import Draw, Randomness, Seed
    from nbcoach.python.row_sets import Leak, Reduction
    from nbcoach.python.values import Definition, Values

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
    "Edit",
    "ExecutionLog",
    "FieldEdit",
    "Finding",
    "Fix",
    "FixedDevice",
    "Gap",
    "Heading",
    "Image",
    "InsertCell",
    "Install",
    "Leak",
    "Location",
    "MarkdownCell",
    "MoveCell",
    "NbcoachError",
    "Notebook",
    "Output",
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
    "find_secrets",
    "installs",
    "is_live",
    "is_same_value",
    "meant",
    "new_id",
    "rule",
    "shortened",
    "size_of",
    "size_text",
    "unscaled",
]


def __getattr__(name: str) -> object:
    """Import late what only some rules need."""
    if name in ("Definition", "Values"):
        from nbcoach.python import values

        return vars(values)[name]
    if name in ("DeviceChoice", "FixedDevice"):
        from nbcoach.python import devices

        return vars(devices)[name]
    if name in ("Backward", "backward_calls", "is_same_value", "unscaled"):
        from nbcoach.python import losses

        return vars(losses)[name]
    if name in ("Leak", "Reduction"):
        from nbcoach.python import row_sets

        return vars(row_sets)[name]
    if name in ("Draw", "Randomness", "Seed"):
        from nbcoach.python import randomness

        return vars(randomness)[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
