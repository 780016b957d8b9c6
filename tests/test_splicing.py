"""Which fixes can be made together, and what they make of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.documents import Splice
from nbcoach.errors import EditRefused
from nbcoach.finding import (
    DeleteCell,
    Edit,
    FieldEdit,
    Finding,
    Fix,
    InsertCell,
    MoveCell,
    Safety,
    SourceEdit,
)
from nbcoach.notebook import Span
from nbcoach.splicing import LoweredFix, compatible, lower, spliced
from tests.fakes import document_of


def lowered(
    *ranges: tuple[int, int],
    edit: Edit | None = None,
    code: str = "NB990",
    safety: Safety = Safety.SAFE,
) -> LoweredFix:
    splices = tuple([Splice(start, end, "new") for start, end in ranges])
    return LoweredFix(Finding(code, "fake", ""), (edit or DeleteCell(0),), splices, safety)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((0, 2), (2, 4), True),
        ((0, 2), (1, 4), False),
        ((1, 2), (0, 4), False),
        ((0, 4), (1, 2), False),
        ((0, 2), (0, 2), False),
        ((3, 3), (3, 3), False),
        ((3, 3), (4, 4), True),
        ((0, 3), (3, 3), False),
        ((3, 3), (3, 5), False),
        ((0, 3), (4, 4), True),
        ((0, 5), (4, 4), False),
    ],
)
def test_fixes_that_touch_are_not_made_together(
    first: tuple[int, int], second: tuple[int, int], together: bool
) -> None:
    one, other = lowered(first), lowered(second)
    assert compatible([one, other]) == ([one, other] if together else [one])
    assert compatible([other, one]) == ([other, one] if together else [other])


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    first, second, third = lowered((5, 6)), lowered((0, 1), (5, 6)), lowered((0, 1))
    assert compatible([first, second, third]) == [first, third]


_RANGES = st.tuples(st.integers(0, 30), st.integers(0, 4)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(_RANGES, max_size=12))
def test_chosen_fixes_are_those_that_touch_no_chosen_one_before(
    ranges: list[tuple[int, int]],
) -> None:
    fixes = [lowered(one) for one in ranges]
    expected: list[LoweredFix] = []
    for fix in fixes:
        if not any(_touch(fix.splices[0], other.splices[0]) for other in expected):
            expected.append(fix)
    assert compatible(fixes) == expected


def _touch(one: Splice, other: Splice) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


@given(st.text(max_size=40), st.lists(_RANGES, max_size=8))
def test_nothing_outside_of_the_splices_changes(text: str, ranges: list[tuple[int, int]]) -> None:
    inside = [lowered(one) for one in ranges if one[1] <= len(text)]
    splices = [splice for fix in compatible(inside) for splice in fix.splices]
    result = spliced(text, splices)
    for splice in sorted(splices, key=lambda splice: -splice.start):
        text = text[: splice.start] + splice.text + text[splice.end :]
    assert result == text


def test_kind_of_edit_then_safety_then_place_then_code_decide_who_is_first() -> None:
    field = lowered((0, 1), edit=FieldEdit(("metadata",), {}))
    identity = lowered((9, 9), edit=FieldEdit(("cells", 0, "id"), "a"))
    delete = lowered((1, 2), edit=DeleteCell(0))
    move = lowered((1, 2), (2, 2), edit=MoveCell(0, 2))
    insert = lowered((2, 2), edit=InsertCell(0, "code", ""))
    argument = lowered((3, 3), edit=SourceEdit(0, Span(3, 3), ", seed=0"))
    unsafe = lowered((1, 2), edit=SourceEdit(0, Span(1, 2), "x"), safety=Safety.UNSAFE)
    later = lowered((9, 10), edit=SourceEdit(0, Span(9, 10), "x"))
    source = lowered((5, 6), edit=SourceEdit(0, Span(5, 6), "x"), code="NB991")
    same = lowered((5, 6), edit=SourceEdit(0, Span(5, 6), "y"), code="NB990")
    fixes = [field, identity, delete, move, insert, argument, unsafe, later, source, same]
    ordered = [identity, same, source, later, unsafe, argument, insert, delete, move, field]
    assert sorted(fixes, key=lambda fix: fix.order) == ordered


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ((SourceEdit(0, Span(0, 3), "a"), SourceEdit(0, Span(2, 4), "b")), "overlap"),
        ((SourceEdit(0, Span(0, 1), "v"),), "changes nothing"),
        ((), "changes nothing"),
    ],
)
def test_a_fix_that_makes_no_sense_is_refused(edits: tuple[Edit, ...], reason: str) -> None:
    with pytest.raises(EditRefused, match=reason):
        lower(document_of("value = 1"), Finding("NB990", "fake", ""), Fix("Fix", edits))


def test_insertions_of_one_fix_at_one_place_keep_their_order() -> None:
    document = document_of("f()")
    edits = (SourceEdit(0, Span(2, 2), "a, "), SourceEdit(0, Span(2, 2), "b"))
    fix = Fix("Add arguments", edits, Safety.SAFE)
    splices = lower(document, Finding("NB990", "fake", ""), fix).splices
    assert '"f(a, b)"' in spliced(document.text, splices)
