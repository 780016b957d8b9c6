"""Results as JSON and back, for the cache."""

from typing import Any

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
    MoveCell,
    Related,
    Safety,
    Severity,
    SourceEdit,
)
from nbcoach.notebook import Location, Span
from nbcoach.report import FileResult, Place, PlacedFinding


class NotEncodable(NbcoachError):  # noqa: N818 - a property of the value, nobody's error
    """A value in a fix that JSON does not give back as it was."""


def encode(result: FileResult) -> list[Any]:
    """The findings and the count of silent ones; raises NotEncodable."""
    return [result.silenced, [_placed(placed) for placed in result.findings]]


def decode(path: str, value: Any) -> FileResult:
    """The result that `encode` was given; raises ValueError, TypeError, ... for anything else."""
    silenced, findings = value
    return FileResult(path, tuple([_read_placed(placed) for placed in findings]), silenced)


def _placed(placed: PlacedFinding) -> list[Any]:
    finding = placed.finding
    return [
        finding.code,
        finding.name,
        finding.message,
        _location(finding.location),
        finding.severity.value,
        finding.confidence.value,
        None if finding.fix is None else _fix(finding.fix),
        [[_location(related.location), related.message] for related in finding.related],
        finding.path,
        _place(placed.place),
        [_place(place) for place in placed.related],
    ]


def _read_placed(value: Any) -> PlacedFinding:
    code, name, message, location, severity, confidence, fix, related, path, place, places = value
    finding = Finding(
        code,
        name,
        message,
        _read_location(location),
        Severity(severity),
        Confidence(confidence),
        None if fix is None else _read_fix(fix),
        tuple([Related(_read_location(where), text) for where, text in related]),
        path,
    )
    return PlacedFinding(finding, Place(*place), tuple([Place(*other) for other in places]))


def _location(location: Location) -> list[int | None]:
    span = location.span
    return [location.cell] if span is None else [location.cell, span.start, span.end]


def _read_location(value: Any) -> Location:
    cell, *span = value
    return Location(cell, Span(*span) if span else None)


def _place(place: Place) -> list[Any]:
    return [
        place.cell,
        place.cell_id,
        place.line,
        place.column,
        place.end_line,
        place.end_column,
        place.source,
        place.raw_line,
        place.raw_column,
        place.raw_end_line,
        place.raw_end_column,
    ]


def _fix(fix: Fix) -> list[Any]:
    return [fix.title, fix.safety.value, [_edit(edit) for edit in fix.edits]]


def _read_fix(value: Any) -> Fix:
    title, safety, edits = value
    return Fix(title, tuple([_read_edit(edit) for edit in edits]), Safety(safety))


def _edit(edit: Edit) -> list[Any]:
    match edit:
        case SourceEdit(cell, span, text):
            return ["source", cell, span.start, span.end, text]
        case InsertCell(index, kind, source):
            return ["insert", index, kind, source]
        case DeleteCell(cell):
            return ["delete", cell]
        case MoveCell(cell, before):
            return ["move", cell, before]
        case FieldEdit(path, value):
            if value is REMOVED:
                return ["remove", *path]
            if not _survives(value):
                raise NotEncodable(f"{value!r} is no JSON value")
            return ["set", value, *path]


def _read_edit(value: Any) -> Edit:
    match value:
        case ["source", cell, start, end, text]:
            return SourceEdit(cell, Span(start, end), text)
        case ["insert", index, kind, source]:
            return InsertCell(index, kind, source)
        case ["delete", cell]:
            return DeleteCell(cell)
        case ["move", cell, before]:
            return MoveCell(cell, before)
        case ["remove", *path]:
            return FieldEdit(tuple(path), REMOVED)
        case ["set", new, *path]:
            return FieldEdit(tuple(path), new)
    raise ValueError("no edit")


def _survives(value: object) -> bool:
    """Whether JSON gives the value back as it is."""
    if type(value) is list:
        return all(map(_survives, value))
    if type(value) is dict:
        return all(type(key) is str and _survives(item) for key, item in value.items())
    return (
        value is None
        or type(value) in (str, int, bool)
        or (type(value) is float and value == value and abs(value) != float("inf"))
    )
