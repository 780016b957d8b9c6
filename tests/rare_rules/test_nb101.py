"""NB101 run-order-conflict: whatever session saved the counts, a cell worked with another value."""

import json
import re

from nbcoach.documents import read
from nbcoach.notebook import Notebook
from nbcoach.subjects import Unreadable
from tests.rare_rules.harness import Case, every, findings, notebook, rewritten
from tests.rare_rules.sessions import possible, top_to_bottom


def percent(cells: str) -> str:
    """Cells that start with their count in brackets, as on the screen, in the percent format."""
    return re.sub(
        r"^\[(\d*)\]",
        lambda mark: f"# %% execution_count={mark[1]}" if mark[1] else "# %%",
        cells,
        flags=re.MULTILINE,
    )


def each(cells: dict[str, str], hits: int, *, breaks: bool = False) -> list[Case]:
    return [notebook(name, percent(text), hits, breaks=breaks) for name, text in cells.items()]


def spread(forms: dict[str, tuple[str, str, str]], shapes: dict[str, str], hits: int) -> list[Case]:
    """Every form in every shape: what makes a value, what makes another one, and what reads it."""
    cells = {}
    for form, parts in forms.items():
        for shape, text in shapes.items():
            for mark, part in zip(("made", "other", "read"), parts, strict=True):
                text = text.replace(f"<{mark}>", part)
            cells[f"{form}-{shape}"] = text
    return each(cells, hits)


