"""NB205 use-after-delete: a deleted name raises NameError, and only then is it reported."""

from tests.rare_rules.harness import Case, each, every, findings, rewritten, spread
from tests.rare_rules.kernel import outcome

# How a name goes, and how it is asked for afterwards.
DELETIONS = {
    "plain": "rows = [3, 1]\ndel rows",
    "among-others": "rows, other = [3, 1], 2\ndel other, rows",
    "in-brackets": "rows = [3, 1]\ndel (rows)",
    "import": "import math as rows\ndel rows",
    "function": "def rows():\n    pass\ndel rows",
    "class": "class rows:\n    pass\ndel rows",
    "handler": "try:\n    int('x')\nexcept ValueError as rows:\n    pass",
    "reset": "rows = [3, 1]\n%reset -f",
    "twice-made": "rows = [3, 1]\nrows = sorted(rows)\ndel rows",
    "loop-target": "for rows in [1, 2]:\n    pass\ndel rows",
    "with-target": "import io\nwith io.StringIO() as rows:\n    pass\ndel rows",
}
USES = {
    "call": "# %%\n<code>\n# %%\nprint(rows)",
    "same-cell": "# %%\n<code>\nprint(rows)",
    "called-function": "# %%\n<code>\n# %%\ndef show():\n    return rows\n# %%\nshow()",
    "method": "# %%\n<code>\n# %%\nclass Table:\n    def __init__(self):\n"
    "        self.rows = rows\n# %%\nTable()",
    "augmented": "# %%\n<code>\n# %% [markdown]\n# Größer\n# %%\nrows += [1]",
    "second-deletion": "# %%\n<code>\n# %%\ndel rows",
    "timed-cell": "# %%\n%%time\n<code>\n# %%\nprint('é', rows)",
    "beside-magics": "# %%\n<code>\n# %%\n%matplotlib inline\n!ls\nprint(rows)",
}
HITS = {
    "deleted-in-both-branches": "# %%\nimport time\nrows = [1]\nif time.time() > 0:\n    del rows\n"
    "else:\n    del rows\n# %%\nprint(rows)",
    "deleted-in-try-and-handler": "# %%\nrows = [1]\ntry:\n    print(rows)\nfinally:\n"
    "    del rows\n# %%\nprint(rows)",
    "deleted-in-with": "# %%\nimport io\nrows = [1]\nwith io.StringIO() as file:\n    del rows\n"
    "# %%\nprint(rows)",
    "function-made-above": "# %%\nrows = [1]\ndef show():\n    return rows\n# %%\ndel rows\n# %%\n"
    "show()",
    "global-deletion": "# %%\nrows = [1]\ndef free():\n    global rows\n    del rows\nfree()\n"
    "# %%\nprint(rows)",
    "comprehension": "# %%\nrows = [1]\ndel rows\n# %%\nprint([row for row in rows])",
    "f-string": "# %%\nrows = [1]\ndel rows\n# %%\nprint(f'{len(rows)} rows')",
    "defined-below": "# %%\nrows = [1]\ndel rows\n# %%\nprint(rows)\n# %%\nrows = [2]",
}
# What makes the name whole again, or was no deletion of it at all.
REPAIRS = {
    "made-again": "rows = [1]\ndel rows\nrows = [2]",
    "imported-again": "rows = [1]\ndel rows\nimport math as rows",
    "unpacked-again": "rows = [1]\ndel rows\nrows, other = [2], 3",
    "function-again": "rows = [1]\ndel rows\ndef rows():\n    pass",
    "loop-again": "rows = [1]\ndel rows\nfor rows in [1, 2]:\n    pass",
    "walrus-again": "rows = [1]\ndel rows\nprint((rows := [2]))",
    "with-again": "import io\nrows = [1]\ndel rows\nwith io.StringIO() as rows:\n    pass",
    "item": "rows = [1, 2]\ndel rows[0]",
    "slice": "rows = [1, 2, 3]\ndel rows[1:]",
    "attribute": "class Box:\n    pass\nrows = Box()\nrows.size = 1\ndel rows.size",
    "other-name": "rows = [1]\ncopy = rows\ndel copy",
    "local-name": "rows = [1]\ndef work():\n    rows = [2]\n    del rows\nwork()",
    "comprehension-name": "rows = [1]\nprint([rows for rows in range(2)])",
    "handler-of-another": "rows = [1]\ntry:\n    int('x')\nexcept ValueError as error:\n    pass",
    "condition": "import os\nrows = [1]\nif os.environ.get('SMALL_MEMORY_ONLY'):\n    del rows",
    "empty-loop": "rows = [1]\nfor step in []:\n    del rows",
    "uncalled-function": "rows = [1]\ndef free():\n    global rows\n    del rows",
}
ASKED = {
    name: USES[name] for name in ("call", "called-function", "second-deletion", "beside-magics")
}
SAFE = {
    "caught": "# %%\nrows = [1]\ndel rows\ntry:\n    print(rows)\nexcept NameError:\n    pass",
    "asked-first": "# %%\nrows = [1]\ndel rows\nif 'rows' in globals():\n    print(rows)",
    "builtin-beneath": "# %%\nlist = [1]\ndel list\n# %%\nprint(list('ab'))",
    "only-as-attribute": "# %%\nimport types\nrows = [1]\ndel rows\nbox = types.SimpleNamespace("
    "rows=1)\n# %%\nprint(box.rows)",
    "only-as-keyword": "# %%\nrows = [1]\ndel rows\n# %%\nprint(dict(rows=2))",
    "only-in-text": "# %%\nrows = [1]\ndel rows\n# %%\nprint('rows')  # rows",
    "used-before": "# %%\nrows = [1]\nprint(rows)\n# %%\ndel rows",
    "function-not-called": "# %%\nrows = [1]\ndef show():\n    return rows\n# %%\ndel rows",
    "called-before": "# %%\nrows = [1]\ndef show():\n    return rows\nshow()\n# %%\ndel rows",
    "reset-then-made": "# %%\nrows = [1]\n# %%\n%reset -f\nrows = [2]\nprint(rows)",
    "exec": "# %%\nrows = [1]\ndel rows\nexec('rows = [2]')\n# %%\nprint(rows)",
}
BREAKS_SILENTLY = {
    "meant-to-fail": '# %%\nrows = [1]\ndel rows\n# %% tags=["raises-exception"]\nprint(rows)',
    "literally-true": "# %%\nimport os\nrows = [1]\nif os.sep:\n    del rows\n# %%\nprint(rows)",
}
TEXT = "# %%\nrows = [1]\n# %%\nprint('é', rows)\ndel rows\n# %%\n"
CASES = [
    *spread(DELETIONS, USES, 1),
    *each(HITS, 1),
    *rewritten("hit", TEXT + "print('ü', rows)", 1),
    *spread(REPAIRS, ASKED),
    *each(SAFE),
    *each(BREAKS_SILENTLY, breaks=True),
    *rewritten("miss", TEXT + "rows = [2]\nprint('ü', rows)"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB205", case)) == case.hits


@every([case for case in CASES if not case.breaks])
def test_python_agrees(case: Case) -> None:
    error, _ = outcome(case.sources)
    assert (error == "NameError") == bool(case.hits)
