"""NB835 inplace-result-assigned: what is assigned is None, and so the name is lost."""

from tests.rare_rules.harness import Case, each, every, findings, notebook, rewritten, spread
from tests.rare_rules.kernel import outcome

LISTS = {
    "literal": "rows = [3, 1]",
    "list": "rows = list('ba')",
    "sorted": "rows = sorted([3, 1])",
    "comprehension": "rows = [n for n in (3, 1)]",
}
METHODS = {
    "sort": "lost = rows.sort()",
    "sort-key": "lost = rows.sort(key=str, reverse=True)",
    "append": "lost = rows.append(rows[0])",
    "extend": "lost = rows.extend(rows)",
    "reverse": "print('é'); lost = rows.reverse()",
}
# These are looked for only beside the methods above, of which notebooks hold far more.
WITH_ANOTHER = "rows.append(rows[0])\n"
RARER = {
    "insert": WITH_ANOTHER + "lost = rows.insert(0, 1)",
    "remove": WITH_ANOTHER + "lost = rows.remove(rows[0])",
    "clear": WITH_ANOTHER + "lost = rows.clear()",
}
PLACES = {
    "next-cell": "# %%\n<setup>\n# %% [markdown]\n# Größe\n# %%\n<code>",
    "timed-after-magic": "# %%\n%matplotlib inline\n<setup>\n# %%\n%%time\n<code>",
}
SHUFFLED = {
    "module": ("import random", "lost = random.shuffle([1, 2])"),
    "alias": ("import random as rnd", "lost = rnd.shuffle([1, 2])"),
    "from-import": ("from random import shuffle", "lost = shuffle([1, 2])"),
    "renamed": ("from random import shuffle as mix\nprint('random.shuffle(')",
                "lost = mix([1, 2])"),
}  # fmt: skip
INPLACE = {
    "drop": "frame = frame.drop('id', axis=1, inplace=True)",
    "dropna": "frame = frame.dropna(inplace=True)",
    "rename": "frame = frame.rename(columns={'a': 'b'}, inplace=True)",
    "reset_index": "frame = frame.reset_index(drop=True, inplace=True)",
    "set_index": "other = frame.set_index('id', inplace=True)",
    "sort_values": "frame = frame.sort_values(by='é', inplace=True, ascending=False)",
    "sort_index": "frame = frame.sort_index(inplace=True)",
    "drop_duplicates": "frame['a'] = frame['a'].drop_duplicates(inplace=True)",
    "query": "small = frame.query('a < 3', inplace=True)",
    "eval": "frame = frame.eval('b = a + 1', inplace=True)",
    "attribute": "self.frame = self.frame.dropna(inplace=True)",
    "chained": "frame = frame.copy().drop(columns=['a'], inplace=True)",
}
INPLACE_PLACES = {
    "alone": "# %%\n<code>",
    "indented": "# %%\n    import pandas as pd\n    <code>",
    "function": "# %%\ndef clean(frame, self):\n    <code>\n    return frame",
    "loop": "# %%\nfor frame in frames:\n    <code>",
}
# What gives a value although its name looks like the others.
VALUES = {
    "pop": "kept = rows.pop()",
    "copy": "kept = rows.copy()",
    "index": "kept = rows.index(rows[0])",
    "count": "kept = rows.count(3)",
    "sorted": "rows.sort()\nkept = sorted(rows)",
    "reversed": "rows.reverse()\nkept = reversed(rows)",
    "statement": "kept = 1\nrows.append(rows[0])",
    "length": "rows.append(rows[0])\nkept = len(rows)",
    "bound-method": "kept = rows.append\nkept(rows[0])",
    "made-again": "rows.append(rows[0])\nkept = rows = [1]",
}
SAFE = {
    "own-class": "# %%\nclass Query:\n    def sort(self):\n        return self\nquery = Query()\n"
    "kept = query.sort()",
    "own-append": "# %%\nclass Builder(list):\n    def append(self, x):\n        return self\n"
    "rows = Builder()\nkept = rows.append(1)",
    "own-shuffle": "# %%\ndef shuffle(rows):\n    return rows\nkept = shuffle([1])",
    "own-sorted": "# %%\nclass Query:\n    def sort(self):\n        return self\n"
    "def sorted(rows):\n    return Query()\nrows = sorted([1])\nkept = rows.sort()",
    "own-list": "# %%\nclass list:\n    def append(self, x):\n        return self\nrows = list()\n"
    "kept = rows.append(1)",
    "own-random": "# %%\nclass random:\n    @staticmethod\n    def shuffle(rows):\n"
    "        return rows\nkept = random.shuffle([1])",
    "sample": "# %%\nimport random\nkept = random.sample([1, 2], 2)  # not shuffle()",
    "thrown-away-sort": "# %%\nrows = [3, 1]\n_ = rows.sort()\nkept = rows",
    "thrown-away-shuffle": "# %%\nimport random\nrows = [3, 1]\n_ = random.shuffle(rows)\n"
    "kept = rows",
    "markdown": "# %% [markdown]\n# `rows = rows.sort()`\n# %%\nkept = 1",
    "string": "# %%\nkept = 'rows = rows.sort()'",
    "comment": "# %%\nkept = 1  # rows = rows.sort()",
}
PANDAS = {
    "returned": "frame = frame.drop('id', axis=1)",
    "statement": "frame.drop('id', axis=1, inplace=True)",
    "false": "frame = frame.drop('id', axis=1, inplace=False)",
    "variable": "frame = frame.drop('id', axis=1, inplace=again)",
    "fillna": "frame = frame.fillna(0, inplace=True)",
    "replace": "frame = frame.replace(1, 2, inplace=True)",
    "interpolate": "frame = frame.interpolate(inplace=True)",
    "clip": "frame = frame.clip(0, 1, inplace=True)",
    "thrown-away": "_ = frame.dropna(inplace=True)",
    "relu": "layer = nn.ReLU(inplace=True)",
    "dropout": "x = F.dropout(x, 0.5, inplace=True)",
    "unknown-method": "frame = frame.tidy(inplace=True)",
    "other-keyword": "frame = frame.drop('id', inplaced=True)",
    "dictionary": "settings = {'inplace': True}\nframe = frame.drop(**settings)",
}
PANDAS_PLACES = {"alone": "# %%\n<code>", "function": "# %%\ndef clean(frame):\n    <code>"}
UNKNOWN = {
    "parameter": "# %%\ndef order(rows):\n    lost = rows.sort()\norder([1])",
    "two-origins": "# %%\nimport time\nrows = [1]\nif time.time():\n    rows = load()\n"
    "lost = rows.sort()",
    "frame-append": "# %%\nimport pandas as pd\nframe = pd.DataFrame()\nframe = frame.append({})",
    "figure": "# %%\nfrom project import plot\nlost = plot().append(1)",
    "literal": "# %%\nlost = [3, 1].sort()",
    "annotated": "# %%\nrows = [1]\nlost: list = rows.sort()",
    "returned": "# %%\nrows = [1]\ndef order():\n    return rows.sort()",
}
PLAIN = "# %%\nrows = [3, 1]\n# %%\nprint('é')\n"
CASES = [
    *(
        case
        for name, made in LISTS.items()
        for case in spread(
            {f"{name}-{method}": (made, text) for method, text in (METHODS | RARER).items()},
            PLACES,
            1,
        )
    ),
    *spread({f"shuffle-{name}": form for name, form in SHUFFLED.items()}, PLACES, 1),
    *spread(INPLACE, INPLACE_PLACES, 1),
    notebook("lost-in-loop", "# %%\nrows = []\nfor n in [1]:\n    rows = lost = rows.append(n)", 1),
    *rewritten("hit", PLAIN + "lost = rows.sort()", 1),
    *(
        case
        for name, made in LISTS.items()
        for case in spread(
            {f"{name}-{method}": (made, text) for method, text in VALUES.items()},
            {"next-cell": PLACES["next-cell"]},
        )
    ),
    *each(SAFE),
    *spread({f"pandas-{name}": form for name, form in PANDAS.items()}, PANDAS_PLACES, breaks=True),
    *each({f"unknown-{name}": text for name, text in UNKNOWN.items()}, breaks=True),
    *rewritten("miss", PLAIN + "rows.sort()\nkept = rows"),
]


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB835", case)) == case.hits


@every([c for c in CASES if not c.breaks and ("lost = " in c.sources[-1] or not c.hits)])
def test_python_agrees(case: Case) -> None:
    error, names = outcome(case.sources)
    assert not error
    assert (names.get("lost" if case.hits else "kept") is None) == bool(case.hits)
