"""NB915 misplaced-cell-magic: below another line IPython looks for a line magic of that name."""

from itertools import product

from IPython.core.inputtransformer2 import TransformerManager

from tests.rare_rules.harness import Case, each, every, findings, notebook, repaired, rewritten

MAGICS = {
    "time": "%%time\ntotal = sum(range(9))",
    "timeit": "%%timeit -n 3\nsum(range(9))",
    "capture": "%%capture out\nprint('é')",
    "bash": "%%bash\nls -l",
    "html": "%%html\n<b>Größe</b>",
    "writefile": "%%writefile a.py\nprint(3)",
    "javascript": "%%javascript\nalert(3)",
    "sql": "%%sql\nselect 3",
}
ABOVE = {
    "comment": "# How long does it take?\n",
    "comments": "# Größe\n\n# and time\n",
    "import": "import os\n",
    "assignment": "rows = [3,\n  1]\n",
    "line-magic": "%matplotlib inline\n",
    "shell": "!ls\n",
    "docstring": '"""Größe"""\n',
    "function": "def work():\n    return 3\n\n",
    "blank-then-comment": "\n\n# After blank lines\n",
}
HITS = {
    "form-then-code": "# %%\n#@title Install\nimport os\n%%capture\nx = 3",
    "markdown-between": "# %%\nx = 3\n# %% [markdown]\n# Größe\n# %%\n# time it\n%%time\ny = 4",
    "several": "# %%\nx = 3\n%%time\ny = 4\n%%time\nz = 5",
    "at-the-end": "# %%\nx = 3\n%%time",
    "below-cell-magic-and-code": "# %%\n%%time\nx = 3\n%%capture\ny = 4",
}
FIRST = {
    "plain": "",
    "blank-lines": "\n\n",
    "form": "#@title Install\n",
    "form-spaced": "# @title Install { display-mode: 'form' }\n",
    "form-lines": "#@title Install\n#@markdown It takes a minute\n",
    "below-time": "%%time\n",
}
SAFE = {
    "string": '# %%\ntext = """\n%%time\n"""',
    "string-argument": "# %%\nprint('''Größe\n%%bash\n''')",
    "in-bash": "# %%\n%%bash\necho '\n%%time\n'",
    "in-written-file": "# %%\n%%writefile a.py\nx = 3\n%%time",
    "in-html": "# %%\n%%html\n<pre>\n%%time\n</pre>",
    "line-magic": "# %%\nx = 3\n%time y = 4",
    "line-magic-indented": "# %%\nfor x in [1]:\n    %time y = 4",
    "remainder": "# %%\nx = 7 %\\\n3",
    "remainder-in-brackets": "# %%\nx = (7\n% 3)",
    "formatting": "# %%\ntext = ('%s'\n% 3)",
    "doubled-percent": "# %%\ntext = '100 %%'",
    "doubled-at-line-start": "# %%\ntext = ('a'\n'%%time')",
    "comment": "# %%\nx = 3\n# %time\n#%%time",
    "commented-out": "# %%\nx = 3\n# %%time",
    "cell-mark": "# %%\nx = 3\n#%% part two",
    "markdown": "# %% [markdown]\n# x\n# %%time",
    "raw": "# %% [raw]\nx\n%%time",
    "meant-to-fail": '# %% tags=["raises-exception"]\nx = 3\n%%time',
    "help": "# %%\n%%time?",
    "other-kernel": '# notebook metadata={"kernelspec": {"name": "ir", "language": "R", '
    '"display_name": "R"}}\n# %%\nx <- 3\n%%time',
    "remainder-assigned": "# %%\nx = 7\nx %= 4",
}
PLAIN = "# %%\nprint('é')\n# %%\n"
CASES = [
    *(
        notebook(f"{magic}-below-{above}", f"# %%\n{lines}{text}", 1)
        for (magic, text), (above, lines) in product(MAGICS.items(), ABOVE.items())
    ),
    *each(HITS, 1),
    *rewritten("hit", PLAIN + "# é\n%%time\nx = 3", 1),
    *(
        notebook(f"{magic}-{above}", f"# %%\n{lines}{text}")
        for (magic, text), (above, lines) in product(MAGICS.items(), FIRST.items())
    ),
    *each(SAFE),
    *rewritten("miss", PLAIN + "%%time\nx = 3"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB915", case)) == case.hits


@every([case for case in CASES if case.hits and "-below-" in case.name])
def test_ipython_sees_no_cell_magic(case: Case) -> None:
    transformed = TransformerManager().transform_cell(case.sources[-1])
    assert "run_cell_magic" not in transformed or case.name.startswith("below-cell")


@every([case for case in CASES if case.name.endswith(("-below-comment", "-below-comments"))])
def test_fix_makes_it_one(case: Case) -> None:
    fixed = repaired("NB915", case)
    assert not findings("NB915", Case(case.name, fixed, 0))
    assert fixed != case.data
