"""NB611 missing-cell-id: cells that lack an id, and notebooks in which none is asked for."""

import json
from itertools import combinations, product

from tests.rare_rules.harness import Case, every, findings, repaired
from tests.rare_rules.test_nb612 import KINDS, cell, file

ABSENT = {"none": {}, "null": {"id": None}, "empty": {"id": ""}}
SOURCES = {"text": "é = 1", "empty": "", "lines": "a\nb\n"}
CASES = [
    *(
        file(f"{kind}-{way}-{text}", cell(kind, source, **lack), cell("code", "2", id="b"), hits=1)
        for kind, (way, lack), (text, source) in product(KINDS, ABSENT.items(), SOURCES.items())
    ),
    *(
        file(f"all-{first}-{second}", cell(first, "1"), cell(second, "1"), hits=1)
        for first, second in product(KINDS, KINDS)
    ),
    *(
        file(
            f"lacking-{number}-of-40",
            *(cell("code", "1") for _ in range(number)),
            *(cell("code", "2", id=f"c{i}") for i in range(40 - number)),
            hits=1,
        )
        for number in range(1, 21)
    ),
    file("id-in-metadata", cell("code", "1", metadata={"id": "a"}), hits=1),
    file("later-minor", cell("code", "1"), hits=1, minor=6),
    *(
        file(f"before-4.5-{first}-{second}-{minor}", cell(first, "1"), cell(second), minor=minor)
        for (first, second), minor in product(combinations(KINDS, 2), range(5))
    ),
    *(
        file(
            f"has-{first}-{second}-{minor}",
            cell(first, "1", id="a"),
            cell(second, id="b"),
            minor=minor,
        )
        for (first, second), minor in product(product(KINDS, KINDS), (5, 6))
    ),
    *(file(f"id-{name}", cell("code", "1", id=name)) for name in ("0", "größe", "-", "x" * 80)),
    *(file(f"same-{kind}", cell(kind, "1", id="a"), cell(kind, "2", id="a")) for kind in KINDS),
    *(file(f"many-{n}", *(cell("code", id=f"c{i}") for i in range(n))) for n in range(0, 60, 5)),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB611", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_fix_gives_every_cell_an_id_and_changes_none(case: Case) -> None:
    before = [cell.get("id") for cell in json.loads(case.data)["cells"]]
    after = [cell["id"] for cell in json.loads(repaired("NB611", case))["cells"]]
    assert len(set(after)) == len(after)
    assert all(new == old or not old for old, new in zip(before, after, strict=True))
