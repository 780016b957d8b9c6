"""Write what of the documentation is made from the rules: `python docs/generate.py`."""

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path

import nbcoach_rules

from nbcoach.curriculum.catalogue import load
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


def files() -> dict[Path, str]:
    """Every generated file with its text."""
    return {ROOT / "rules" / "README.md": catalogue()}


if __name__ == "__main__":
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
