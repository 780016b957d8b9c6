import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbcoach.baseline import Baseline, Known, apply, dumps, entries, loads
from nbcoach.errors import SettingsError
from nbcoach.finding import Finding
from nbcoach.notebook import CodeCell, Location, Notebook, Span


def notebook(*cells: tuple[str | None, str]) -> Notebook:
    """A notebook of cells with these ids and sources."""
    made = tuple(CodeCell(i, name, source, {}) for i, (name, source) in enumerate(cells))
    return Notebook("a.ipynb", (4, 5), "python", {}, made)


def finding(rule: str, cell: int | None = None, start: int | None = None) -> Finding:
    span = None if start is None else Span(start, start + 1)
    return Finding(rule, "rule", "", Location(cell, span))


def still_new(
    before: Notebook, known: list[Finding], after: Notebook, now: list[Finding]
) -> tuple[list[Finding], int]:
    result = apply(entries(known, before), now, after)
    assert result.silenced == len(now) - len(result.kept)
    return list(result.kept), result.stale


OLD = notebook(("a", "x = 1\ny = 2\ny = 2"), ("b", "z = 3"), (None, "w = 4"))
FINDINGS = [
    finding("NB1"),
    finding("NB1", 0),
    finding("NB1", 0, 6),
    finding("NB1", 0, 12),
    finding("NB2", 0, 0),
    finding("NB1", 1, 0),
    finding("NB1", 2, 0),
]


def test_what_was_there_is_known() -> None:
    assert still_new(OLD, FINDINGS, OLD, FINDINGS) == ([], 0)


def test_alike_findings_are_counted() -> None:
    known = entries(FINDINGS, OLD)
    assert sum(entry.count for entry in known) == len(FINDINGS)
    assert [entry.count for entry in known if entry.count > 1] == [2]
    assert list(known) == sorted(known)
    third = finding("NB1", 0, 13)
    assert still_new(OLD, FINDINGS, OLD, [*FINDINGS, third]) == ([third], 0)


def test_what_is_gone_is_stale() -> None:
    assert still_new(OLD, FINDINGS, OLD, FINDINGS[:-2]) == ([], 2)
    assert still_new(OLD, FINDINGS, OLD, []) == ([], len(FINDINGS))


def test_another_rule_or_line_is_new() -> None:
    for new in (
        finding("NB3", 0, 0),
        finding("NB2", 0, 6),
        finding("NB2", 0),
        finding("NB2", 1, 0),
    ):
        assert still_new(OLD, FINDINGS, OLD, [new]) == ([new], len(FINDINGS))


def test_a_moved_cell_is_known() -> None:
    moved = notebook(
        ("new", "first"), (None, "w = 4"), ("b", "z = 3"), *[("a", OLD.cells[0].source)]
    )
    now = [finding("NB1", 1, 0), finding("NB1", 2, 0), finding("NB2", 3, 0)]
    assert still_new(OLD, FINDINGS, moved, now)[0] == []


def test_an_edited_cell_is_known_by_its_id_where_the_line_stayed() -> None:
    edited = notebook(("b", "new\nz  =  3  "))
    assert still_new(OLD, FINDINGS, edited, [finding("NB1", 0, 4)])[0] == []
    new = finding("NB1", 0, 0)
    assert still_new(OLD, FINDINGS, edited, [new])[0] == [new]


def test_an_edited_cell_without_id_is_new() -> None:
    edited = notebook((None, "w = 4\nnew"))
    new = finding("NB1", 0, 0)
    assert still_new(OLD, FINDINGS, edited, [new])[0] == [new]


def test_a_cell_with_another_id_is_known_by_its_source() -> None:
    renamed = notebook(("other", "z = 3"))
    assert still_new(OLD, FINDINGS, renamed, [finding("NB1", 0, 0)])[0] == []


def test_the_closest_match_comes_first() -> None:
    before = notebook(("a", "x"), ("b", "x"))
    after = notebook(("c", "x"), ("b", "x"))
    known = [finding("NB1", 1, 0)]
    now = [finding("NB1", 0, 0), finding("NB1", 1, 0)]
    assert still_new(before, known, after, now) == ([now[0]], 0)


def test_files_that_cannot_be_read_are_known_too() -> None:
    unreadable = [finding("NB001")]
    assert apply(entries(unreadable, None), unreadable, None) == Known((), 1, 0)


def test_the_text_is_stable_and_one_line_an_entry() -> None:
    known = entries(FINDINGS, OLD)
    baseline = Baseline({"b/ä.ipynb": known, "a.ipynb": known[:1], "clean.ipynb": ()})
    text = dumps(baseline)
    assert text == dumps(loads(text)) == dumps(Baseline(dict(reversed(baseline.entries.items()))))
    assert loads(text).entries == {"a.ipynb": known[:1], "b/ä.ipynb": known}
    lines = [line for line in text.splitlines() if '"code"' in line]
    assert len(lines) == len(known) + 1
    assert list(json.loads(text)["notebooks"]) == ["a.ipynb", "b/ä.ipynb"]
    assert text.endswith("\n")


def test_an_empty_baseline_is_one() -> None:
    text = dumps(Baseline({}))
    assert loads(text).entries == {}
    assert json.loads(text) == {"version": 1, "notebooks": {}}


@pytest.mark.parametrize("count", ["1", 0, None])
def test_a_count_counts(count: object) -> None:
    entry = {"code": "NB1", "cell": "", "source": "", "line": "", "count": count}
    with pytest.raises(SettingsError, match="the baseline cannot be read"):
        loads(json.dumps({"version": 1, "notebooks": {"a": [entry]}}))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 1}',
        '{"version": 1, "notebooks": []}',
        '{"version": 1, "notebooks": {"a": [1]}}',
        '{"version": 1, "notebooks": {"a": [{"code": 1, "cell": "", "source": "", "line": ""}]}}',
        '{"version": 1, "notebooks": {"a": [{"code": "NB1"}]}}',
        '{"version": 1, "notebooks": {"a": [["NB1", "", "", "", 1]]}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="the baseline cannot be read"):
        loads(text)


def test_a_later_version_is_told() -> None:
    with pytest.raises(SettingsError, match="the baseline has version 2, not 1"):
        loads('{"version": 2, "notebooks": {}}')


found = st.builds(
    finding,
    st.sampled_from(["NB1", "NB2"]),
    st.none() | st.integers(0, 2),
    st.none() | st.integers(0, 4),
)


@given(st.lists(found), st.lists(found))
def test_counts_add_up(known: list[Finding], now: list[Finding]) -> None:
    result = apply(entries(known, OLD), now, OLD)
    assert result.silenced + len(result.kept) == len(now)
    assert result.silenced + result.stale == len(known)
    assert apply(entries(known, OLD), known, OLD) == Known((), len(known), 0)


@given(st.lists(found))
def test_every_baseline_survives_its_file(known: list[Finding]) -> None:
    made = entries(known, OLD)
    assert loads(dumps(Baseline({"a": made}))).entries.get("a", ()) == made
