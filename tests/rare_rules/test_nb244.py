"""NB244 argv-in-notebook: a parser of the kernel's own arguments leaves by SystemExit."""

import sys

import pytest

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread
from tests.rare_rules.kernel import outcome

PARSERS = {
    "module": ("import argparse", "parser = argparse.ArgumentParser()"),
    "from-import": ("from argparse import ArgumentParser", "parser = ArgumentParser('é')"),
    "alias": ("import argparse as ap", "parser = ap.ArgumentParser(description='Größe')"),
    "renamed": ("from argparse import ArgumentParser as Parser", "parser = Parser()"),
}
CALLS = {
    "assigned": "arguments = parser.parse_args()",
    "shown": "print(parser.parse_args())",
    "attribute": "rate = parser.parse_args().rate",
    "as-dictionary": "settings = vars(parser.parse_args())",
}
FORMS = {
    f"{parser}-{call}": (
        f"{above}\n{made}\nparser.add_argument('--rate', type=float, default=0.1)",
        text,
    )
    for parser, (above, made) in PARSERS.items()
    for call, text in CALLS.items()
}
CONTEXTS = {
    "one-cell": "# %%\n<setup>\n<code>",
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Argumente\n# %%\n<code>",
    "loop": "# %%\n<setup>\nfor step in [1]:\n    <code>",
    "with-block": "# %%\n<setup>\nimport io\nwith io.StringIO() as file:\n    <code>",
    "timed-cell": "# %%\n<setup>\n# %%\n%%time\n<code>",
    "called-function": "# %%\n<setup>\ndef read():\n    <code>\n# %%\nread()",
}
LOCAL = {
    "chained": "# %%\nimport argparse\narguments = argparse.ArgumentParser().parse_args()",
    "script-guard": "# %%\nimport argparse\nparser = argparse.ArgumentParser()\n"
    "if __name__ == '__main__':\n    arguments = parser.parse_args()",
    "in-called-function": "# %%\nimport argparse\ndef read():\n"
    "    parser = argparse.ArgumentParser()\n    return parser.parse_args()\n# %%\nread()",
    "required-option": "# %%\nimport argparse\nparser = argparse.ArgumentParser()\n"
    "parser.add_argument('--data', required=True)\narguments = parser.parse_args()",
    "positional": "# %%\nimport argparse\nparser = argparse.ArgumentParser()\n"
    "parser.add_argument('--data', '-d')\narguments = parser.parse_args()",
    "beside-magics": "# %%\n%matplotlib inline\nimport argparse\n!ls\n"
    "parser = argparse.ArgumentParser()\narguments = parser.parse_args()",
    "indented-cell": "# %%\n    import argparse\n    parser = argparse.ArgumentParser()\n"
    "    arguments = parser.parse_args()",
}
ARGUMENTS = {
    "first": "# %%\nimport sys\npath = sys.argv[1]",
    "second": "# %%\nimport sys\npath, rate = sys.argv[1], 3",
    "number": "# %%\nimport sys\nrate = float(sys.argv[2])",
    "in-call": "# %%\nimport sys\n# %%\nprint('é', open(sys.argv[1]))",
    "in-called-function": "# %%\nimport sys\ndef path():\n    return sys.argv[1]\n# %%\npath()",
    "in-loop": "# %%\nimport sys\nfor step in range(3):\n    print(sys.argv[3])",
    "timed": "# %%\nimport sys\n# %%\n%%time\nrate = int(sys.argv[1])",
}
# What keeps a parser off the kernel's arguments, or shows that somebody thought of them.
GUARDS = {
    "empty-list": "<setup>\narguments = parser.parse_args([])",
    "list": "<setup>\narguments = parser.parse_args(['--rate', '0.2'])",
    "keyword": "<setup>\narguments = parser.parse_args(args=[])",
    "empty-string": "<setup>\narguments = parser.parse_args(args=''.split())",
    "list-name": "<setup>\nwords = []\narguments = parser.parse_args(words)",
    "namespace": "<setup>\narguments = parser.parse_args([], namespace=None)",
    "known": "<setup>\narguments, rest = parser.parse_known_args()",
    "caught": "<setup>\ntry:\n    <code>\nexcept SystemExit:\n    pass",
    "caught-bare": "<setup>\ntry:\n    <code>\nexcept:\n    pass",
    "set": "import sys\nsys.argv = ['notebook']\n<setup>\n<code>",
    "set-tight": "import sys\nsys.argv=['']\n<setup>\n<code>",
    "kernel-option": "<setup>\nparser.add_argument('-f')\n<code>",
    "kernel-option-long": '<setup>\nparser.add_argument("-f", "--file", default="")\n<code>',
    "uncalled": "<setup>\ndef main():\n    <code>",
    "uncalled-method": "<setup>\nclass Program:\n    def main(self):\n        <code>",
    "asked-never": "<setup>\nif parser is None:\n    <code>",
}
GUARDED = {
    form: FORMS[form]
    for form in ("module-assigned", "from-import-attribute", "renamed-as-dictionary")
}
SAFE = {
    "own-parser": "# %%\nclass Parser:\n    def parse_args(self):\n        return 1\n"
    "parser = Parser()\nparser.parse_args()",
    "script-name": "# %%\nimport sys\nprint(sys.argv[0])",
    "rest": "# %%\nimport sys\nprint(sys.argv[1:])",
    "number-of": "# %%\nimport sys\nprint(len(sys.argv))",
    "all": "# %%\nimport sys\nprint(sys.argv)",
    "computed": "# %%\nimport sys\nlast = -1\nprint(sys.argv[last])",
    "last": "# %%\nimport sys\nprint(sys.argv[-1])",
    "asked-first": "# %%\nimport sys\nif len(sys.argv) > 9:\n    print(sys.argv[9])",
    "caught-index": "# %%\nimport sys\ntry:\n    print(sys.argv[9])\nexcept IndexError:\n    pass",
    "item-set": "# %%\nimport sys\nold = sys.argv\nsys.argv = ['a', 'b']\nsys.argv[1] = 'c'\n"
    "sys.argv = old",
    "own-argv": "# %%\nimport types\nsys = types.SimpleNamespace(argv=['a', 'b'])\n"
    "print(sys.argv[1])",
    "uncalled": "# %%\nimport sys\ndef main():\n    print(sys.argv[1])",
    "script-file": "# %%\n%%writefile main.py\nimport sys\nprint(sys.argv[1])",
    "shell": "# %%\n!python -c 'import sys; print(sys.argv[1])' a",
    "markdown": "# %% [markdown]\n# `sys.argv[1]` and `parser.parse_args()`",
    "string": "# %%\nprint('sys.argv[1]', 'parser.parse_args()')",
    "comment": "# %%\nrate = 3  # float(sys.argv[1])",
    "not-called": "# %%\nimport argparse\nread = argparse.ArgumentParser().parse_args",
}
BREAKS_SILENTLY = {
    "unknown-parser": "# %%\nfrom project import parser\nparser.parse_args()",
}
PLAIN = "# %%\nimport argparse\nparser = argparse.ArgumentParser()\n# %%\nprint('é', "
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    *each(LOCAL, 1),
    *(each({f"argument-{name}": text for name, text in ARGUMENTS.items()}, 1)),
    *rewritten("hit", PLAIN + "parser.parse_args())", 1),
    *spread(GUARDED, {name: f"# %%\n{text}" for name, text in GUARDS.items()}),
    *each(SAFE),
    *each(BREAKS_SILENTLY, breaks=True),
    *rewritten("miss", PLAIN + "parser.parse_args([]))"),
    Case("script", b"# %%\nimport sys\nprint(sys.argv[1])\n", 0, "case.py"),
]
RUN = [
    case
    for case in CASES
    if case.sources and not case.breaks and not case.name.startswith("argument-")
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB244", case)) == case.hits


@every(RUN)
def test_python_agrees(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["ipykernel_launcher.py", "-f", "kernel.json"])
    error, _ = outcome(case.sources)
    assert (error == "SystemExit") == bool(case.hits)


@every([case for case in CASES if case.hits and "required" not in case.name])
def test_fix_ends_it(case: Case) -> None:
    """An argument that is read directly has no fix: nobody knows what it should be."""
    fixed = Case(case.name, repaired("NB244", case), 0)
    assert bool(findings("NB244", fixed)) == case.name.startswith("argument-")
