"""NB831 chained-assignment: parts of frames that are assigned to, and other things."""

import ast
import json

from tests.rare_rules.harness import Case, each, every, findings, repaired, rewritten, spread

FRAME = 'frame = pd.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6], "größe": [7, 8, 9]})'
MASK = 'rows = frame["a"] > 1'
# What is assigned to, and what it becomes; empty where that is left to the author.
CHAINS = {
    'frame["a"][0] = 9': 'frame.loc[0, "a"] = 9',
    'frame["a"][frame["a"] > 1] = 9': 'frame.loc[frame["a"] > 1, "a"] = 9',
    'frame["größe"][rows] = 9': 'frame.loc[rows, "größe"] = 9',
    'frame["a"][rows] += 9': 'frame.loc[rows, "a"] += 9',
    'frame["a"][~rows] = 9': 'frame.loc[~rows, "a"] = 9',
    'frame["a"].loc[rows] = 9': 'frame.loc[rows, "a"] = 9',
    'frame["a"].loc[0:1] = 9': 'frame.loc[0:1, "a"] = 9',
    'frame["a"].at[0] = 9': 'frame.at[0, "a"] = 9',
    'frame["a"].iloc[0] = 9': "",
    'frame["a"].iat[0] = 9': "",
    'frame["a"][:2] = 9': "",
    'frame[rows]["a"] = 9': 'frame.loc[rows, "a"] = 9',
    'frame[frame["a"] > 1]["größe"] = 9': 'frame.loc[frame["a"] > 1, "größe"] = 9',
    'frame[(frame["a"] > 1) & rows]["a"] = 9': 'frame.loc[(frame["a"] > 1) & rows, "a"] = 9',
    'frame[rows]["c"] = 9': 'frame.loc[rows, "c"] = 9',
    "frame[rows].a = 9": 'frame.loc[rows, "a"] = 9',
    "frame.loc[rows].a = 9": 'frame.loc[rows, "a"] = 9',
    'frame.loc[0]["a"] = 9': 'frame.loc[0, "a"] = 9',
    'frame.loc[rows]["a"] = 9': 'frame.loc[rows, "a"] = 9',
    'frame.loc[0:1]["a"] -= 9': 'frame.loc[0:1, "a"] -= 9',
    'frame.iloc[0]["a"] = 9': "",
    'frame[["a", "b"]]["a"] = 9': "",
    'frame[0:2]["a"] = 9': "",
    'frame["a"]["b"] = 9': "",
    'x = frame["a"][0] = 9': 'x = frame.loc[0, "a"] = 9',
}
CONTEXTS = {
    "alone": f"# %%\nimport pandas as pd\n{FRAME}\n{MASK}\n<code>",
    "next-cell": f"# %%\nimport pandas as pd\n{FRAME}\n# %%\n{MASK}\n# %%\n<code>",
    "loop": f"# %%\nfrom pandas import DataFrame\nimport pandas as pd\n{FRAME}\n{MASK}\n"
    "# %%\nfor i in range(3):\n    <code>",
    "function": "# %%\nimport pandas as pd\n\n\ndef change():\n"
    f"    {FRAME}\n    {MASK}\n    <code>\n    return frame",
}
STEADY = {
    "one-step": 'frame.loc[rows, "a"] = 9',
    "column": 'frame["a"] = 9',
    "mask": "frame[rows] = 9",
    "attribute": "frame.a = 9",
    "own-name": 'frame["a"].name = "c"',
    "own-index": "frame[rows].index = [1, 2]",
    "whole-row": "frame.loc[0] = 9",
    "cell-object": 'frame.loc[0, "a"]["key"] = 9',
    "object-in-column": 'frame["a"][0]["key"] = 9',
    "copy": 'part = frame[rows].copy()\npart["a"] = 9',
    "values": "frame.values[0] = 9",
    "attrs": 'frame.attrs["source"] = "x"',
    "unpacked": 'frame["a"], other = 9, 9',
    "read": 'x = frame["a"][0]',
    "compared": 'frame["a"][0] == 9',
}
OTHERS = {
    "dict": "frame = {'a': {}}",
    "dict-of-lists": "frame = {'a': [1, 2]}",
    "list": "frame = [[1, 2], [3, 4]]",
    "array": "import numpy as np\nframe = np.zeros((2, 2))",
    "either": "frame = pd.DataFrame() if big else {}",
    "rebound": "frame = pd.DataFrame()\nframe = frame.to_dict()",
    "sheets": "frame = pd.read_excel('a.xlsx', sheet_name=None)",
    "groups": "frame = dict(list(pd.DataFrame({'a': [1]}).groupby('a')))",
    "own-class": "class Frame(dict):\n    pass\n\n\nframe = Frame()",
    "unknown-call": "frame = load()",
    "argument": "frame = make(pd.DataFrame())",
    "import": "from tables import frame",
    "star": "frame = pd.DataFrame()\nfrom tables import *",
}
STORES = ('frame["a"][0] = 9', 'frame["a"]["b"] += 1', 'frame["a"].loc[0] = 9')
CASES: list[Case] = [
    *spread({name: name for name in CHAINS}, CONTEXTS, 1),
    *spread(STEADY, CONTEXTS),
    *each(
        {
            f"{name}-{number}": f"# %%\nimport pandas as pd\n{made}\n# %%\n{store}"
            for name, made in OTHERS.items()
            for number, store in enumerate(STORES)
        }
    ),
    *rewritten("column", CONTEXTS["alone"].replace("<code>", 'frame["größe"][0] = 9'), 1),
    *rewritten("one-step", CONTEXTS["alone"].replace("<code>", 'frame.loc[0, "größe"] = 9')),
]


@every(CASES)
def test_case(case: Case) -> None:
    assert len(findings("NB831", case)) == case.hits


def sources(data: bytes) -> str:
    return "\n".join("".join(cell["source"]) for cell in json.loads(data)["cells"])


@every([case for case in CASES if case.hits and not case.name.startswith("column-")])
def test_fix(case: Case) -> None:
    after = repaired("NB831", case)
    chain = next(chain for chain in CHAINS if case.name.startswith(f"{chain}-"))
    assert (after != case.data) == bool(CHAINS[chain])
    if CHAINS[chain]:
        meant = sources(case.data).replace(chain, CHAINS[chain])
        assert ast.dump(ast.parse(sources(after))) == ast.dump(ast.parse(meant))
