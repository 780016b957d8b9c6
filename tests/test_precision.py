"""A rule is on by default only with the evidence that docs/precision.md has for it."""

import re
from math import sqrt
from pathlib import Path

import pytest

from nbcoach.inspector import Inspector
from nbcoach.settings import Settings

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "precision.md").read_text(encoding="utf-8")
COLUMNS = (
    "code name default notebooks hits repositories read right precision interval evidence".split()
)


def rows() -> dict[str, dict[str, str]]:
    """The table of the page, by code."""
    found = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"NB\d{3}", cells[0]):
            found[cells[0]] = dict(zip(COLUMNS, cells, strict=True))
    return found


def wilson(right: int, read: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson."""
    z = 1.959964
    share = right / read
    middle = share + z * z / (2 * read)
    half = z * sqrt(share * (1 - share) / read + z * z / (4 * read * read))
    whole = 1 + z * z / read
    return (middle - half) / whole, (middle + half) / whole


ROWS = rows()
RULES = {entry.code: entry for entry in Inspector(Settings(root=ROOT)).rules}


def test_the_page_lists_every_rule_once() -> None:
    assert list(ROWS) == sorted(RULES)
    assert PAGE.count("\n| NB") == len(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_page_has_the_name_and_the_default_of_the_rule(code: str) -> None:
    assert (ROWS[code]["name"], ROWS[code]["default"]) == (RULES[code].name, RULES[code].default)


@pytest.mark.parametrize("code", sorted(code for code in RULES if RULES[code].default == "on"))
def test_a_rule_that_is_on_has_its_evidence(code: str) -> None:
    row = ROWS[code]
    read, right = int(row["read"]), int(row["right"])
    if row["evidence"].startswith("route B"):
        assert right == read
        assert (Path(__file__).parent / "rare_rules" / f"test_{code.lower()}.py").exists()
    else:
        assert row["evidence"].startswith("audit")
        assert read >= 50
        assert right >= 0.95 * read


@pytest.mark.parametrize("code", sorted(code for code in ROWS if int(ROWS[code]["read"])))
def test_the_share_and_its_interval_follow_from_what_was_read(code: str) -> None:
    row = ROWS[code]
    right, read = int(row["right"]), int(row["read"])
    low, high = wilson(right, read)
    assert row["precision"] == f"{right / read:.1%}"
    assert row["interval"] == f"{low:.1%} to {high:.1%}"
