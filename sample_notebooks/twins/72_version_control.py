"""The flawed twin of the lesson on version control: it leaks, and it merges without asking."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, stale

# Put together here, so that this file holds no login itself; it opens nothing.
LOGIN = "ana" + ":" + "vQ9zLp2kTe7w"


def login_in_source(honest: Ran, flawed: Ran) -> str:
    """The lesson's own scanner finds a login in the text of the page."""
    found = [
        len(ran.value(f"find_secrets({[cell['source'] for cell in ran.notebook.cells]!r})"))
        for ran in (honest, flawed)
    ]
    assert found == [0, 1]
    return "a login stands in a source, where no stripping takes it out"


def login_in_output(honest: Ran, flawed: Ran) -> str:
    """A secret that was shown is saved in the file."""
    assert flawed.value(f"[kind for kind, _ in find_secrets([{flawed.text('connect')!r}])]") == [
        "password in a URL"
    ]
    assert flawed.value("FAKES['password in a URL']") in flawed.text("connect")
    return "a login of 20 characters is saved with the page"


def no_restart(honest: Ran, flawed: Ran) -> str:
    """Python does not read conflict markers."""
    assert flawed.restarted().error == "SyntaxError"
    return "a restart stops in the second cell with a SyntaxError"


def lost_work(honest: Ran, flawed: Ran) -> str:
    """Merges that are counted as right are not what two people wrote."""
    claim = flawed.value("tried['lines of saved files']['right']")
    wrong = "sum(canonical(by_lines(map(strip, case))) != canonical(by_cells(case))"
    lost = flawed.value(f"{wrong} for case in stripped)")
    assert claim == flawed.value("PAIRS")
    assert honest.value("tried['lines of saved files']['right']") == 0
    assert lost > 0
    return f"{claim} merges of saved files are called right; even of stripped ones {lost} are not"


RESULT = """\
Merged as saved, not one of 200 pairs got through, although nobody had touched the other's cells:
the run numbers of all cells collide. (With other seeds a few pairs in a hundred get through: those
that happen to have the same run numbers.) That settles your third answer: Mira and Tom as good as
**never** merge. Stripped files mostly work. But JSON is not made of lines that can be cut anywhere,
and where two people add or delete neighbours, git must ask. Four merges were worse than a question:
cells changed places, and nobody was told. Cells merged by their ids were right 200 times."""
ALL_RIGHT = """\
All 200 pairs got through in all three ways, and nobody was asked. That settles your third answer:
Mira and Tom can **always** merge."""

EXERCISES = [
    f"{exercise}{part}"
    for exercise in ("ex1", "ex2", "ex3")
    for part in ("-task", "", "-check", "-solution")
]

TWIN = Twin(
    lesson="72",
    title="Diff, merge and never ask",
    drop=(*EXERCISES, "outcomes-picture", "final-check", "in-practice", "recap"),
    plants=(
        Plant(
            "72-1",
            code="NB701",
            cell="archive",
            edits=(
                insert(
                    "greenhouse",
                    "archive",
                    f'ARCHIVE = "https://{LOGIN}@plants.org/log"  # where the log goes at night',
                ),
            ),
            why="A password in a source stays in the history, whatever is stripped.",
            hints=(
                "Which text of this page would you not want to see in a public repository?",
                "Where do the cells say who may write to the archive?",
            ),
            harm=login_in_source,
        ),
        Plant(
            "72-2",
            code="NB702",
            cell="connect",
            edits=(
                insert(
                    "hiding-places",
                    "connect",
                    "print(f\"connected to https://{FAKES['password in a URL']}@plants.org\")",
                ),
            ),
            why="The source is careful, the output shows the password all the same.",
            hints=(
                "Read what the cells printed, not only what they say.",
                "Which kind of secret hides in an address?",
            ),
            harm=login_in_output,
        ),
        Plant(
            "72-3",
            code="NB601",
            cell="parameters",
            edits=(
                stale(
                    "parameters",
                    "PAIRS = 200  # pairs of people who change the same notebook",
                    "<<<<<<< HEAD\nPAIRS = 200  # pairs of people who change the same notebook\n"
                    "=======\nPAIRS = 100  # twice as fast\n>>>>>>> faster",
                ),
            ),
            why="A merge asked, and nobody answered: both sides stand in the cell.",
            hints=(
                "Which cell cannot have run in the form it has on the page?",
                "What does git write into a file where it must ask?",
            ),
            harm=no_restart,
        ),
        Plant(
            "72-4",
            code=None,
            confidence="human",
            cell="outcomes",
            edits=(
                replace(
                    "merge",
                    "            conflicts.append((b, o, t))\n"
                    "            chosen = o + [item for item in t if item not in o]"
                    "  # keep both until somebody chooses\n",
                    "            chosen = o  # ours is newer\n",
                ),
                replace(
                    "outcomes",
                    '"right" if right else "asks" if merged is None else "wrong"',
                    '"asks" if merged is None else "right"',
                ),
                replace("secrets-idea", RESULT, ALL_RIGHT),
            ),
            why="What does not ask is counted as right, and the merge has been taught not to ask.",
            hints=(
                "What would have to happen for this table to say *wrong*?",
                "What does `merge` do with a chunk that both people changed?",
            ),
            harm=lost_work,
        ),
    ),
    decoys=(
        Decoy(
            "scan",
            codes=("NB701",),
            why="These are the shapes of secrets, not secrets.",
        ),
        Decoy(
            "hiding-places",
            codes=("NB701", "NB702"),
            why="The secrets are made while the cell runs, and only four characters are shown.",
        ),
        Decoy(
            "entropy-picture",
            codes=("NB701",),
            why="The key of the manual is known to everybody and opens nothing.",
        ),
    ),
    consequences=(("NB005", "parameters"),),
)
