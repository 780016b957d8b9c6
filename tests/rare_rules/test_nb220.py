"""NB220 output-history-reference: computing with `Out[3]`, `_3` or `_` is reported."""

from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread

FORMS = {
    "Out": "Out[1]",
    "last": "_",
    "last-but-one": "__",
    "number": "_1",
    "In": "In[1]",
    "input-number": "_i1",
    "last-input": "_i",
    "output-list": "_oh[1]",
}
CONTEXTS = {
    "assigned": "# %%\n[3, 1]\n# %%\nrows = VALUE",
    "argument": "# %%\n[3, 1]\n# %%\nprint('é', VALUE)",
    "called-function": "# %%\n[3, 1]\n# %%\ndef show():\n    return len(VALUE)\nshow()",
    "operand": "# %%\n%matplotlib inline\n!ls\n[3, 1] + VALUE",
    "loop": "# %%\n[3, 1]\n# %%\nfor row in VALUE:\n    print(row)",
    "f-string": "# %%\n[3, 1]\n# %% [markdown]\n# Die Größe\n# %%\nprint(f'{VALUE} rows')",
    "timed": "# %%\n[3, 1]\n# %%\n%%time\nrows = sorted(VALUE)",
    "condition": "# %%\n[3, 1]\n# %%\nif VALUE:\n    print('some')",
}
HITS = {
    "method": "# %%\nprint(_.upper())",
    "item-of-number": "# %%\nprint(_12['price'])",
    "last-but-two": "# %%\nprint(___)",
    "input-but-one": "# %%\nprint(_ii)",
    "negative-number": "# %%\nprint(Out[-1])",
    "computed-number": "# %%\nstep = 1\nprint(Out[step + 1])",
    "run-again": "# %%\nexec(In[2])",
    "argument-default": "# %%\ndef load(rows=_):\n    return rows",
    "comparison": "# %%\nassert _3 == 4",
    "line-magic": "# %%\n%time rows = sorted(_)",
    "bound-only-in-comprehension": "# %%\n[_ for _ in range(2)]\n# %%\nprint(_)",
    "bound-only-in-function": "# %%\ndef work():\n    _ = 1\n    return _\n# %%\nprint(_)",
    "bound-below": "# %%\nprint(_)\n# %%\n_ = 3",
}
# `_` that the notebook itself made.
BOUND = {
    "loop": "for _ in range(3):\n    pass",
    "unpacked": "name, _ = 'a', 1",
    "assigned": "_ = 3",
    "starred": "first, *_ = [1, 2, 3]",
    "walrus": "print((_ := 3))",
    "import": "import math as _",
    "gettext": "from gettext import gettext as _",
    "function": "def _(text):\n    return text",
    "with": "import io\nwith io.StringIO() as _:\n    pass",
}
READ = {
    "argument": "# %%\n<code>\nprint(_)",
    "other-cell": "# %%\n<code>\n# %%\nrows = _",
    "called-function": "# %%\n<code>\n# %%\ndef show():\n    return _\nshow()",
    "timed": "# %%\n<code>\n# %%\n%%time\nrows = [_]",
}
SAFE = {
    "shown": "# %%\n1 + 1\n# %%\n_",
    "shown-before": "# %%\n1 + 1\n# %%\n__",
    "call": "# %%\nprint(_('hello'))",
    "parameter": "# %%\ndef work(_):\n    return _\nwork(1)",
    "lambda": "# %%\nprint(list(map(lambda _: _ + 1, [1])))",
    "comprehension": "# %%\nprint([_ for _ in range(3)], {_: 1 for _ in range(3)})",
    "local": "# %%\ndef work():\n    _ = 3\n    return _\nwork()",
    "whole-history": "# %%\nprint(len(In), len(Out))",
    "history-looped": "# %%\nfor source in In:\n    print(source)",
    "history-membership": "# %%\nprint(3 in Out)",
    "history-keys": "# %%\nprint(Out.keys())",
    "history-cleared": "# %%\nOut.clear()",
    "own-Out": "# %%\nOut = [1, 2]\nprint(Out[1])",
    "own-In": "# %%\nclass In:\n    pass\nprint(In)",
    "own-number": "# %%\n_1 = 3\nprint(_1)",
    "unpacked-numbers": "# %%\n_1, _2 = 3, 4\nprint(_1 + _2)",
    "imported-Out": "# %%\nfrom layers import Out\nprint(Out[1])",
    "attribute": "# %%\nimport types\nbox = types.SimpleNamespace()\n"
    "print(box._1, box._, box.Out[1])",
    "keyword": "# %%\nprint(dict(_=1, _1=2))",
    "private": "# %%\n_rows = [1]\nprint(_rows)",
    "dunder": "# %%\nprint(__name__)",
    "match": "# %%\nmatch 3:\n    case _:\n        print('other')",
    "number-literal": "# %%\nprint(1_000)",
    "string": "# %%\nprint('Out[1]', '_1')",
    "comment": "# %%\nprint(1)  # see Out[1] and _",
    "markdown": "# %% [markdown]\n# `Out[1]` shows `_1`.",
    "folders": "# %%\nprint(_dh[0])",
    "other-language": "# %%\n%%bash\necho $_",
    "written-file": "# %%\n%%writefile a.py\nprint(_)",
    "translated": "# %%\ntitle = _('Title')",
    "type-alias": "# %%\ndef work(_: int) -> None:\n    print(_)\nwork(1)",
}
HISTORY = "# %%\n[3, 1]\n# %%\nprint('é')\nrows = "
CASES = [
    *(
        notebook(f"{form}-{context}", percent.replace("VALUE", text), 1)
        for form, text in FORMS.items()
        for context, percent in CONTEXTS.items()
    ),
    *each(HITS, 1),
    *rewritten("hit", HISTORY + "Out[1]", 1),
    *spread(BOUND, READ),
    *each(SAFE),
    *rewritten("miss", HISTORY + "len(Out)"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB220", case)) == case.hits
