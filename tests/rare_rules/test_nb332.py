"""NB332 unpinned-vcs-install: addresses that follow a branch, and others."""

from pathlib import Path

import pytest

from nbcoach.inspector import Inspector
from nbcoach.settings import load
from nbcoach.tasks import Task
from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread

HOST = "https://example.org/ana"
FORMS = {
    "plain": f"%pip install git+{HOST}/solver",
    "shell": f"!pip install git+{HOST}/solver.git",
    "options": f"!pip install -q -U --no-deps git+{HOST}/solver.git",
    "named": f'%pip install "solver[gpu] @ git+{HOST}/solver"',
    "named-closely": f"%pip install solver@git+{HOST}/solver",
    "editable": f"!pip install -e git+{HOST}/solver#egg=solver",
    "folder": f"%pip install 'git+{HOST}/solver#egg=solver&subdirectory=python'",
    "ssh": "!pip install git+ssh://git@example.org/ana/solver.git",
    "ssh-colon": "!pip install git+ssh://git@example.org:ana/solver.git",
    "user": "!pip install git+https://ana:token@example.org/ana/solver.git",
    "mercurial": "!pip install hg+http://example.org/solver",
    "branch": f"%pip install git+{HOST}/solver@main",
    "head": f"%pip install git+{HOST}/solver.git@HEAD#egg=solver",
    "among-others": f'%pip install "numpy>=2" git+{HOST}/solver pandas',
    "this-python": f"import sys\n!{{sys.executable}} -m pip install git+{HOST}/solver",
    "uv": f"!uv pip install --system git+{HOST}/solver",
    "continued": f"!pip install \\\n    git+{HOST}/solver",
    "then": f"!pip install git+{HOST}/solver && echo done",
    "comment": f"!pip install git+{HOST}/solver  # don't pin",
    "archive": "!pip install https://github.com/ana/solver/archive/master.zip",
    "archive-of-heads": "!pip install https://github.com/ana/solver/archive/refs/heads/main.tar.gz",
    "tarball": "!pip install https://github.com/ana/solver/tarball/master",
}
STILL = {
    "tag": f"%pip install git+{HOST}/solver@v1.4",
    "commit": f"!pip install git+{HOST}/solver.git@0add68262ab0",
    "tag-and-egg": f"!pip install -e git+{HOST}/solver@v1.4#egg=solver",
    "other-branch": f"%pip install git+{HOST}/solver@paper",
    "request": f"%pip install git+{HOST}/solver@refs/pull/7/head",
    "named-tag": f'%pip install "solver @ git+{HOST}/solver@v1.4"',
    "user-and-tag": "!pip install git+ssh://git@example.org/ana/solver.git@v1.4",
    "variable": f"revision = 'v1'\n%pip install git+{HOST}/solver@{{revision}}",
    "archive-of-tag": "!pip install https://github.com/ana/solver/archive/refs/tags/v1.4.zip",
    "archive-of-commit": "!pip install https://github.com/ana/solver/archive/0add682.tar.gz",
    "release": "!pip install https://github.com/ana/solver/releases/download/v1/s-1-py3-none-any.whl",
    "index": "!pip install solver --index-url https://example.org/simple",
    "clone": f"!git clone {HOST}/solver",
    "string": f"address = 'git+{HOST}/solver'",
    "in-comment": f"# %pip install git+{HOST}/solver",
    "printed": f"!echo pip install git+{HOST}/solver",
}
CONTEXTS = {
    "alone": "# %%\n<code>",
    "among-code": "# %%\nimport os\n<code>\nprint('é')",
    "later": "# %% [markdown]\n# Größe\n# %%\nx = 1\n# %%\n%matplotlib inline\n<code>",
    "captured": "# %%\n%%capture\n<code>",
}
OWN = "# %%\n%pip install git+https://example.org/ana/solver"
CASES: list[Case] = [
    *spread(FORMS, CONTEXTS, 1),
    *spread(STILL, CONTEXTS),
    *rewritten("plain", "# %%\n" + FORMS["plain"], 1),
    *rewritten("tag", "# %%\n" + STILL["tag"]),
    *each({"two": f"# %%\n!pip install git+{HOST}/a git+{HOST}/b git+{HOST}/c@v1"}, 2),
    notebook("own", OWN, path="/home/ana/solver/demo.ipynb"),
    notebook("own-below", OWN, path="/home/ana/Solver/notebooks/demo.ipynb"),
    notebook("own-download", OWN, path="/home/ana/solver-main/demo.ipynb"),
    notebook("other", OWN, 1, path="/home/ana/solvers/demo.ipynb"),
]


@every(CASES)
def test_case(case: Case) -> None:
    assert len(findings("NB332", case)) == case.hits


@pytest.mark.parametrize("case", [case for case in CASES if case.hits], ids=lambda case: case.name)
def test_no_token_is_shown(case: Case) -> None:
    for finding in findings("NB332", case):
        assert "token" not in finding.message
        assert len(finding.message) <= 100


@pytest.mark.parametrize(
    ("remote", "hits"), [("git@example.org:me/Solver.git", 0), ("https://example.org/ana/work", 1)]
)
def test_the_remote_decides_where_it_is_known(tmp_path: Path, remote: str, hits: int) -> None:
    folder = tmp_path / "solver"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {remote}\n')
    inspector = Inspector(load(folder, {"select": ["NB332"]}))
    result = inspector.examine(str(folder / "a.ipynb"), notebook("own", OWN).data, Task()).result
    assert len(result.findings) == hits
