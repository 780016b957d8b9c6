"""The whole report as one JSON document, for programs."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from nbcoach import __version__
from nbcoach.finding import (
    REMOVED,
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    MoveCell,
    Severity,
    SourceEdit,
)
from nbcoach.report import FileResult, Place, PlacedFinding, Report
from nbcoach.reporters.counting import label


def report(report: Report) -> str:
    """One document in ASCII: version, files, findings and a summary."""
    document = {
        "version": __version__,
        "files": [_file(file) for file in report.files],
        "findings": [as_object(path, placed) for path, placed in report.findings()],
        "summary": _summary(report),
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def as_object(path: str, placed: PlacedFinding) -> dict[str, Any]:
    """One finding; cells, rows and columns count from 1 and are null where there are none."""
    finding = placed.finding
    return {
        "path": path,
        **_place(placed.place),
        "code": finding.code,
        "name": finding.name,
        "severity": label(finding.severity),
        "confidence": label(finding.confidence),
        "message": finding.message,
        "fix": None if finding.fix is None else _fix(finding.fix),
        "related": _related(finding, placed.related),
    }


def _place(place: Place) -> dict[str, int | str | None]:
    return {
        "cell": place.cell or None,
        "cell_id": place.cell_id or None,
        "row": place.line or None,
        "column": place.column or None,
        "end_row": place.end_line or None,
        "end_column": place.end_column or None,
        "file_line": place.raw_line or None,
    }


def _related(finding: Finding, places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [
        {"message": related.message, **_place(place)}
        for related, place in zip(finding.related, places, strict=False)
    ]


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safety": label(fix.safety),
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    """An edit as rules make it: cells and characters count from 0 here, spans are half-open."""
    match edit:
        case SourceEdit(cell, span, text):
            return {
                "kind": "source",
                "cell": cell,
                "start": span.start,
                "end": span.end,
                "text": text,
            }
        case FieldEdit(path, value) if value is REMOVED:
            return {"kind": "remove-field", "path": list(path)}
        case FieldEdit(path, value):
            return {"kind": "set-field", "path": list(path), "value": plain(value)}
        case InsertCell(index, kind, source):
            return {"kind": "insert-cell", "index": index, "type": kind, "source": source}
        case DeleteCell(cell):
            return {"kind": "delete-cell", "cell": cell}
        case MoveCell(cell, before):
            return {"kind": "move-cell", "cell": cell, "before": before}


def plain(value: Any) -> Any:
    """A value as strict JSON has it: notebooks may hold NaN, which no other program reads."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def _file(file: FileResult) -> dict[str, Any]:
    return {
        "path": file.path,
        "silenced": file.silenced,
        "repairs": [
            {"code": r.code, "title": r.title, "cell": r.cell or None, "outcome": r.outcome}
            for r in file.repairs
        ],
        "outdated_cells": list(file.outdated),
        "diff": file.diff or None,
        "error": file.error or None,
        "note": file.note or None,
    }


def _summary(report: Report) -> dict[str, Any]:
    numbers = Counter(placed.finding.severity for _, placed in report.findings())
    return {
        "files": len(report.files),
        "seconds": round(report.elapsed, 3),
        "packs": list(report.packs),
        "exit_code": report.exit_code,
        **{f"{label(severity)}s": numbers[severity] for severity in reversed(Severity)},
    }
