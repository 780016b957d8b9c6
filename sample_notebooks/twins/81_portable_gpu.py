"""A benchmark that does not wait, on a machine that only its author has."""

from plants import Decoy, Plant, Ran, Twin, insert, replace, rewrite

TITLE = """# Three hundred times as fast

Shall we rent a device? This notebook compares it with the processor that we have. A product takes
30 ms on our processor. The notebook recognises the platform, writes its results down, has a
fallback for each package, and agrees between processor and device.

**Conclusion.** The device is three hundred times as fast. We should rent it."""

SPEED = """OURS = 30.0  # milliseconds for a product on our processor
speed = OURS / naive_time
print(f"the device is {speed:.0f} times as fast")"""

ARCHIVE = """archive = Path("/home/ada/benchmarks")
if archive.exists():
    np.savetxt(archive / "times.csv", [naive_time, cold_time])
print("results written down")"""


def asked_not_done(honest: Ran, flawed: Ran) -> str:
    """The time to ask for a product is taken for the time to compute it."""
    claim, truth = flawed.value("speed"), flawed.value("OURS / truth")
    assert claim > 50 * truth
    return f"{claim:.0f} times as fast is claimed, {truth:.0f} times is true"


def nothing_written(honest: Ran, flawed: Ran) -> str:
    """The cell says that results are written down; they are, on one machine in the world."""
    assert flawed.value("archive.exists()") is False
    assert flawed.text("archive") == "results written down\n"
    return "nothing is written down, and the page says that it is"


def always_half(honest: Ran, flawed: Ran) -> str:
    """A function is always true, so each machine computes in half precision."""
    assert flawed.value("str(PRECISION)") == "torch.float16"
    gap, usual = flawed.value("device_gap"), honest.value("device_gap")
    assert gap > 10 * max(usual, 1e-6)
    return "half precision on every machine, and only three digits that agree"


def other_numbers(honest: Ran, flawed: Ran) -> str:
    """The fallback computes something else, within the tolerance of its test."""
    gap, usual = (ran.value("fallback_gaps['sklearn'].item()") for ran in (flawed, honest))
    assert usual < 1e-10
    assert gap > 0.01
    return f"who lacks scikit-learn gets numbers that differ by up to {gap:.2f}"


TWIN = Twin(
    lesson="81",
    title="Three hundred times as fast",
    drop=(
        *("goals", "timeline-idea", "timeline", "real-idea", "real", "real-figure"),
        *("half-idea", "mixed"),
        *(f"ex{number}{part}" for number in "123" for part in ("-task", "", "-check", "-solution")),
        *("break-it", "consequence", "final-check", "in-practice", "recap"),
    ),
    plants=(
        Plant(
            "81-1",
            code=None,
            cell="speed",
            edits=(rewrite("title", TITLE), insert("naive", "speed", SPEED)),
            why="The clock is stopped without waiting, so it shows the time to ask.",
            hints=(
                "What is the device doing when the clock is stopped?",
                "Which of the two naive times would an impatient reader take?",
            ),
            harm=asked_not_done,
            confidence="human",
        ),
        Plant(
            "81-2",
            code="NB341",
            cell="archive",
            edits=(insert("speed", "archive", ARCHIVE),),
            why="The folder exists on the machine of one person, and the rest is told otherwise.",
            hints=(
                "On which machines does this folder exist?",
                "What happens where it does not, and what is printed there?",
            ),
            harm=nothing_written,
        ),
        Plant(
            "81-3",
            code="NB405",
            cell="parameters",
            edits=(
                replace(
                    "parameters",
                    "ASK, PRODUCT",
                    "PRECISION = torch.float16 if torch.cuda.is_available else torch.float32\n"
                    "ASK, PRODUCT",
                ),
                replace(
                    "digits",
                    "(a.to(DEVICE) @ b.to(DEVICE)).cpu()",
                    "(a.to(DEVICE, PRECISION) @ b.to(DEVICE, PRECISION)).cpu()",
                ),
            ),
            why="The function is not called, and a function is always true.",
            hints=(
                "What is the truth value of a function?",
                "In which precision does a machine without a GPU compute here?",
            ),
            harm=always_half,
        ),
        Plant(
            "81-4",
            code=None,
            cell="fallbacks",
            edits=(
                replace("fallbacks", "points.std(0)", "points.std(0, ddof=1)"),
                replace("blocked", "gaps[package] < 1e-10", "gaps[package] < 0.1"),
            ),
            why="The fallback divides by another number of rows; its test is too kind to notice.",
            hints=(
                "How close should two ways to the same numbers come?",
                "By how many rows does each of the two standard deviations divide?",
            ),
            harm=other_numbers,
            confidence="human",
        ),
    ),
    decoys=(
        Decoy("toy", ("NB401", "NB402"), "This device is a toy without a name."),
        Decoy("platforms", ("NB341",), "These home folders belong to machines that are made up."),
    ),
)
