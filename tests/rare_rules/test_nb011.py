"""NB011 unused-suppression: suppressions that nothing needs, and those that something does."""

from tests.rare_rules.harness import Case, each, every, findings

# Suppressions of NB341, which runs beside, in every place they may stand: `{}` is the path's line.
PLACES = {
    "line": "# %%\n{}  # nbcoach: ignore[NB341]",
    "line-reason": "# %%\n{}  # nbcoach: ignore[NB341] größe",
    "line-name": "# %%\n{}  # nbcoach: ignore[absolute-path]",
    "line-family": "# %%\n{}  # nbcoach: ignore[NB34]",
    "cell": "# %%\n# nbcoach: ignore[NB341]\n{}",
    "cell-name": "# %%\n# nbcoach: ignore[absolute-path] as agreed\nx = 1\n{}",
    "cell-magic": "# %%\n# nbcoach: ignore[NB341]\n%matplotlib inline\n{}",
    "tag": '# %% tags=["nbcoach-ignore-NB341"]\n{}',
    "two-tags": '# %% tags=["größe", "nbcoach-ignore-NB341"]\n{}',
}
UNNEEDED = {
    "number": "y = 1",
    "call": "print('é')",
    "relative": "y = open('data/größe.csv')",
    "system": "y = open('/tmp/a.csv')",
    "address": "y = 'https://example.org/home/ana/a.csv'",
    "import": "import os",
}
NEEDED = {
    "home": "y = open('/home/ana/a.csv')",
    "macos": "y = '/Users/ana/größe.csv'",
    "windows": "y = r'C:\\Users\\ana\\a.csv'",
    "disk": "y = '/Volumes/data/a.csv'",
    "keyword": "y = open(file='/home/ana/a.csv')",
    "list": "y = ['/home/ana/a.csv', 1]",
}
NEVER_JUDGED = {
    "other-rule": "# %%\nx = 1  # nbcoach: ignore[NB201]",
    "off-rule": "# %%\nx = 1  # nbcoach: ignore[NB602]",
    "string": "# %%\ntext = '# nbcoach: ignore[NB341]'",
    "hint": "# %%\nx = 1  # nbcoach: defines y",
    "other-tool": "# %%\nx = 1  # noqa: F821",
}


def _filled(lines: dict[str, str]) -> dict[str, str]:
    return {
        f"{name}-{place}": template.format(line)
        for name, line in lines.items()
        for place, template in PLACES.items()
    }


CASES = [*each(_filled(UNNEEDED), 1), *each(_filled(NEEDED)), *each(NEVER_JUDGED)]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB011", case, "NB341")) == case.hits
