"""`nbcoach explain`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nbcoach.cli import options

if TYPE_CHECKING:
    from nbcoach.plugins import Option, RuleEntry
    from nbcoach.reporters.text.style import Style


@click.command(short_help="Explain a rule.")
@click.argument("rule")
@options.colour
@options.config
@options.isolated
def command(rule: str, color: str, config: Path | None, isolated: bool) -> None:
    """Explain RULE: what it wants, why, bad and good examples, its options, when to ignore it.

    \b
    nbcoach explain NB201
    nbcoach explain used-before-defined
    nbcoach explain F401                  what ruff says about one of its rules
    nbcoach explain state                 the rules of a family; a prefix like NB2 works as well
    """
    from nbcoach.cli.rule_list import find, listing
    from nbcoach.cli.terminal import style_for, write
    from nbcoach.plugins import load_rules
    from nbcoach.settings import load

    rules = load_rules(load(Path.cwd(), config=config, isolated=isolated))
    found = find(rules, rule)
    style = style_for(color, sys.stdout)
    lines = _explanation(found[0], style) if len(found) == 1 else listing(found, style)
    write("".join(f"{line}\n" for line in lines))


def _explanation(entry: "RuleEntry", style: "Style") -> Iterator[str]:
    from nbcoach.cli.page_text import page_text
    from nbcoach.cli.rule_list import facts
    from nbcoach.curriculum.catalogue import lessons_about
    from nbcoach.plugins.ruff_rules import RUFF, explanation

    yield style.strong(f"{entry.code} {entry.name}")
    yield style.faint(facts(entry))
    if entry.options:
        yield f"Options, below [tool.nbcoach.rules.{entry.name}]:"
        yield from map(_option, entry.options)
    yield ""
    page = Path(entry.file or "none").with_suffix(".md")
    if entry.pack == RUFF:
        yield from page_text(explanation(entry.code) or entry.summary, style)
    elif page.is_file():
        _, _, body = page.read_text(encoding="utf-8").partition("\n")
        yield from page_text(body, style)
    else:
        yield entry.summary
    for sentence in lessons_about(entry.code):
        yield ""
        yield from page_text(sentence, style)


def _option(option: "Option") -> str:
    kind = " or ".join(option.choices) or option.kind
    return f"  {option.name} = {json.dumps(option.default)}  ({kind})"
