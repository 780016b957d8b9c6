"""The questions of the game with a flawed twin, on a terminal."""

from collections.abc import Iterator

import click

from nbcoach.cli.terminal import write
from nbcoach.curriculum.spotting import Claim, cell_id
from nbcoach.escaping import visible
from nbcoach.notebook import CodeCell, Notebook
from nbcoach.reporters.text.style import Style
from nbcoach.wording import shortened


def ask(twin: Notebook, style: Style) -> tuple[Claim, ...]:
    """Show the cells and take claims until there are no more; Ctrl-C leaves unscored."""
    for line in _cells(twin, style):
        write(f"{line}\n")
    write("\nWhich cells would you not trust? An empty line ends, Ctrl-C leaves unscored.\n")
    return tuple(_claims([cell.id or "" for cell in twin.cells], style))


def _cells(twin: Notebook, style: Style) -> Iterator[str]:
    """One line for each cell: its number, its run number, and how it starts."""
    for cell in twin.cells:
        is_code = isinstance(cell, CodeCell)
        run = f"[{cell.execution_count or ' '}]" if isinstance(cell, CodeCell) else ""
        lines = [line for line in cell.source.splitlines() if line.strip()]
        first = shortened(visible(lines[0]) if lines else "(empty)", style.width - 14)
        text = f"{cell.index + 1:>4} {run:>5}  {first}"
        yield text if is_code else style.faint(text)


def _claims(ids: list[str], style: Style) -> Iterator[Claim]:
    while word := _answer("cell"):
        cell = cell_id(word, ids)
        if cell is None:
            write(f"There is no cell `{visible(word)}`; they count from 1 to {len(ids)}\n")
            continue
        yield Claim(cell, _answer("  what is wrong there"))


def _answer(question: str) -> str:
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip()
