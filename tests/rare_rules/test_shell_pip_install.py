"""NB333 shell-pip-install: installs through a shell, and lines that do something else."""

from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread

FORMS = {
    "pip": "!pip install numpy",
    "spaced": "! pip install numpy",
    "pip3": "!pip3 install numpy",
    "pinned": "!pip install numpy==2.0",
    "quiet": "!pip install -q -U numpy pandas",
    "quoted": '!pip install "numpy>=2"',
    "requirements": "!pip install -r requirements.txt",
    "editable": "!pip install -e .",
    "address": "!pip install git+https://example.org/größe.git",
    "redirected": "!pip install numpy > log.txt",
    "and": "!pip install numpy && echo ok",
    "continued": "!pip install \\\n  numpy",
    "conda": "!conda install -y numpy",
    "mamba": "!mamba install -y numpy",
    "system": "!!pip install numpy",
    "comment": "!pip install numpy  # größe",
}
CONTEXTS = {
    "alone": "# %%\n<code>",
    "among-code": "# %%\nimport os\n<code>\nprint('é')",
    "condition": "# %%\nimport os\nif os.name == 'posix':\n    <code>",
    "timed": "# %%\n%%time\n<code>",
    "later": "# %% [markdown]\n# Größe\n# %%\nx = 1\n# %%\n%matplotlib inline\n<code>",
}
OTHERWISE = {
    "magic": "%pip install numpy",
    "conda-magic": "%conda install -y numpy",
    "this-python": "import sys\n!{sys.executable} -m pip install numpy",
    "list": "!pip list",
    "freeze": "!pip freeze > requirements.txt",
    "show": "!pip show numpy",
    "version": "!pip --version",
    "uninstall": "!pip uninstall -y numpy",
    "download": "!pip download numpy",
    "conda-list": "!conda list",
    "apt": "!apt-get install -y graphviz",
    "npm": "!npm install d3",
    "echo": "!echo pip install numpy",
    "text": "text = 'pip install numpy'",
    "string": "text = '''\n!pip install numpy\n'''",
    "comment": "# !pip install numpy\nx = 1",
}
ELSEWHERE = {
    "bash": "# %%\n%%bash\npip install numpy",
    "bash-bang": "# %%\n%%bash\n!pip install numpy",
    "file": "# %%\n%%writefile a.txt\n!pip install numpy",
    "markdown": "# %% [markdown]\n# !pip install numpy",
    "raw": "# %% [raw]\n!pip install numpy",
    "colab": "# %%\nimport google.colab\n# %%\n!pip install numpy",
    "kaggle": "# %%\nopen('/kaggle/input/a.csv')\n# %%\n!pip install numpy",
    "automagic": "# %%\npip install numpy",
}
NEAR_CONTEXTS = {name: CONTEXTS[name] for name in ("alone", "among-code", "later", "timed")}
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    notebook("two", "# %%\n!pip install numpy\n!pip install pandas", 2),
    *rewritten("hit", "# %%\nprint('é')\n!pip install numpy", 1),
    *spread(OTHERWISE, NEAR_CONTEXTS),
    *each(ELSEWHERE),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB333", case)) == case.hits