# A name gets a value, gets another one, and is read.
REBOUND = {
    "number": ("rate = 0.2", "rate = 0.3", "100 * rate"),
    "unpacked": ("low, high = 1, 2", "low, high = 1, 4", "print(high - low)"),
    "starred": ("first, *rest = 1, 2", "first, *rest = 1, 2, 3", "print(rest)"),
    "annotated": ("size: int = 8", "size: int = 16", "print(f'{size} rows')"),
    "walrus": ("print(n := 3)", "print(n := 4)", "print([n for _ in 'ab'], n)"),
    "loop-name": (
        "for step in range(3):\n    pass",
        "for step in range(5):\n    pass",
        "print(step)",
    ),
    "function": (
        "def tax(price):\n    return price / 5",
        "def tax(price):\n    return price / 4",
        "print(tax(100))",
    ),
    "class": ("class Model:\n    size = 1", "class Model:\n    size = 2", "print(Model().size)"),
    "import": ("from math import sqrt", "from cmath import sqrt", "print(sqrt(4))"),
    "alias": ("import math as m", "import cmath as m", "print(m.exp(1))"),
    "import-hidden": ("from math import pi", "pi = 3", "print(2 * pi)"),
    "global-of-function": ("unit = 'm'", "unit = 'km'", "def show():\n    return unit\nshow()"),
    "default": ("k = 3", "k = 5", "def near(x, k=k):\n    return x + k\nprint(near(1))"),
    "lists": ("rows = [3, 1]", "rows = [row for row in range(4)]", "sorted(rows)"),
    "text": ("name = 'Ana'", "name = 'Ünal'", "print(f'Dear {name.upper()}')"),
    "condition": ("limit = 3", "limit = 30", "if limit > 10:\n    print('high')"),
    "class-body": ("size = 2", "size = 7", "class Box:\n    area = size ** 2\nprint(Box.area)"),
    "augmented-reader": ("total = 3", "total = 30", "total += 1\nprint(total)"),
}
ORDERS = {
    "below": "[1]\n<made>\n[3]\n<read>\n[2]\n<other>",
    "above": "[2]\n<made>\n[1]\n<other>\n[3]\n<read>",
    "far-below": "[1]\n<made>\n# %% [markdown]\n# Text\n[5]\n<read>\n# %% [raw]\nraw\n[2]\n"
    "words = 1\n[3]\n<other>\n[4]\nprint(words)",
    "lost-runs": "[2]\n<made>\n[6]\n<read>\n[5]\n<other>",
}
# An object is changed in place; only cells below the reader can have done it too early.
CHANGED = {
    "append": ("rows = [1]", "rows.append(2)", "len(rows)"),
    "extend": ("rows = [1]", "rows.extend([4, 5])", "print(sum(rows))"),
    "insert": ("rows = [1]", "rows.insert(0, 9)", "rows[0]"),
    "pop": ("rows = [1, 2]", "rows.pop()", "max(rows)"),
    "sort": ("rows = [3, 1]", "rows.sort()", "print(rows)"),
    "reverse": ("rows = [3, 1]", "rows.reverse()", "for row in rows:\n    print(row)"),
    "item": ("prices = {'tea': 2}", "prices['tea'] = 3", "prices['tea'] * 10"),
    "item-deleted": ("prices = {'tea': 2, 'rum': 9}", "del prices['rum']", "print(prices)"),
    "update": ("prices = {'tea': 2}", "prices.update({'tea': 3})", "prices['tea'] * 10"),
    "set": ("seen = {1}", "seen.add(2)", "print(sorted(seen))"),
    "column": ("table = dict(price=2)", "table['price'] = 9", "table['price'] + 1"),
    "whole-table": ("table = dict(price=2)", "table['price'] = 9", "print(table)"),
    "grown": ("rows = [1]", "rows += [2]", "len(rows)"),
    "counted": ("total = 1", "total += 1", "print(total)"),
    "attribute": (
        "from types import SimpleNamespace\nbox = SimpleNamespace(size=1)",
        "box.size = 2",
        "print(box.size)",
    ),
    "filled-in-a-loop": ("rows = []", "for row in 1, 2:\n    rows.append(row)", "print(rows)"),
    "self-made": ("rows = [3, 1]", "rows = rows[1:]", "print(rows)"),
}
CHANGES = {
    "below": ORDERS["below"],
    "far-below": ORDERS["far-below"],
    "timed": "[1]\n<made>\n[3]\n%%time\n<read>\n[2]\n%%time\n<other>",
}
HITS = {
    "reader-before-source": "[1]\nprice = 100\n[3]\nrate = 0.2\n[2]\nprint(price * rate)",
    "reader-before-function": "[2]\ndef tax(p):\n    return p / 5\n[1]\nprint(tax(100))",
    "reader-before-class": "[1]\nn = 1\n[3]\nclass Box:\n    size = 2\n[2]\nprint(Box.size + n)",
    "reader-before-new-value": "[1]\nx = 1\n[3]\nx = 2\n[2]\nprint(x)",
    "reader-before-increase": "[1]\nx = 1\n[3]\nx = x + 1\n[2]\nprint(x)",
    "function-needs-late-name": "[1]\ndef show():\n    return unit\n[3]\nunit = 'm'\n[2]\nshow()",
    "function-made-above": "[1]\nunit = 'm'\ndef show():\n    return unit\n[3]\nprint(show())\n"
    "[2]\nunit = 'km'",
    "function-sets-global": "[1]\ncount = 0\ndef bump():\n    global count\n    count += 1\n[3]\n"
    "print(count)\n[2]\nbump()",
    "function-of-function": "[1]\nbase = 1\ndef inner():\n    return base\ndef outer():\n"
    "    return inner() + 1\n[3]\nouter()\n[2]\nbase = 10",
    "chain-of-three": "[1]\na = 1\n[4]\nb = a * 2\nb\n[5]\nprint(b)\n[2]\na = 10\n[3]\nprint(a)",
    "chain-through-a-change": "[1]\nrows = [1]\n[3]\ntotal = sum(rows)\ntotal\n[4]\nprint(total)\n"
    "[2]\nrows.append(5)",
    "written-twice-above": "[1]\nx = 1\n[3]\nx = 2\n[2]\nx = 3\n[4]\nx",
    "longest-way": "[5]\nx = 1\n[4]\nx = 2\n[3]\ny = 1\n[2]\ny = 2\n[6]\nprint(x)",
    "read-by-a-later-cell-of-two": "[1]\nx = 1\n[2]\nprint(x)\n[4]\nprint(x)\n[3]\nx = 2",
    "condition-decides-value": "[1]\nflag = True\n[3]\nprint('on' if flag else 'off')\n"
    "[2]\nflag = False",
    "match": "[1]\nx = 1\n[3]\nmatch x:\n    case 1:\n        print('one')\n[2]\nx = 2",
    "loop-over-it": "[1]\nnames = ['a']\n[3]\nfor name in names:\n    print(name)\n[2]\n"
    "names = ['a', 'b']",
    "with": "[1]\nimport io\ntext = 'a'\n[3]\nwith io.StringIO(text) as file:\n"
    "    print(file.read())\n[2]\ntext = 'b'",
    "try": "[1]\ntext = '1'\n[3]\ntry:\n    print(int(text))\nexcept ValueError:\n"
    "    print('no number')\n[2]\ntext = 'one'",
    "assert": "[1]\nx = 1\n[3]\nassert x < 2\n[2]\nx = 2",
    "decorator": "[1]\ndef mark(f):\n    return 1\n[3]\n@mark\ndef f(): pass\nprint(f)\n[2]\n"
    "def mark(f):\n    return 2",
    "base-class": "[1]\nclass Base:\n    size = 1\n[3]\nclass Box(Base): pass\nprint(Box.size)\n"
    "[2]\nclass Base:\n    size = 2",
    "first-iterable": "[1]\nn = 2\n[3]\nprint([i for i in range(n)])\n[2]\nn = 3",
    "instance": "[1]\nclass Box:\n    def __init__(self, size):\n        self.size = size\n"
    "box = Box(1)\n[3]\nprint(box.size)\n[2]\nbox = Box(2)",
    "line-magic": "[1]\nx = 1\n[3]\n%time print(x)\n[2]\nx = 2",
    "beside-magics": "[1]\n%matplotlib inline\nx = 1\n[3]\n!ls\nprint(x)\n[2]\nx = 2",
    "shell-cell-between": "[1]\nx = 1\n[2]\n%%bash\nls\n[4]\nprint(x)\n[3]\nx = 2",
    "empty-cells-between": "[1]\nx = 1\n[ ]\n\n[3]\nprint(x)\n[ ]\n# nothing\n[2]\nx = 2",
    "unexecuted-tail": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nx = 2\n[]\nprint('never run')",
    "skipped-by-others": '[1]\nx = 1\n[3]\nprint(x)\n[2] tags=["remove-cell"]\nx = 2',
    "parameters": '[1] tags=["parameters"]\nx = 1\n[3]\nprint(x)\n[2] tags=["injected"]\nx = 2',
    "failed-elsewhere": "[1]\nx = 1\n[4]\nprint(x)\n[3]\nx = 2\n"
    '[2] error="ValueError: no"\nraise ValueError("no")',
    "unknown-after-it-all": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nx = 2\n[4]\n%run other.py",
    "first-run-lost": "[3]\nx = 1\n[5]\nprint(x)\n[4]\nx = 2",
    "lost-run-could-be-any-other": "[1]\nx = 1\n[2]\ny = 1\n[6]\nprint(x)\n[4]\nx = 2\n[5]\ny",
    "table-filtered": "[1]\nrows = [1, 900]\n[3]\nprint(sum(rows))\n[2]\n"
    "rows = [row for row in rows if row < 100]",
    "split-again": "[1]\nrows = [1, 2, 3, 4]\n[2]\ntrain, test = rows[:2], rows[2:]\n[4]\n"
    "print(train, test[0])\n[3]\ntrain, test = rows[:3], rows[3:]",
    "part-of-a-tuple": "[1]\na, b = 1, 2\n[3]\nprint(a, b)\n[2]\na, b = 1, 3",
    "swapped": "[1]\na, b = 1, 2\n[3]\nprint(a)\n[2]\na, b = b, a",
    "appended-twice": "[1]\nrows = []\n[2]\nrows.append(1)\n[4]\nlen(rows)\n[3]\nrows.append(1)",
    "star-arguments": "[1]\nparts = (1, 2)\n[3]\nprint(*parts)\n[2]\nparts = (3, 4)",
    "lambda-made-anew": "[1]\nscale = lambda x: x\n[3]\nscale(3)\n[2]\nscale = lambda x: 2 * x",
}
TWO = {
    "two-causes": "[1]\na = 1\nb = 1\n[4]\nprint(a)\n[5]\nprint(b)\n[2]\na = 2\n[3]\nb = 2",
    "above-and-below": "[2]\nx = 1\n[1]\nx = 2\ny = 1\n[5]\nprint(x)\n[4]\nprint(y)\n[3]\ny = 3",
}
# The other cell gives the same value.
SAME = {
    "number": ("rate = 0.2", "rate = 0.2", "print(rate)"),
    "comment": ("rate = 0.2", "rate = 0.20  # of 2024", "print(rate)"),
    "quotes": ("name = 'a'", 'name = "a"', "print(name)"),
    "annotated": ("rate = 0.2", "rate: float = 0.2", "print(rate)"),
    "in-parentheses": ("rows = [1, 2]", "rows = (\n    [1,\n     2]\n)", "print(rows)"),
    "one-of-two": ("low, high = 1, 2", "low, high = 1, 3", "print(low)"),
    "two-names": ("rate = 0.2", "rate = tax = 0.2", "print(rate)"),
    "walrus": ("rate = 0.2", "print(rate := 0.2)", "print(rate)"),
    "function": ("def f():\n    return 1", "def f():  # again\n\n    return 1", "print(f())"),
    "class": ("class Box:\n    size = 1", "class Box:\n    size = 1", "print(Box.size)"),
    "import": ("import math", "import math", "print(math.pi)"),
    "import-beside-others": ("import math", "import sys, math", "print(math.pi)"),
    "import-another-way": ("import os.path as p", "from os import path as p", "print(p.sep)"),
    "submodule": ("import os", "import os.path", "print(os.sep)"),
    "lambda": ("f = lambda x: x + 1", "f = lambda x: (x + 1)", "print(f(1))"),
    "loop-name": (
        "for i in range(3):\n    pass",
        "for i in range(3):\n    print(i)",
        "print(i)",
    ),
    "call": ("n = len('abc')", "n = len( 'abc' )", "print(n)"),
}
MISSES = {
    "in-order": "[1]\nx = 1\n[2]\nprint(x)\n[3]\nx = 2",
    "in-order-with-gaps": "[3]\nx = 1\n[7]\nprint(x)\n[20]\nx = 2",
    "late-import": "[2]\nimport os\n[1]\nprint('no module')",
    "independent-cells": "[3]\nx = 1\n[2]\ny = 2\n[1]\nprint('z')",
    "backwards-but-pure": "[5]\nprint(1)\n[4]\nprint(2)\n[3]\n'x'\n[2]\nimport os\n[1]\n# nothing",
    "other-name": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nxs = 2",
    "local-name": "[1]\nx = 1\n[3]\nprint(x)\n[2]\ndef f():\n    x = 2\n    return x\nf()",
    "parameter": "[1]\nx = 1\n[3]\nprint(x)\n[2]\ndef f(x):\n    return x\nf(2)",
    "comprehension": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nprint([x for x in range(3)])",
    "attribute-of-another": "[1]\nfrom types import SimpleNamespace\nx = 1\n"
    "box = SimpleNamespace()\n[3]\nprint(x)\n[2]\nbox.x = 2",
    "keyword": "[1]\nx = 1\n[3]\nprint(x)\n[2]\ndict(x=2)",
    "annotation-alone": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nx: int",
    "own-value": "[1]\nx = 1\n[3]\nx = 5\nprint(x)\n[2]\nx = 2",
    "own-import": "[1]\nimport math as m\n[3]\nimport math as m\nprint(m.pi)\n[2]\nm = 3",
    "set-back": "[1]\nx = 1\n[4]\nprint(x)\n[2]\nx = 2\n[3]\nx = 1",
    "source-again": "[3]\nx = 1\n[4]\nprint(x)\n[2]\nx = 2",
    "prefix-again": "[4]\nx = 1\n[5]\ny = x + 1\n[6]\nprint(y)\n[2]\nx = 10\n[3]\ny = 20",
    "read-again": "[1]\nx = 1\n[5]\nprint(x)\n[3]\ny = x\n[4]\nprint(y)",
    "printed-and-plotted": "[1]\nrows = [1]\n[4]\nprint(rows)\n[2]\nprint(len(rows))\n"
    "[3]\nmax(rows)",
    "other-column": "[1]\nt = dict(a=1)\n[3]\nprint(t['a'])\n[2]\nt['b'] = 2",
    "other-attribute": "[1]\nfrom types import SimpleNamespace\nbox = SimpleNamespace(a=1)\n[3]\n"
    "print(box.a)\n[2]\nbox.b = 2",
    "column-set-again": "[1]\nt = dict(a=1)\n[4]\nt['a'] = 1\n[5]\nprint(t['a'])\n[3]\nt['a'] = 2",
    "column-set-alike": "[1]\nt = dict(a=1)\n[2]\nt['a'] = 2\n[4]\nprint(t['a'])\n[3]\nt['a'] = 2",
    "column-made-here": "[1]\nt = dict(a=1)\n[3]\nt['b'] = 5\nprint(t['b'])\n[2]\nt['b'] = 2",
    "list-only-filled": "[1]\nrows = [1]\n[3]\nrows.append(2)\n[2]\nrows.append(3)",
    "copy-changed": "[1]\nrows = [1]\n[3]\nprint(rows)\n[2]\ncopy = list(rows)\ncopy.append(2)",
    "sorted-copy": "[1]\nrows = [3, 1]\n[3]\nprint(rows)\n[2]\nsorted(rows)",
    "change-not-made": "[1]\nt = dict(a=1)\nx = 0\n[3]\nprint(t['a'])\n[2]\nif x:\n    t['a'] = 2",
    "read-not-reached": "[1]\nx = 1\nn = 0\n[3]\nif n:\n    print(x)\n[2]\nx = 2",
    "loop-not-entered": "[1]\nx = 1\nrows = []\n[3]\nfor row in rows:\n    print(x)\n[2]\nx = 2",
    "short-circuit": "[1]\nx = 1\nn = 0\n[3]\nprint(n and x)\n[2]\nx = 2",
    "returned-before": "[1]\nx = 1\nn = 0\ndef f():\n    if not n:\n        return 0\n"
    "    return x\n[3]\nf()\n[2]\nx = 2",
    "only-deleted": "[1]\nx = 1\n[3]\ndel x\n[2]\nx = 2",
    "only-overwritten": "[1]\nx = 1\n[3]\nx = 3\n[2]\nx = 2",
    "uncalled-function": "[1]\nx = 1\n[3]\ndef f():\n    return x\n[2]\nx = 2",
    "type-hint": "[1]\nclass Box: pass\n[3]\ndef f(box: Box):\n    return 1\nf(2)\n[2]\n"
    "class Box:\n    size = 1",
    "condition-may-not-bind": "[1]\nx = 1\nn = 0\n[3]\nprint(x)\n[2]\nif n:\n    x = 2",
    "caught": "[1]\nx = 1\n[3]\nprint(x)\n[2]\ntry:\n    x = int('x')\nexcept ValueError:\n"
    "    pass",
    "timeit": "[1]\nx = 1\n[3]\nprint(x)\n[2]\n%%timeit\nx = 2",
    "bash": "[1]\nx = 1\n[3]\nprint(x)\n[2]\n%%bash\nx=2",
    "written-file": "[1]\nx = 1\n[3]\nprint(x)\n[2]\n%%writefile other.py\nx = 2",
    "markdown": "[1]\nx = 1\n[2]\nprint(x)\n# %% [markdown]\n# x = 2",
    "raw": "[1]\nx = 1\n[2]\nprint(x)\n# %% [raw]\nx = 2",
    "commented-out": "[1]\nx = 1\n[3]\nprint(x)\n[2]\n# x = 2",
    "unexecuted-overwriter": "[1]\nx = 1\n[2]\nprint(x)\n[]\nx = 2",
    "stripped": "[]\nx = 1\n[]\nprint(x)\n[]\nx = 2",
    "source-may-have-run": "[3]\nx = 1\n[2]\nprint(x)",
    "source-may-have-run-twice": "[1]\ny = 1\n[9]\nx = 1\n[4]\nprint(x)",
    "other-made-before-lost-source": "[4]\nx = 1\n[5]\ny = 2\n[3]\nprint(x)\n[1]\nx = 2",
    "cell-ran-before-it-failed": '[1]\nx = 1\n[3]\nprint(x)\n[2] error="ValueError: no"\n'
    "raise ValueError('no')\nx = 2",
    "change-undone-by-lost-run": "[1]\nt = dict(a=1)\n[6]\nt['a'] = 1\n[5]\nprint(t['a'])\n[3]\n"
    "t['a'] = 2",
    "reloaded": "[1]\nimport json\n[3]\nprint(json.dumps(1))\n[2]\nfrom importlib import reload\n"
    "json = reload(json)",
    "loaded-from-file": "[1]\nimport json\nx = [1]\n[2]\ntext = json.dumps(x)\n[4]\nprint(x)\n[3]\n"
    "x = json.loads(text)",
    "unpickled": "[1]\nimport pickle\nx = [1]\n[2]\ndata = pickle.dumps(x)\n[4]\nprint(x)\n[3]\n"
    "x = pickle.loads(data)",
    "exec": "[1]\nx = 1\n[3]\nexec('x = 1')\n[4]\nprint(x)\n[2]\nx = 2",
    "globals": "[1]\nx = 1\n[3]\nglobals()['x'] = 1\n[4]\nprint(x)\n[2]\nx = 2",
    "asked-first": "[1]\nx = 1\n[3]\nif 'x' not in globals():\n    x = 3\n[2]\ny = 2",
    "lost-run-may-have-set-it-back": "[1]\nx = 1\n[6]\nprint(x)\n[3]\nx = 2\n[7]\nx = 1",
}
# Here a cell may well have worked with another value; but it is not certain, or not asked for.
UNKNOWN = {
    "script-between": "[1]\nx = 1\n[3]\n%run settings.py\n[4]\nprint(x)\n[2]\nx = 2",
    "unreadable-cell": "[1]\nx = 1\n[3]\nthis is no Python\n[4]\nprint(x)\n[2]\nx = 2",
    "star-import": "[1]\nx = 1\n[3]\nfrom settings import *\n[4]\nprint(x)\n[2]\nx = 2",
    "unknown-magic": "[1]\nx = 1\n[3]\n%%settings\nx\n[4]\nprint(x)\n[2]\nx = 2",
    "stored": "[1]\nx = 1\n[3]\n%store -r x\n[4]\nprint(x)\n[2]\nx = 2",
    "equal-counts": "[1]\nx = 1\n[3]\nprint(x)\n[2]\nx = 2\n[3]\ny = 1",
    "zero-count": "[0]\nx = 1\n[2]\nprint(x)\n[1]\nx = 2",
    "source-without-count": "[]\nx = 1\n[2]\nprint(x)\n[1]\nx = 2",
    "unexecuted-source": "[1]\nx = 1\n[]\nx = 5\n[3]\nprint(x)\n[2]\nx = 2",
    "meant-to-fail": '[1]\nx = 1\n[3] tags=["raises-exception"]\nprint(x)\n[2]\nx = 2',
    "changed-by-failing-cell": '[1]\nx = 1\n[3]\nprint(x)\n[2] tags=["raises-exception"]\nx = 2',
    "reader-failed": '[1]\nx = 1\n[3] error="ValueError: no"\nprint(x)\nraise ValueError("no")\n'
    "[2]\nx = 2",
    "overwriter-failed": '[1]\nx = 1\n[3]\nprint(x)\n[2] error="ValueError: no"\nx = 2\n'
    'raise ValueError("no")',
    "much-is-lost": "[1]\nx = 1\n[40]\nprint(x)\n[2]\nx = 2",
    "method": "[1]\nx = 1\n[3]\nclass A:\n    def f(self):\n        return x\nA().f()\n[2]\nx = 2",
    "nested-function-read": "[1]\nk = 1\ndef outer():\n    def inner():\n        return k\n"
    "    return inner()\n[3]\nouter()\n[2]\nk = 2",
    "passed-on": "[1]\nx = 1\n[3]\nlist(map(lambda y: x, [1]))\n[2]\nx = 2",
    "loop-with-unknown-turns": "[1]\nx, n = 1, 3\n[3]\nfor i in range(n):\n    print(x)\n"
    "[2]\nx = 2",
    "name-error-caught": "[2]\nx = 1\n[1]\ntry:\n    print(x)\nexcept NameError:\n    print(0)",
    "output-only": "[1]\n%%capture out\nprint(1)\n[3]\nprint(out)\n[2]\n%%capture out\nprint(2)",
    "history": "[1]\n1 + 1\n[3]\nprint(_)\n[2]\n2 + 2",
}
TEXT = "[1]\nname = 'Ünal'\n[3]\nprint(name)\n[2]\n"
CASES = [
    *spread(REBOUND, ORDERS, 1),
    *spread(CHANGED, CHANGES, 1),
    *each(HITS, 1),
    *each(TWO, 2),
    *rewritten("saved", percent(TEXT + "name = 'Ana'"), 1),
    *spread(SAME, {name: ORDERS[name] for name in ("below", "above", "lost-runs")}, 0),
    *each(MISSES, 0),
    *each(UNKNOWN, 0, breaks=True),
    *rewritten("saved-alike", percent(TEXT + "name = 'Ünal'")),
]


