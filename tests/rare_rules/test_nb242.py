"""NB242 file-dunder: `__file__` in a kernel raises NameError, and only there is it reported."""

from tests.rare_rules.harness import Case, each, every, findings, rewritten, spread
from tests.rare_rules.kernel import outcome

FORMS = {
    "path": ("from pathlib import Path", "here = Path(__file__).parent"),
    "resolved": ("import pathlib", "here = pathlib.Path(__file__).resolve().parents[0]"),
    "dirname": ("import os", "here = os.path.dirname(os.path.abspath(__file__))"),
    "from-import": ("from os.path import dirname, realpath", "here = dirname(realpath(__file__))"),
    "search-path": (
        "import os, sys",
        'sys.path.append(os.path.join(os.path.dirname(__file__), ".."))',
    ),
    "f-string": ("", 'print(f"running {__file__}")'),
}
CONTEXTS = {
    "one-cell": "# %%\n<setup>\n<code>",
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Où sommes-nous ?\n# %%\n<code>",
    "called-function": "# %%\n<setup>\ndef locate():\n    <code>\n# %%\nlocate()",
    "method": "# %%\n<setup>\nclass Data:\n    def __init__(self):\n        <code>\n# %%\nData()",
    "class-body": "# %%\n<setup>\n# %%\nclass Paths:\n    <code>",
    "loop": "# %%\n<setup>\nfor step in [1]:\n    <code>",
    "with-block": "# %%\n<setup>\nfrom contextlib import suppress\n"
    "with suppress(OSError):\n    <code>",
    "finally": "# %%\n<setup>\ntry:\n    pass\nfinally:\n    <code>",
    "timed-cell": "# %%\n<setup>\n# %%\n%%time\n<code>",
    "beside-magics": "# %%\n%matplotlib inline\n<setup>\n!pwd\n<code>",
    "indented-cell": "# %%\n    <setup>\n    <code>",
}
SINGLE = {
    "argument-default": "# %%\ndef load(path=__file__):\n    return path",
    "decorator": "# %%\ndef mark(path):\n    return print\n@mark(__file__)\ndef run():\n    pass",
    "comprehension": "# %%\nparts = [part for part in __file__.split('/')]",
    "assertion": "# %%\nassert __file__.endswith('.py')",
    "condition": "# %%\nif __file__:\n    print('script')",
    "through-two-functions": "# %%\ndef inner():\n    return __file__\n"
    "def outer():\n    return inner()\n# %%\nouter()",
    "after-delete-of-another": "# %%\nrows = [1]\ndel rows\n# %%\nprint(__file__)",
    "non-ascii-before": "# %%\nname = 'é ñ ü'; print('Größe', __file__)",
    "time-line-magic": "# %%\n%time print(__file__)",
    "wrong-error-caught": "# %%\ntry:\n    print(__file__)\nexcept KeyError:\n    pass",
}
SAFE_FORMS = {
    "caught": "try:\n    here = __file__\nexcept NameError:\n    here = '.'",
    "caught-bare": "try:\n    here = __file__\nexcept:\n    here = '.'",
    "caught-all": "try:\n    here = __file__\nexcept Exception:\n    here = '.'",
    "caught-tuple": "try:\n    here = __file__\nexcept (NameError, KeyError):\n    here = '.'",
    "in-globals": "here = __file__ if '__file__' in globals() else '.'",
    "if-in-globals": "if '__file__' in globals():\n    print(__file__)",
    "asked-of-globals": "here = globals().get('__file__', '.')",
    "suppressed": "from contextlib import suppress\nwith suppress(NameError):\n    print(__file__)",
    "module-file": "import os\nprint(os.__file__)",
    "string": "print('__file__')",
    "comment": "here = '.'  # was os.path.dirname(__file__)",
    "own-name": "__file__ = 'analysis.ipynb'\nprint(__file__)",
}
SAFE_CONTEXTS = {
    name: CONTEXTS[name] for name in ("one-cell", "beside-magics", "called-function", "timed-cell")
}
SAFE = {
    "uncalled-function": "# %%\ndef main():\n    return __file__",
    "uncalled-method": "# %%\nclass Data:\n    def here(self):\n        return __file__",
    "main-guarded-function": "# %%\ndef main():\n    print(__file__)\n# %%\nprint(main)",
    "written-to-a-script": "# %%\n%%writefile train.py\nprint(__file__)",
    "shell": "# %%\n!python -c 'print(__file__)'",
    "javascript": "# %%\n%%javascript\nconsole.log(__file__)",
    "markdown": "# %% [markdown]\n# `print(__file__)` fails here.",
    "raw": "# %% [raw]\nprint(__file__)",
    "parameter": "# %%\ndef load(__file__):\n    return __file__\n# %%\nload('a')",
    "loop-target": "# %%\nfor __file__ in ['a']:\n    print(__file__)",
    "set-by-globals": "# %%\nglobals()['__file__'] = 'a'\n# %%\nprint(__file__)",
    "defined-by-editor": "# %%\n# nbcoach: defines __file__\n__file__ = 'a'\nprint(__file__)",
    "longer-name": "# %%\nmy__file__ = 'a'\nprint(my__file__)",
    "keyword": "# %%\nprint(dict(__file__='a'))",
    "attribute-set": "# %%\nimport types\nmodule = types.ModuleType('m')\nmodule.__file__ = 'a'",
}
BREAKS_SILENTLY = {
    "meant-to-fail": '# %% tags=["raises-exception"]\nprint(__file__)',
    "lambda": "# %%\nwhere = lambda: __file__\n# %%\nwhere()",
    "stored-function": "# %%\ndef here():\n    return __file__\nsteps = [here]\n# %%\nsteps[0]()",
}
CASES = [
    *spread(FORMS, CONTEXTS, 1),
    *each(SINGLE, 1),
    *rewritten("path", "# %%\nimport os\n# %%\nprint('é', os.path.dirname(__file__))", 1),
    *spread(SAFE_FORMS, SAFE_CONTEXTS),
    *each(SAFE),
    *each(BREAKS_SILENTLY, breaks=True),
    Case("percent-script", b"# %%\nprint(__file__)\n", 0, "case.py"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB242", case)) == case.hits


@every([case for case in CASES if case.sources and not case.breaks])
def test_python_agrees(case: Case) -> None:
    error, _ = outcome(case.sources)
    assert (error == "NameError") == bool(case.hits)
