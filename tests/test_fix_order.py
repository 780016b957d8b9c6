"""Where the fixes of several rules meet: who goes first, and that nobody is lost."""

from typing import Any

from nbcoach.finding import Safety
from tests.documents.notebooks import code, prose
from tests.fix_laws import Repaired, Repairer, everything
from tests.test_fix_laws import ERROR, SAFETIES, STREAM, cells_of, written

# One after the other: what makes the file valid, the text of cells, cells as a whole, outputs.
VALIDITY = "NB002 NB611 NB612".split()
SOURCES = "NB405 NB452 NB914 NB240 NB244 NB331 NB333 NB503 NB835 NB912 NB915".split()
CELLS = ["NB907", "NB201"]
OUTPUTS = "NB602 NB603 NB613 NB110 NB111 NB604".split()
IN_ORDER = (*VALIDITY, *SOURCES, *CELLS, *OUTPUTS)

INSTALLED = {**STREAM, "text": "Successfully installed numpy-2.1.0\n"}
MEETING: list[dict[str, Any]] = [
    prose("# Title", id="same"),
    code("print(bars)", outputs=[ERROR], execution_count=3, id="same"),
    code(
        "# timed\n%%time\nimport torch\n"
        "fast = torch.cuda.is_available and torch.cuda.amp.autocast()",
        outputs=[STREAM],
    ),
    code("", metadata={"collapsed": True}, execution_count=1),
    code("bars = [fast]\n!pip install numpy", outputs=[INSTALLED], execution_count=9),
    {"cell_type": "code", "source": "!export A=1"},
    prose("### Deep"),
]


def repaired(data: bytes, lowest: Safety, *codes: str) -> Repaired:
    return Repairer(everything(select=codes), lowest).repair("a.ipynb", data)


def made(result: Repaired) -> list[str]:
    return [repair.code for repair in result.repairs if repair.outcome == "applied"]


def one_after_the_other(data: bytes, lowest: Safety) -> bytes:
    """The notebook after each rule repaired what it could, until none can."""
    before = b""
    while data != before:
        before = data
        for code_of_rule in IN_ORDER:
            data = repaired(data, lowest, code_of_rule).after
    return data


@SAFETIES
def test_all_at_once_is_one_after_the_other(lowest: Safety) -> None:
    data = written(MEETING, 5, {"indent": 1}).encode()
    at_once = repaired(data, lowest, *IN_ORDER)
    assert at_once.after == one_after_the_other(data, lowest)
    assert all(repair.outcome == "applied" for repair in at_once.repairs)


def test_what_meets_in_one_cell_is_all_repaired() -> None:
    data = written(MEETING, 5, {"indent": 1}).encode()
    result = repaired(data, Safety.UNSAFE, *IN_ORDER)
    repaired_line = 'fast = torch.cuda.is_available() and torch.amp.autocast("cuda")'
    assert [cell["source"] for cell in cells_of(result.after)] == [
        "# Title",
        "%%time\n# timed\nimport torch\n" + repaired_line,
        "bars = [fast]\n%pip install numpy==2.1.0",
        "print(bars)",
        "%env A=1",
        "## Deep",
    ]
    made = {repair.code for repair in result.repairs}
    assert made >= set("NB002 NB201 NB331 NB333 NB405 NB452 NB503 NB602 NB603 NB611".split())
    assert made >= set("NB612 NB613 NB907 NB912 NB915".split())
    assert len(result.documents) > 2, "some had to wait for others"


def test_the_upper_of_two_doubles_keeps_its_id_though_the_other_moves_above_it() -> None:
    cells = [code("print(bars)", id="same"), code("bars = 1", id="same")]
    data = written(cells, 5, {"indent": 1}).encode()
    moved, stayed = cells_of(repaired(data, Safety.UNSAFE, *IN_ORDER).after)
    assert (stayed["source"], stayed["id"]) == ("print(bars)", "same")
    assert moved["id"] != "same"
