"""What the cache keeps comes back as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.encoding import NotEncodable, decode, encode
from nbcoach.finding import (
    REMOVED,
    Confidence,
    DeleteCell,
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

_NUMBERS = st.integers(0, 10**6)
_TEXTS = st.text(st.characters(codec="utf-8") | st.just("\ud800"), max_size=9)
_SPANS = st.builds(Span, _NUMBERS, _NUMBERS)
_LOCATIONS = (
    st.just(Location()) | st.builds(Location, _NUMBERS) | st.builds(Location, _NUMBERS, _SPANS)
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS
    | st.just(REMOVED),
    lambda inner: (
        st.lists(inner.filter(lambda value: value is not REMOVED), max_size=3)
        | st.dictionaries(_TEXTS, inner.filter(lambda value: value is not REMOVED), max_size=3)
    ),
    max_leaves=5,
)
_EDITS = (
    st.builds(SourceEdit, _NUMBERS, _SPANS, _TEXTS)
    | st.builds(InsertCell, _NUMBERS, st.sampled_from(["code", "markdown"]), _TEXTS)
    | st.builds(DeleteCell, _NUMBERS)
    | st.builds(MoveCell, _NUMBERS, _NUMBERS)
    | st.builds(FieldEdit, st.lists(_NUMBERS | _TEXTS, max_size=4).map(tuple), _VALUES)
)
_FIXES = st.builds(Fix, _TEXTS, st.lists(_EDITS, max_size=3).map(tuple), st.sampled_from(Safety))
_PLACES = st.builds(
    Place, _NUMBERS, _TEXTS, _NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS, _TEXTS, _NUMBERS
)
_FINDINGS = st.builds(
    Finding,
    code=_TEXTS,
    name=_TEXTS,
    message=_TEXTS,
    location=_LOCATIONS,
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from(Confidence),
    fix=st.none() | _FIXES,
    related=st.lists(st.builds(Related, _LOCATIONS, _TEXTS), max_size=2).map(tuple),
    path=_TEXTS,
)
_RESULTS = st.builds(
    FileResult,
    path=st.just("a.ipynb"),
    findings=st.lists(
        st.builds(PlacedFinding, _FINDINGS, _PLACES, st.lists(_PLACES, max_size=2).map(tuple)),
        max_size=3,
    ).map(tuple),
    silenced=_NUMBERS,
    # The cache keeps no results of repairs, nor failures and notes.
    repairs=st.just(()),
    diff=st.just(""),
    outdated=st.just(()),
    error=st.just(""),
    note=st.just(""),
)


@given(_RESULTS)
def test_a_result_comes_back_from_json_as_it_was(result: FileResult) -> None:
    back = decode("a.ipynb", json.loads(json.dumps(encode(result))))
    assert back == result
    # Equality takes True for 1 and 1.0; the text does not.
    assert repr(back) == repr(result)


@pytest.mark.parametrize(
    "value", [("a", "tuple"), {1: "key"}, {"set"}, float("nan"), float("inf"), b"bytes", [(1,)]]
)
def test_what_json_would_change_is_not_kept(value: object) -> None:
    fix = Fix("Set", (FieldEdit(("metadata",), value),))
    finding = Finding("NB990", "fake", "message", fix=fix)
    with pytest.raises(NotEncodable):
        encode(FileResult("a.ipynb", (PlacedFinding(finding, Place()),)))


@given(_VALUES.filter(lambda value: value is not REMOVED))
def test_anything_else_is_no_result(value: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        decode("a.ipynb", [0, [value]])
