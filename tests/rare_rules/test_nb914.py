"""NB914 automagic-call: lines that are Python only where IPython adds the percent sign."""

from IPython.core.inputtransformer2 import TransformerManager

from nbcoach.api import Severity
from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

FORMS = {
    "ls": "ls -l data",
    "ls-pattern": "ls *.csv",
    "cd": "cd ..",
    "cd-folder": "cd größen/daten",
    "pip": "pip install numpy",
    "pip-quiet": "pip install -q numpy==2.1.0 pandas",
    "conda": "conda install -y numpy",
    "cat": "cat README.md",
    "mkdir": "mkdir data",
    "rm": "rm -rf data",
    "mv": "mv a.csv b.csv",
    "matplotlib": "matplotlib inline",
    "load-ext": "load_ext autoreload",
    "run": "run train.py",
    "time": "time sum(range(9))",
    "timeit": "timeit sum(range(9))",
    "env": "env HOME",
    "who": "who int",
    "history": "history -g price",
    "more": "more README.md",
}
ALONE = {
    "alone": "# %%\n<code>",
    "after-blank-lines": "# %%\n\n\n<code>",
    "among-cells": "# %%\nprint('é')\n# %% [markdown]\n# Größe\n# %%\n<code>\n# %%\nprint(1)",
}
BESIDE = {
    "below-import": "# %%\nimport os\n<code>",
    "above-code": "# %%\n<code>\nprint('é')",
    "beside-magic": "# %%\n%matplotlib inline\n<code>",
    "in-loop": "# %%\nfor step in range(2):\n    <code>",
}
PYTHON = {
    "name": "ls",
    "bound": "ls = 3\nls - 1",
    "difference": "time = more = 3\ntime - more",
    "product": "ls = csv = 2\nls *csv",
    "call": "run = print\nrun (3)",
    "item": "history = [3]\nhistory [0]",
    "assignment": "cd = '..'",
    "comparison": "env = 1\nenv == 2",
    "tuple": "cat, dog = 1, 2",
    "conditional": "pip = 1\npip if pip else 2",
    "membership": "who = 1\nwho in [1]",
    "identity": "page = None\npage is None",
    "and": "time = True\ntime and 1",
    "attribute": "import time\ntime .sleep(0)",
    "annotation": "run: int = 3",
    "percent": "%ls -l",
    "percent-pip": "%pip install numpy",
    "bang": "!pip install numpy",
    "help": "ls?",
    "string": 'text = """\nls -l\n"""',
    "string-joined": "text = ('a'\n'ls -l')",
    "in-brackets": "ls = l = 1\ntotal = (3 +\nls -l)",
    "continued": "cat = dog = 1\ntotal = 1 + \\\ncat -dog",
    "comment": "# pip install numpy",
    "shown": "print('pip install numpy')",
}
PYTHON_PLACES = {
    "alone": "# %%\n<code>",
    "below": "# %%\nimport os\n# Größe\n<code>",
}
SAFE = {
    "unknown-word": "# %%\nfoo bar",
    "shell-word": "# %%\napt install curl",
    "python-2": '# %%\nprint "time"',
    "python-2-exec": "# %%\nexec 'time'",
    "wrong-python": "# %%\nfor time in range(3)\n    print(time)",
    "meant-to-fail": '# %% tags=["raises-exception"]\nls *.csv',
    "bash": "# %%\n%%bash\nls *.csv\ncd ..",
    "written-file": "# %%\n%%writefile a.sh\npip install numpy",
    "html": "# %%\n%%html\ntime flies",
    "markdown": "# %% [markdown]\n# pip install numpy",
    "raw": "# %% [raw]\npip install numpy",
    "upper-case": "# %%\nLS -l",
    "longer-word": "# %%\npipx install numpy",
    "import": "# %%\nimport time",
    "deletion": "# %%\ntime = 3\ndel time",
    "r-kernel": '# notebook metadata={"kernelspec": {"name": "ir", "language": "R", '
    '"display_name": "R"}}\n# %%\nls *.csv',
    "keyword-line": "# %%\nassert 3 > 2",
}
PLAIN = "# %%\nprint('é')\n# %%\n"
CASES = [
    *spread(FORMS, ALONE, 1),
    *spread(FORMS, BESIDE, 1),
    *rewritten("hit", PLAIN + "ls *.csv", 1),
    *spread(PYTHON, PYTHON_PLACES),
    *each(SAFE),
    *rewritten("miss", PLAIN + "%ls *.csv"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB914", case)) == case.hits


@every([case for case in CASES if case.hits])
def test_is_an_error_where_the_kernel_refuses_it(case: Case) -> None:
    [finding] = findings("NB914", case)
    refused = any(case.name.endswith(place) for place in BESIDE)
    assert (finding.severity == Severity.ERROR) == refused


@every([case for case in CASES if case.hits])
def test_line_is_no_python_before_the_fix_and_is_after(case: Case) -> None:
    assert not all(map(_is_complete, case.sources))
    assert findings("NB914", Case(case.name, repaired("NB914", case), 0)) == []


def _is_complete(source: str) -> bool:
    return TransformerManager().check_complete(source)[0] == "complete"
