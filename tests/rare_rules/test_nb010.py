"""NB010 unknown-suppression: suppressions that no rule answers to, and those that one does."""

from tests.rare_rules.harness import Case, each, every, findings

UNKNOWN = {
    "no-rule": "nbcoach: ignore[NB999]",
    "other-letters": "nbcoach: ignore[XY101]",
    "lower": "nbcoach: ignore[nb0]",
    "name": "nbcoach: ignore[absolute-paths]",
    "words": "nbcoach: ignore[größe]",
    "one-of-two": "nbcoach: ignore[NB341, NB999]",
    "empty": "nbcoach: ignore[]",
    "no-brackets": "nbcoach: ignore NB341",
    "round": "nbcoach: ignore(NB341)",
    "misspelt": "nbcoach: ignroe[NB341]",
    "plural": "nbcoach: ignores[NB341]",
    "disable": "nbcoach: disable=NB341",
    "noqa": "nbcoach: noqa",
    "reason-kept": "nbcoach: ignore[NB999] as agreed",
}
KNOWN = {
    "code": "nbcoach: ignore[NB341]",
    "name": "nbcoach: ignore[absolute-path]",
    "two": "nbcoach: ignore[NB341, NB201]",
    "blanks": "nbcoach: ignore[ NB341 NB201 ]",
    "family": "nbcoach: ignore[NB3]",
    "all": "nbcoach: ignore",
    "reason": "nbcoach: ignore[NB341] größe",
    "all-reason": "nbcoach: ignore as agreed",
    "off": "nbcoach: ignore[NB602]",
    "preview": "nbcoach: ignore[NB210]",
    "hint": "nbcoach: defines größe",
    "ruff": "noqa: F821",
    "other-tool": "type: ignore[attr-defined]",
    "name-only": "nbcoach is a tool",
}
CONTEXTS = {
    "line": "# %%\nx = 1  # {}",
    "cell": "# %%\n# {}\nx = 1",
    "later": "# %%\nprint('é')\n# %%\nfor i in range(3):\n    print(i)  # {}",
    "markdown": "# %% [markdown]\n# <!-- {} -->\n# Größe\n# %%\nx = 1",
}
STRINGS = {
    "string": "# %%\ntext = '# nbcoach: ignore[NB999]'",
    "long-string": "# %%\ntext = '''\n# nbcoach: ignore[NB999]\n'''",
    "prose": "# %% [markdown]\n# Write `<!-- nbcoach: ignore[NB999] -->`",
    "fence": "# %% [markdown]\n# ```\n# <!-- nbcoach: ignore[NB999] -->\n# ```",
    "tag": '# %% tags=["ignore-NB999"]\nx = 1',
}


def _in_contexts(texts: dict[str, str]) -> dict[str, str]:
    return {
        f"{name}-{context}": template.format(text)
        for name, text in texts.items()
        for context, template in CONTEXTS.items()
    }


CASES = [
    *each(_in_contexts(UNKNOWN), 1),
    *each({"tag-hit": '# %% tags=["nbcoach-ignore-NB999"]\nx = 1'}, 1),
    *each(_in_contexts(KNOWN)),
    *each(STRINGS),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB010", case)) == case.hits
