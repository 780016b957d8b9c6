"""Rules found by what people call them, and listed for them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from nbcoach.errors import UsageError
from nbcoach.escaping import visible
from nbcoach.plugins import RuleEntry, RuleSet
from nbcoach.reporters.counting import label
from nbcoach.reporters.text.style import Style, wrap
from nbcoach.selection import known_selectors, named_by
from nbcoach.spelling import nearest


def find(rules: RuleSet, word: str) -> list[RuleEntry]:
    """The rules that a code, name, prefix or family stands for, however it is capitalised.

    Raises UsageError, which names the nearest, where nothing is called so.
    """
    for spelling in (word, word.upper(), word.lower()):
        if found := named_by(spelling, rules):
            return found
    known = known_selectors(rules)
    close = nearest(word.upper() if word[-1:].isdigit() else word, known)
    raise UsageError(f"no rule or family is called `{word}`; the nearest is `{close}`")


def listing(entries: Iterable[RuleEntry], style: Style) -> Iterator[str]:
    """The lines of a list by family."""
    for (pack, family), members in groupby(entries, key=lambda entry: (entry.pack, entry.family)):
        yield style.strong(visible(family or pack))
        for entry in members:
            yield f"  {style.strong(f'{entry.code} {entry.name}')}  {style.faint(facts(entry))}"
            yield from (f"    {line}" for line in wrap(visible(entry.summary), style.width - 4))
        yield ""


def facts(entry: RuleEntry) -> str:
    """What the rule's declaration says: `error, on by default, unsafe fix`."""
    words = [label(entry.severity), _DEFAULTS[entry.default]]
    if entry.safety is not None:
        words.append(f"{label(entry.safety)} fix")
    return ", ".join(words)


_DEFAULTS = {"on": "on by default", "preview": "on trial (--preview)", "off": "off by default"}
