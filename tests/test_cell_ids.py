"""Ids for cells that need one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from nbcoach.cell_ids import new_id
from nbcoach.notebook import RawCell


@given(st.text(st.characters()), st.integers(0, 999), st.integers(0, 5))
def test_new_ids_are_valid_new_and_always_the_same(source: str, index: int, taken: int) -> None:
    cell = RawCell(index, None, source, {})
    ids: set[str | None] = {None}
    for _ in range(taken):
        ids.add(new_id(cell, ids))
    made = new_id(cell, ids)
    assert made not in ids
    assert re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", made)
    assert new_id(cell, ids) == made
