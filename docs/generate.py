"""Write what of the documentation is made from rules and lessons: `python docs/generate.py`."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import nbcoach_rules

from nbcoach.curriculum.catalogue import Curriculum, Lesson, load
from nbcoach.finding import Safety
from nbcoach.plugins import RuleEntry, load_rules
from nbcoach.settings import Settings

ROOT = Path(__file__).parent.parent
HEAD = """\
# The rules

Made by `python docs/generate.py` from the rules themselves; do not edit it by hand.

Every rule lies in `nbcoach_rules/` beside its page, which shows what it reports and proves it.
`on` rules run by default, `preview` rules with `preview = true`, `off` rules when selected.
"""
CURRICULUM = """\
# The curriculum

Made by `python docs/generate.py` from `sample_notebooks/curriculum.toml`; do not edit it by hand.

{written} lessons are written, {planned} more are planned. The written ones touch {taught} of
{topics} topics. [Learning with nbcoach](learn.md) says how to work on them.
"""
TWINS = """\
## The flawed twins

What was planted in them, and which rules say so: nbcoach finds {found} of the {claimed} plants that
a rule ought to find. *Not found yet* are the others, by the code of the rule that is to come; *for
people only* are those that no tool should claim to find. A boss twin runs cleanly and reports a
better number than the honest lesson.
"""
MARKS = ("<!-- made by docs/generate.py -->", "<!-- end -->")
FIXES = {Safety.SAFE: "safe", Safety.UNSAFE: "unsafe", Safety.MANUAL: "by hand", None: ""}


def catalogue() -> str:
    """The text of `rules/README.md`."""
    built_in = [
        rule for rule in load_rules(Settings(root=ROOT)) if rule.pack == nbcoach_rules.__name__
    ]
    families = groupby(built_in, key=lambda rule: rule.family)
    tables = ("\n".join(_table(family, rules)) for family, rules in families)
    return "\n".join([HEAD, *tables, *_lessons()])


def _table(family: str, rules: Iterator[RuleEntry]) -> Iterator[str]:
    about = (import_module(f"nbcoach_rules.{family}").__doc__ or "").strip()
    yield f"## {about.rstrip('.')}\n"
    yield "| Code | Rule | Finds | Severity | Default | Fix |"
    yield "|---|---|---|---|---|---|"
    for rule in rules:
        page = Path(rule.file).relative_to(ROOT / "rules").with_suffix(".md").as_posix()
        fields = (
            rule.code,
            f"[{rule.name}]({page})",
            rule.summary,
            rule.severity.name.lower(),
            rule.default,
            FIXES[rule.safety],
        )
        yield f"| {' | '.join(fields)} |"
    yield ""


def _lessons() -> Iterator[str]:
    """Which lesson teaches which rules."""
    teaching = [lesson for lesson in load(ROOT / "sample_notebooks").written if lesson.rules]
    if teaching:
        yield "## Lessons\n"
    for lesson in teaching:
        page = lesson.path.relative_to(ROOT).as_posix()
        yield f"- [{lesson.id} {lesson.title}](../{page}): {', '.join(lesson.rules)}"
    if teaching:
        yield ""


def lessons(table: Curriculum) -> str:
    """The lessons that exist, for the README of the samples."""
    rows = [
        f"| {_link(lesson, '')} | {lesson.minutes} min | {'; '.join(lesson.outcomes)} "
        f"| [twin](flawed/{lesson.name}.ipynb) |"
        for lesson in table.written
    ]
    return "\n".join(["| Lesson | Takes | You will | Flawed |", "|---|---|---|---|", *rows])


def topics(table: Curriculum) -> str:
    """The text of `docs/curriculum.md`: each topic, and what there is about it."""
    taught = {topic for lesson in table.written for topic in lesson.topics}
    head = CURRICULUM.format(
        written=len(table.written),
        planned=len(table.lessons) - len(table.written),
        taught=len(taught),
        topics=len(table.topics),
    )
    kinds = Counter(plant["confidence"] for lesson in table.written for plant in _plants(lesson))
    twins = TWINS.format(found=kinds["must"], claimed=kinds["must"] + kinds["should"])
    return "\n".join([head, *_topics(table), "", twins, *_twins(table), ""])


def _topics(table: Curriculum) -> Iterator[str]:
    yield "| Topic | Lesson | State |"
    yield "|---|---|---|"
    for code, title in table.topics.items():
        for lesson in table.lessons:
            if code in lesson.topics:
                state = "written" if lesson.exists else "planned"
                yield f"| {title} | {_link(lesson, '../sample_notebooks/')} | {state} |"


def _twins(table: Curriculum) -> Iterator[str]:
    yield "| Twin of | Planted | Found | Not found yet | For people only |"
    yield "|---|---|---|---|---|"
    for lesson in table.written:
        plants: dict[str, list[str]] = {kind: [] for kind in ("must", "should", "human")}
        for plant in _plants(lesson):
            plants[plant["confidence"]].append(plant["code"])
        found, missed = " ".join(plants["must"]), " ".join(plants["should"])
        link, planted = _link(lesson, "../sample_notebooks/"), sum(map(len, plants.values()))
        yield f"| {link} | {planted} | {found} | {missed} | {len(plants['human'])} |"


def _plants(lesson: Lesson) -> list[dict[str, Any]]:
    truth = json.loads(lesson.twin.with_suffix(".truth.json").read_text(encoding="utf-8"))
    plants: list[dict[str, Any]] = truth["findings"]
    return plants


def _link(lesson: Lesson, folder: str) -> str:
    if not lesson.exists:
        return f"{lesson.id} {lesson.title}"
    return f"[{lesson.id} {lesson.title}]({folder}{lesson.track}/{lesson.name}.ipynb)"


def between(path: Path, text: str) -> str:
    """A file's text with another one between its two marks."""
    head, _, rest = path.read_text(encoding="utf-8").partition(f"{MARKS[0]}\n")
    _, _, tail = rest.partition(MARKS[1])
    return f"{head}{MARKS[0]}\n{text}\n{MARKS[1]}{tail}"


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    table = load(ROOT / "sample_notebooks")
    samples = ROOT / "sample_notebooks" / "README.md"
    return {
        ROOT / "rules" / "README.md": catalogue(),
        ROOT / "docs" / "curriculum.md": topics(table),
        samples: between(samples, lessons(table)),
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
