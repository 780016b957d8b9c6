"""All that a rule, a reporter or a script may import: the stable surface of nbcoach."""

from nbcoach.errors import NbcoachError
from nbcoach.finding import (
    REMOVED,
    Confidence,
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    Related,
    Safety,
    Severity,
    SourceEdit,
)
from nbcoach.notebook import (
    WHOLE_NOTEBOOK,
    Cell,
    CodeCell,
    Location,
    MarkdownCell,
    Notebook,
    Output,
    RawCell,
    Span,
)
from nbcoach.project import Project
from nbcoach.rule import Context, Rule, rule
from nbcoach.subjects import (
    Crash,
    SchemaViolation,
    Suppression,
    UnknownSuppression,
    Unreadable,
    UnusedSuppression,
)

__all__ = [
    "REMOVED",
    "WHOLE_NOTEBOOK",
    "Cell",
    "CodeCell",
    "Confidence",
    "Context",
    "Crash",
    "DeleteCell",
    "Edit",
    "FieldEdit",
    "Finding",
    "Fix",
    "InsertCell",
    "Location",
    "MarkdownCell",
    "NbcoachError",
    "Notebook",
    "Output",
    "Project",
    "RawCell",
    "Related",
    "Rule",
    "Safety",
    "SchemaViolation",
    "Severity",
    "SourceEdit",
    "Span",
    "Suppression",
    "UnknownSuppression",
    "Unreadable",
    "UnusedSuppression",
    "rule",
]
