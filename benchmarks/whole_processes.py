"""What whole processes cost: measured in turns, and compared within each turn."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from statistics import median

# Linters exit with 1 where they find something.
_FINE = frozenset({0, 1})


@dataclass(frozen=True)
class Contender:
    """A command under a name; `environment` is added to ours."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """What one process and its children took: seconds, and the largest one's memory in MB."""

    cpu: float
    wall: float
    peak: float
    exit_code: int


def cost(contender: Contender) -> Cost:
    """Run a command to its end, with its output thrown away."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        contender.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **contender.environment},
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(cpu, wall, usage.ru_maxrss / unit, process.returncode)


def contest(contenders: Sequence[Contender], rounds: int) -> dict[str, list[Cost]]:
    """The costs of all contenders, who take turns so that a busy machine is busy for all."""
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            costs[contender.name].append(cost(contender))
    return costs


def table(costs: Mapping[str, Sequence[Cost]], base: str, *, markdown: bool) -> str:
    """The medians, and the medians of the ratios to `base` in the same round."""
    heads = ["", "CPU s", "wall s", "peak MB", f"CPU / {base}", f"wall / {base}"]
    rows = [_row(name, taken, costs[base]) for name, taken in costs.items()]
    if markdown:
        lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return "\n".join(
        "  ".join([cells[0].ljust(widths[0]), *map(str.rjust, cells[1:], widths[1:])])
        for cells in (heads, *rows)
    )


def _row(name: str, taken: Sequence[Cost], base: Sequence[Cost]) -> list[str]:
    failed = sorted({one.exit_code for one in taken} - _FINE)
    paired = list(zip(taken, base, strict=True))
    return [
        f"{name} (fails: exit code {failed[0]})" if failed else name,
        f"{median(one.cpu for one in taken):.3f}",
        f"{median(one.wall for one in taken):.3f}",
        f"{median(one.peak for one in taken):.0f}",
        f"{median(one.cpu / other.cpu for one, other in paired):.2f}",
        f"{median(one.wall / other.wall for one, other in paired):.2f}",
    ]


def circumstances(what: str, rounds: int) -> str:
    """Where and when something was measured."""
    day = datetime.now(UTC).date()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    place = f"{platform.system()}, {os.cpu_count()} processors, {python}"
    turns = "1 round" if rounds == 1 else f"{rounds} rounds"
    return f"{what}; {turns}; {place}; {day}"


def installed(name: str, folders: Sequence[Path]) -> str:
    """The program of a name: in `folders`, beside this Python, or on the search path."""
    search = [*folders, Path(sys.executable).parent, *os.get_exec_path()]
    found = which(name, path=os.pathsep.join(map(str, search)))
    if found is None:
        sys.exit(f"{name} is not installed here; see benchmarks/README.md")
    return found
