"""`nbcoach learn list`."""

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nbcoach.cli import options
from nbcoach.cli.learn import desk
from nbcoach.cli.terminal import style_for, write

if TYPE_CHECKING:
    from nbcoach.curriculum.catalogue import Curriculum, Lesson
    from nbcoach.curriculum.progress import Progress
    from nbcoach.reporters.text.style import Style


@click.command(short_help="List the lessons.")
@click.option("--track", metavar="NUMBER", help="Only one track, such as 50 or deep_learning.")
@click.option("--topic", metavar="WORDS", help="Only lessons on a topic, by its code or words.")
@click.option("--level", type=click.IntRange(1, 3), help="Only one level: 1 is the easiest.")
@desk.output_format
@desk.as_json
@options.colour
def command(
    track: str | None,
    topic: str | None,
    level: int | None,
    output_format: str,
    as_json: bool,
    color: str,
) -> None:
    """List the lessons, with how far you are in this folder.

    \b
    nbcoach learn list
    nbcoach learn list --track 50
    nbcoach learn list --topic "time series" --level 2
    """
    from nbcoach.curriculum.catalogue import curriculum

    all_ = curriculum()
    lessons = [
        lesson
        for lesson in all_.lessons
        if (track is None or track.casefold() in (lesson.track, *lesson.track.split("_", 1)))
        and (topic is None or any(topic.casefold() in words for words in _topics(lesson, all_)))
        and (level is None or lesson.level == level)
    ]
    progress = desk.progress_in(Path.cwd())
    if as_json or output_format == "json":
        found = [_as_object(lesson, progress) for lesson in lessons]
        write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    else:
        style = style_for(color, sys.stdout)
        write("".join(f"{line}\n" for line in _table(lessons, all_, progress, style)))


def _topics(lesson: "Lesson", curriculum: "Curriculum") -> Iterator[str]:
    for code in lesson.topics:
        yield code.casefold()
        yield curriculum.topics.get(code, "").casefold()


def _state(lesson: "Lesson", progress: "Progress") -> str:
    record = progress.lesson(lesson.id)
    if not lesson.exists:
        return "planned"
    if record.is_done:
        return "done"
    return f"{record.solved} of {len(record.exercises)}" if record.started else ""


def _table(
    lessons: "list[Lesson]", curriculum: "Curriculum", progress: "Progress", style: "Style"
) -> Iterator[str]:
    if not lessons:
        yield "No lesson is like that; `nbcoach learn list` shows all"
        return
    room = style.width - 6 - len("  ★★★  60 min  planned")
    width = min(room, max(len(lesson.title) for lesson in lessons))
    titles = {track.folder: f"{track.number} {track.title}" for track in curriculum.tracks}
    for folder, members in groupby(lessons, key=lambda lesson: lesson.track):
        yield style.strong(titles[folder])
        for lesson in members:
            yield from _row(lesson, _state(lesson, progress), width, style)
        yield ""
    written = sum(lesson.exists for lesson in lessons)
    if written < len(lessons):
        yield f"{written} of {len(lessons)} lessons are written; the others are planned"
    yield "next: nbcoach learn start NUMBER, or nbcoach learn next for a suggestion"


def _row(lesson: "Lesson", state: str, width: int, style: "Style") -> Iterator[str]:
    from nbcoach.reporters.text.style import wrap

    stars, minutes = "★" * lesson.level, f"{lesson.minutes} min" if lesson.minutes else ""
    first, *rest = wrap(lesson.title, width)
    line = f"  {lesson.id}  {first:<{width}}  {stars:<3}  {minutes:>6}  {state}".rstrip()
    for text in (line, *(f"      {more}" for more in rest)):
        if not lesson.exists:
            yield style.faint(text)
        else:
            yield style.good(text) if state == "done" else text


def _as_object(lesson: "Lesson", progress: "Progress") -> dict[str, Any]:
    record = progress.lesson(lesson.id)
    return {
        "id": lesson.id,
        "name": lesson.name,
        "title": lesson.title,
        "track": lesson.track,
        "topics": lesson.topics,
        "level": lesson.level,
        "minutes": lesson.minutes,
        "prerequisites": lesson.prerequisites,
        "requires": lesson.requires,
        "outcomes": lesson.outcomes,
        "written": lesson.exists,
        "started": bool(record.started),
        "solved": record.solved,
        "done": record.is_done,
    }
