"""The flawed twin of the lesson on hidden state: it has some itself."""

from plants import Decoy, Plant, Ran, Twin, insert, remove, replace, runs


def fewer_notebooks(honest: Ran, flawed: Ran) -> str:
    """The page counts notebooks that the cells above it have thrown out."""
    claim = honest.value("len(CLEAN)")
    assert f"on {claim} clean notebooks" in flawed.text("find-plants")
    left = flawed.value("len(CLEAN)")
    assert left < claim
    assert f"on {left} clean notebooks" in flawed.restarted().text("find-plants")
    return f"the page reports on {claim} clean notebooks, a restart on {left}"


def own_picture_lost(honest: Ran, flawed: Ran) -> str:
    """On every other computer the lesson quietly looks at a bakery instead of itself."""
    assert honest.value("LESSON.exists()")
    assert not flawed.value("LESSON.exists()")
    skipped = honest.text("final-check").count("target") - flawed.text("final-check").count(
        "target"
    )
    assert skipped > 3
    cells = honest.value("len(own)"), flawed.value("len(own)")
    return f"{cells[1]} cells of a bakery are drawn instead of {cells[0]} of its own"


def no_drawing_again(honest: Ran, flawed: Ran) -> str:
    """A restart stops where the deleted function is called."""
    again = flawed.restarted()
    assert again.error == "NameError"
    drawn = [cell["id"] for cell in again.notebook.cells if cell.get("execution_count")]
    assert drawn[-1] == "four-pictures"
    return "a restart stops at the first picture with a NameError"


def false_alarms(honest: Ran, flawed: Ran) -> str:
    """The weakened check passes a detector that accuses clean notebooks."""
    assert honest.value("alarms") == 0
    alarms = flawed.value("alarms")
    assert alarms > 0
    return f"all checks pass with {alarms} false alarm on four clean notebooks"


EXERCISES = [
    f"{exercise}{part}"
    for exercise in ("ex1", "ex2", "ex3")
    for part in ("-task", "", "-check", "-solution")
]

TWIN = Twin(
    lesson="71",
    title="Anatomy of a notebook that was never restarted",
    drop=(*EXERCISES, "in-practice", "recap"),
    plants=(
        Plant(
            "71-1",
            code="NB101",
            cell="chosen-minis",
            edits=(
                insert(
                    "clean-minis",
                    "chosen-minis",
                    'CLEAN = {title: CLEAN[title] for title in ("recipe", "scratch")}',
                ),
                runs("chosen-minis", after="find-plants"),
            ),
            why="Two clean notebooks were thrown out after the false alarms had been counted.",
            hints=(
                "Which cell of the first half has the highest run number?",
                "Of how many clean notebooks does the table of findings speak? How many are left?",
            ),
            harm=fewer_notebooks,
        ),
        Plant(
            "71-2",
            code="NB341",
            cell="parameters",
            edits=(
                replace(
                    "parameters",
                    'Path("71_anatomy.ipynb")  # this file, as seen from the folder it lies in',
                    'Path("/home/ana/lessons/71_anatomy.ipynb")  # this file',
                ),
            ),
            why="The path exists on Ana's computer only.",
            hints=(
                "Which file does the second picture show?",
                "Who has a folder of the name in `LESSON`, and what happens to all others?",
            ),
            harm=own_picture_lost,
        ),
        Plant(
            "71-3",
            code="NB202",
            cell="own-picture",
            edits=(remove("draw"),),
            why="The cell that made `draw` and `arrows` was deleted; they lived on in the kernel.",
            hints=(
                "Which run number is missing above the pictures?",
                "Which cell defines the function that draws the arcs?",
            ),
            harm=no_drawing_again,
        ),
        Plant(
            "71-4",
            code=None,
            confidence="human",
            cell="find-plants",
            edits=(
                replace("hidden-state", '"bind" not in makers.values() or ', ""),
                replace("find-plants", "found == PLANTED", "found >= PLANTED"),
                replace(
                    "final-check",
                    'verdict("false alarms on clean notebooks", alarms, 0, alarms == 0)\n',
                    "",
                ),
            ),
            why="The check asks that plants be found, and not that nothing else be accused.",
            hints=(
                "What would a detector that accuses every cell get from this check?",
                "Read the last line of the table above it.",
            ),
            harm=false_alarms,
        ),
    ),
    decoys=(
        Decoy(
            "clean-minis",
            codes=("NB201", "NB202", "NB205", "NB904"),
            why="The names, the `import` and the `del` stand in texts, which are data here.",
        ),
        Decoy(
            "free-names",
            codes=("NB211", "NB210"),
            why="The list that grows while it is read is made anew in each call.",
        ),
    ),
    consequences=(("NB202", "own-picture"),),
)
