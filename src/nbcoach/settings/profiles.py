"""The profiles: which rules run, and what else changes, for one way of using notebooks.

Codes that no installed rule has match nothing, so a profile may be ahead of the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from nbcoach.finding import Severity


@dataclass(frozen=True, eq=False)
class Profile:
    """What one profile says.

    Of the rules that are on by default those in `runs` run, and of those in `errors` the ones of
    severity error; those in `adds` run even if they are off by default. `settings`, `severity` and
    `rules` are as in a configuration file and lie below what the user says.
    """

    summary: str
    runs: tuple[str, ...] = ("ALL",)
    errors: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


PROFILES: Final[Mapping[str, Profile]] = {
    "default": Profile("Every rule that is on by default"),
    "exploratory": Profile(
        "Work in progress: only what breaks or misleads",
        runs=("NB0", "NB110", "NB2", "NB601", "NB701", "NB702"),
        errors=("NB3", "NB4", "NB9"),
        settings={"fail-on": "error"},
    ),
    "teaching": Profile(
        "Notebooks to learn from: prose, figures and short cells count too",
        adds=tuple(
            "NB230 NB502 NB511 NB513 NB514 NB516 NB522 NB523 NB533 NB534 NB535 NB551 "
            "NB901 NB904 NB906".split()
        ),
        severity={"NB521": Severity.ERROR, "NB522": Severity.ERROR},
        rules={"long-cell": {"limit": 25}},
    ),
    "publication": Profile(
        "Notebooks others must be able to repeat, saved with all their results",
        adds=tuple(
            "NB103 NB107 NB312 NB313 NB325 NB335 NB339 NB352 NB362 NB371 NB372 NB514 NB522 "
            "NB607 NB706".split()
        ),
        settings={"outputs": "executed"},
        severity={"NB102": Severity.WARNING, "NB331": Severity.WARNING},
        rules={"unexecuted-cell": {"tail": "report"}},
    ),
    "hygiene": Profile(
        "The fast subset for commits: nothing that needs Python understood",
        runs=("NB001", "NB002", "NB006", "NB110", "NB541", "NB6", "NB701", "NB702"),
        settings={"ruff": False},
    ),
}

OUTPUT_POLICIES: Final[Mapping[str, tuple[str, ...]]] = {
    "any": (),
    "source-only": ("NB602", "NB603"),
    "kept": ("NB603",),
    "executed": ("NB107",),
}
"""The policies for saved outputs, and the rules that each one asks for."""
