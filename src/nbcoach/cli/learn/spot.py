"""`nbcoach learn spot`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options
from nbcoach.cli.learn import desk
from nbcoach.cli.terminal import style_for, write
from nbcoach.errors import UsageError

if TYPE_CHECKING:
    from nbcoach.curriculum.catalogue import Curriculum, Lesson
    from nbcoach.curriculum.progress import Progress
    from nbcoach.curriculum.spotting import Claim, Truth
    from nbcoach.notebook import Notebook
    from nbcoach.reporters.text.style import Style

_HOW = """\
Read it, and note each cell you would not trust and why. Ask no tool yet.
answer: nbcoach learn spot {0}
stuck?  nbcoach learn spot {0} --hint"""


@click.command(short_help="Find what is wrong with a flawed notebook.")
@desk.lesson
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the answers from a JSON file, and do not ask.",
)
@click.option("--hint", is_flag=True, help="Give one more hint.")
@options.colour
def command(lesson: str, answers: Path | None, hint: bool, color: str) -> int:
    """Find what is wrong with the flawed twin of a LESSON, before the linter may have its say.

    \b
    nbcoach learn spot 71                       first copies the twin, then asks
    nbcoach learn spot 71 --hint
    nbcoach learn spot 71 --answers a.json      {"answers": [{"cell": 7, "problem": "no seed"}]}

    A cell is named by its id or by its number, counted from 1 over all cells.
    """
    from nbcoach.curriculum.catalogue import curriculum
    from nbcoach.curriculum.spotting import claims, truth

    all_ = curriculum()
    chosen = all_.lesson(lesson)
    if not chosen.twin.is_file():
        raise UsageError(f"lesson {chosen.id} has no flawed twin yet")
    progress = desk.progress_in(Path.cwd())
    style = style_for(color, sys.stdout)
    facts = truth(chosen.twin)
    if hint:
        return _hint(chosen.id, facts, progress, style)
    copied = _copy(chosen, all_)
    twin = _twin(chosen)
    if answers is not None:
        ids = [cell.id or "" for cell in twin.cells]
        return _reveal(chosen, facts, claims(answers, ids), progress, style)
    if copied or not sys.stdin.isatty():
        click.echo(_HOW.format(chosen.id))
        return 0
    from nbcoach.cli.learn.asking import ask

    return _reveal(chosen, facts, ask(twin, style), progress, style)


def _copy(lesson: "Lesson", curriculum: "Curriculum") -> bool:
    """Put the twin into this folder unless it is there already; whether it was put."""
    from nbcoach.curriculum.handouts import puzzle, write_new

    path = Path(f"spot_{lesson.name}.ipynb")
    text = puzzle(lesson.twin.read_text(encoding="utf-8"), curriculum)
    if not write_new(path, text):
        return False
    click.echo(f"{path}: a notebook that somebody should not have trusted")
    return True


def _twin(lesson: "Lesson") -> "Notebook":
    from nbcoach.curriculum.exercises import open_lesson

    return open_lesson(lesson.twin).notebook


def _hint(lesson: str, truth: "Truth", progress: "Progress", style: "Style") -> int:
    """Give the next hint, or all of them once more when there is no other."""
    from dataclasses import replace

    from nbcoach.reporters.text.style import hanging

    known = progress.lesson(lesson).spot
    is_last = known.hints >= len(truth.hints)
    shown = truth.hints if is_last else truth.hints[known.hints : known.hints + 1]
    for line in (line for hint in shown for line in hanging(hint, style.width, 2)):
        write(f"{line}\n")
    if is_last:
        write("There are no other hints\n")
    else:
        progress.spotted(lesson, replace(known, hints=known.hints + 1))
        desk.keep(progress)
    write(f"answer: nbcoach learn spot {lesson}\n")
    return 0


def _reveal(
    lesson: "Lesson",
    truth: "Truth",
    claims: "tuple[Claim, ...]",
    progress: "Progress",
    style: "Style",
) -> int:
    """Score the claims, tell the truth, and let the linter have its say; 1 unless all is found."""
    from dataclasses import replace

    from nbcoach.cli.learn.revealed import revealed
    from nbcoach.curriculum.lint_notes import findings_in_twin
    from nbcoach.curriculum.spotting import score

    scored = score(truth, claims)
    found = findings_in_twin(lesson.twin, [plant.code for plant in truth.plants if plant.code])
    cells = {cell.id or "": cell.index + 1 for cell in _twin(lesson).cells}
    write("".join(f"{line}\n" for line in revealed(scored, truth, found, cells, style)))
    known = progress.lesson(lesson.id).spot
    progress.spotted(lesson.id, replace(known, scores=(*known.scores, round(scored.value, 3))))
    desk.keep(progress)
    return int(scored.value < 1)
