"""Notebooks for tests of what counts tell: written by hand, or run at random and saved."""

from dataclasses import dataclass, field
from random import Random

from nbcoach.notebook import CodeCell, Notebook, Output

ERROR = Output("error", "NameError", "", {}, {}, None)
STREAM = Output("stream", "stdout", "1\n", {}, {}, None)


def notebook(*cells: tuple[int | None, str], outputs: tuple[Output, ...] = ()) -> Notebook:
    """A notebook of code cells with these counts and sources; counted ones have the outputs."""
    return Notebook(
        "test.ipynb",
        (4, 5),
        "python",
        {},
        tuple(
            CodeCell(index, None, source, {}, {}, outputs if count else (), count)
            for index, (count, source) in enumerate(cells)
        ),
    )


@dataclass
class Session:
    """A kernel that runs cells; `seen` are the values that each cell's last run read, by name."""

    sources: list[str]
    counts: dict[int, int] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)
    seen: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    executions: int = 0

    def __post_init__(self) -> None:
        self._names: dict[str, object] = {"see": self._see, "display": str}
        self._cell = 0

    def _see(self, name: str, value: object) -> object:
        self.seen.setdefault((self._cell, name), []).append(repr(value))
        return value

    def run(self, cell: int) -> None:
        """Run one cell, as often as one likes."""
        self._cell = cell
        self.executions += 1
        self.counts[cell] = self.executions
        self.seen = {key: value for key, value in self.seen.items() if key[0] != cell}
        self.failed.discard(cell)
        try:
            exec(self.sources[cell], self._names)
        except (NameError, TypeError):
            self.failed.add(cell)

    def saved(self) -> Notebook:
        """The notebook that the session leaves behind."""
        cells = tuple(
            CodeCell(
                index,
                None,
                source,
                {},
                {},
                (ERROR,) if index in self.failed else (),
                self.counts.get(index),
            )
            for index, source in enumerate(self.sources)
        )
        return Notebook("test.ipynb", (4, 5), "python", {}, cells)


def random_sources(random: Random) -> list[str]:
    """Cells of which each value tells where it was made, and each `see` what was read."""
    cells = ['a = b = "cell 0"\nd = {"made": "cell 0", "k": 0}\ndef f():\n    return see("a", a)']
    for index in range(1, random.randint(3, 8)):
        lines = [_statement(random, f"cell {index}") for _ in range(random.randint(1, 2))]
        cells.append("\n".join(lines))
    return cells


def _statement(random: Random, tag: str) -> str:
    name, other = random.choice("ab"), random.choice("ab")
    return random.choice(
        [
            f'{name} = "{tag}"',
            f'{name} = (see("{other}", {other}), "{tag}")',
            f'see("{name}", {name})',
            f'def f():\n    return see("{name}", {name}), "{tag}"',
            "f()",
            f'd = {{"made": "{tag}", "k": 0}}',
            f'd["k"] = "{tag}"',
            f'see("d", d)\nd.update(k="{tag}")',
            'see("d", (d["made"], d["k"]))',
            'display(see("d", d))',
            f'd["other"] = "{tag}"',
            f'if see("{name}", {name}):\n    {other} = "{tag}"',
        ]
    )
