"""Our lines in a file that belongs to others."""

from hypothesis import given
from hypothesis import strategies as st

from nbcoach.git.attributes import block_of, with_block

LINES = ["*.ipynb diff=jupyternotebook"]


@given(st.text(alphabet="ab*# \n\t", max_size=30))
def test_a_block_comes_and_goes_without_a_trace(text: str) -> None:
    marked = with_block(text, LINES)
    assert block_of(marked) == LINES
    assert with_block(marked, LINES) == marked
    alone = with_block(marked, [])
    assert alone == text or alone.rstrip("\r\n") == text  # an end of line may have come to stay


def test_a_block_in_the_middle_moves_to_the_end() -> None:
    text = "*.py text\n" + with_block("", ["old"]) + "*.md text\n"
    assert with_block(text, LINES).startswith("*.py text\n*.md text\n# begin")
    assert block_of(with_block(text, LINES)) == LINES


def test_windows_line_ends_stay() -> None:
    marked = with_block("*.py text\r\n", LINES)
    assert "\n" not in marked.replace("\r\n", "")
    assert with_block(marked, []) == "*.py text\r\n"


def test_half_a_block_is_left_alone() -> None:
    assert with_block("# begin: nbcoach git setup\n*.ipynb x\n", []) == (
        "# begin: nbcoach git setup\n*.ipynb x\n"
    )
