"""NB701 secret-in-source: tokens in the shapes of their issuers, wherever a cell holds them."""

from collections.abc import Iterator

from tests.rare_rules.harness import Case, every, findings, notebook
from tests.rare_rules.secret_cases import lookalikes, secrets

LINES = {
    "string": "# %%\nprint('é')\nkey = 'SECRET'",
    "environment": "# %%\n%env KEY=SECRET",
    "shell": "# %%\n!curl -H 'Authorization: Bearer SECRET' https://rivers.org",
    "comment": "# %%\nx = 3  # SECRET",
    "text": "# %% [markdown]\n# Größe: use `SECRET` here.",
    "bash-cell": "# %%\n%%bash\nexport KEY=SECRET",
    "raw": "# %% [raw]\nkey: SECRET",
}
BLOCKS = {
    "string": "# %%\nkey = '''SECRET\n'''",
    "written-file": "# %%\n%%writefile key.pem\nSECRET",
    "text": "# %% [markdown]\n# ```\n# SECRET\n# ```",
}


FEW = ("string", "text")


def _cases() -> Iterator[Case]:
    for hits, texts in ((1, secrets()), (0, lookalikes())):
        for name, text in texts:
            places = BLOCKS if "\n" in text else LINES
            for place in places if hits else FEW:
                percent = places[place].replace("# SECRET", "# " + text.replace("\n", "\n# "))
                yield notebook(f"{name}-{place}", percent.replace("SECRET", text), hits)


CASES = list(_cases())


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB701", case)) == case.hits


def test_messages_keep_the_secret() -> None:
    for name, text in secrets():
        [finding] = findings("NB701", notebook(name, f"# %%\nkey = '''{text}'''"))
        assert text[4:12] not in finding.message