def document(case: Case) -> Notebook:
    found = read(case.path, case.data)
    assert not isinstance(found, Unreadable)
    return found.notebook


@every(CASES)
def test_reports(case: Case) -> None:
    assert len(findings("NB101", case)) == case.hits


def _counts(case: Case) -> dict[int, int]:
    cells = json.loads(case.data.decode("utf-8-sig"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return {i: c["execution_count"] for i, c in enumerate(code) if c["execution_count"]}


@every([case for case in CASES if case.hits])
def test_no_session_gave_the_reader_what_it_has_from_top_to_bottom(case: Case) -> None:
    found = document(case)
    position = {cell.index: number for number, cell in enumerate(found.code_cells)}
    readers = {position[conflict.reader] for conflict in found.conflicts if conflict.proved}
    expected = top_to_bottom(case.sources)
    for shown in possible(case.sources, _counts(case)):
        assert all(shown[reader] != expected[reader] for reader in readers)


@every([case for case in CASES if not case.hits and not case.breaks])
def test_some_session_showed_what_the_notebook_shows_from_top_to_bottom(case: Case) -> None:
    expected = top_to_bottom(case.sources)
    assert any(
        all(expected[cell] == text for cell, text in shown.items())
        for shown in possible(case.sources, _counts(case))
    )
