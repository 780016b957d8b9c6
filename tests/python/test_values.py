"""What names and expressions may hold."""

import ast

import pytest

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.python.values import UNKNOWN
from tests.fakes import document_of


def notebook_of(text: str) -> Notebook:
    return document_of(*(cell.strip("\n") for cell in text.split("# %%"))).notebook


def asked(notebook: Notebook) -> ast.expr:
    """The argument of the call of `ask`, wherever it stands."""
    for cell in notebook.code_cells:
        assert isinstance(cell, CodeCell)
        assert cell.code is not None
        for call in cell.code.nodes(ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id == "ask":
                return call.args[0]
    raise AssertionError("nothing is asked")


TYPES = {
    "1": "int",
    "'a' + str(2)": "str",
    "f'{x}'": "str",
    "{1, 2} | set([3])": "set",
    "2 / 3": "float",
    "2 ** n": None,
    "not x": "bool",
    "len(x) + 0.5": "float",
    "torch.randn(3)": "torch.Tensor",
    "2 * torch.randn(3) + 1": "torch.Tensor",
    "torch.randn(3) * anything": None,
    "torch.randn(3).numpy()": "numpy.ndarray",
    "torch.randn(3).sum().item()": None,
    "torch.randn(3)[0]": "torch.Tensor",
    "torch.randn(3).device": "torch.device",
    "torch.randn(3).device.type": "str",
    "nn.Linear(1, 2).to(d)": "torch.nn.Module",
    "nn.Linear(1, 2)(x)": "torch.Tensor",
    "torch.optim.Adam(p)": "torch.optim.Optimizer",
    "torch.device('cuda') if c else torch.device('cpu')": "torch.device",
    "torch.device('cuda') if c else 'cpu'": None,
    "pd.read_csv('a.csv')": "pandas.DataFrame",
    "pd.read_csv('a.csv', chunksize=9)": None,
    "pd.read_csv('a.csv', **words)": None,
    "pd.read_excel('a.xlsx', 'b')": "pandas.DataFrame",
    "pd.read_excel('a.xlsx', sheet_name=0)": "pandas.DataFrame",
    "pd.read_excel('a.xlsx', sheet_name=None)": None,
    "pd.read_excel('a.xlsx', ['b', 'c'])": None,
    "pd.read_csv('a.csv')['a']": "pandas.Series",
    "pd.read_csv('a.csv')[['a', 'b']]": "pandas.DataFrame",
    "pd.read_csv('a.csv')[pd.Series([1]) > 0]": "pandas.DataFrame",
    "pd.read_csv('a.csv')[key]": None,
    "pd.read_csv('a.csv').loc[pd.Series([1]) > 0, 'a']": "pandas.Series",
    "pd.read_csv('a.csv').loc['a']": None,
    "pd.read_csv('a.csv').dropna(inplace=True)": "NoneType",
    "np.zeros(3)[1:]": "numpy.ndarray",
    "np.zeros(3)[0]": None,
    "np.zeros(3) == thing": None,
    "unknown()": None,
    "lambda: 1": None,
}


@pytest.mark.parametrize(("expression", "kind"), TYPES.items())
def test_types_of_expressions(expression: str, kind: str | None) -> None:
    imports = "import torch, numpy as np, pandas as pd\nfrom torch import nn\n"
    notebook = notebook_of(f"{imports}# %%\nask({expression})")
    assert notebook.values.type_of(asked(notebook)) == kind


NAMES = {
    "one cell above": ("x = 1\n# %%\nask(x)", "int"),
    "two ways that agree": ("if c:\n    x = 1\nelse:\n    x = 2\nask(x)", "int"),
    "two ways that differ": ("if c:\n    x = 1\nelse:\n    x = 'a'\nask(x)", None),
    "the later binding": ("x = 1\nx = 'a'\nask(x)", "str"),
    "a tuple": ("x, y = 1, 'a'\nask(y)", "str"),
    "a chain": ("x = y = 1\nz = x\nask(z)", "int"),
    "itself": ("x = 1\nx = x + 1\nask(x)", "int"),
    "a loop's earlier turn": ("x = 1\nfor i in range(3):\n    ask(x)\n    x = 'a'", None),
    "a loop that keeps the type": ("x = 1\nfor i in range(3):\n    ask(x)\n    x = x + 1", "int"),
    "a counter": ("for i, a in enumerate(things):\n    ask(i)", "int"),
    "a comprehension": ("x = [ask(i) for i in range(3)]", "int"),
    "a comprehension's own name": ("i = 'a'\nx = [ask(i) for i in range(3)]", "int"),
    "a parameter": ("x = 1\ndef f(x):\n    ask(x)", None),
    "a default": ("x = 1\ndef f(a=ask(x)):\n    x = 'a'", "int"),
    "a local name": ("x = 1\ndef f():\n    x = 'a'\n    ask(x)", "str"),
    "local names that differ": (
        "def f(a):\n    x = 'a'\n    if a:\n        x = 1\n    ask(x)",
        None,
    ),
    "a local name bound anew": ("def f():\n    x = 'a'\n    x = 1\n    ask(x)", "int"),
    "a parameter bound anew": ("def f(x):\n    x = 1\n    ask(x)", "int"),
    "a parameter bound anew for some": ("def f(x):\n    if a:\n        x = 1\n    ask(x)", None),
    "a loop's name bound anew": ("for x in y:\n    x = 1\n    ask(x)", "int"),
    "a loop's name in its own binding": ("for x in range(3):\n    x = float(ask(x))", "int"),
    "a name bound later in the turn": (
        "x = 1\nfor a in b:\n    ask(x)\n    x = 'a'",
        None,
    ),
    "a name bound above in the turn": (
        "for a in b:\n    x = 1\n    ask(x)\n    x = 'a'",
        "int",
    ),
    "a name bound in an inner loop": (
        "x = 1\nfor a in b:\n    while c:\n        ask(x)\n    x = 'a'",
        None,
    ),
    "a name bound after the loop": (
        "def f():\n    x = 1\n    for a in b:\n        ask(x)\n    x = 'a'",
        "int",
    ),
    "a name bound in a block": (
        "def f():\n    x = 'a'\n    with b:\n        x = 1\n        ask(x)",
        "int",
    ),
    "a name bound in another arm": (
        "def f():\n    if a:\n        x = 1\n    else:\n        x = 'a'\n        ask(x)",
        "str",
    ),
    "a name for a function to come": (
        "def f():\n    x = 1\n    def g():\n        ask(x)\n    x = 'a'",
        None,
    ),
    "a global name in a function": ("x = 1\ndef f():\n    ask(x)\nf()", "int"),
    "a name of an outer function": ("def f():\n    x = 1\n    def g():\n        ask(x)", "int"),
    "a name that `nonlocal` changes": (
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 'a'\n    ask(x)",
        None,
    ),
    "a class's name, unseen by methods": (
        "x = 1\nclass A:\n    x = 'a'\n    def f(self):\n        ask(x)\nA().f()",
        "int",
    ),
    "a module of the notebook": (
        "import torch\nclass Net(torch.nn.Module):\n    pass\n# %%\nnet = Net()\nask(net)",
        "torch.nn.Module",
    ),
    "a module of a module": (
        "from torch import nn\nclass A(nn.Module): pass\nclass B(A): pass\nask(B())",
        "torch.nn.Module",
    ),
    "a loss": (
        "from torch import nn\nloss = nn.MSELoss()\nask(loss(a, b))",
        "torch.Tensor",
    ),
    "a recurrent layer": ("from torch import nn\nlstm = nn.LSTM(1, 2)\nask(lstm(a))", None),
    "a function": ("def f():\n    return 1\nx = f()\nask(x)", "int"),
    "a function with two results": ("def f(a):\n    if a:\n        return 1\nask(f(1))", "int"),
    "recursion": ("def f(a):\n    return f(a)\nask(f(1))", None),
    "an unknown binder in between": ("x = 1\n# %%\n%run other.py\n# %%\nask(x)", None),
    "an unknown binder in the cell": ("x = 1\n%run other.py\nask(x)", None),
    "an unknown binder before": ("%run other.py\n# %%\nx = 1\n# %%\nask(x)", "int"),
    "a local import": ("def f():\n    import torch as t\n    ask(t.zeros(1))", "torch.Tensor"),
    "nothing": ("ask(x)", None),
    "a deleted name": ("x = 1\ndel x\nask(x)", None),
    "a magic": ("x = !ls\nask(x)", None),
    "a walrus": ("if (x := 1):\n    ask(x)", "int"),
    "an augmented number": ("x = 0\nfor i in range(3):\n    x += 1\nask(x)", "int"),
    "a caught error": ("try:\n    f()\nexcept ValueError as x:\n    ask(x)", None),
    "a star": ("x, *y = 1, 2, 3\nask(y)", None),
}


@pytest.mark.parametrize("case", NAMES)
def test_types_of_names(case: str) -> None:
    text, kind = NAMES[case]
    notebook = notebook_of(text)
    assert notebook.values.type_of(asked(notebook)) == kind


LOADED = {
    "tensors": ("DataLoader(TensorDataset(x, y))", "torch.Tensor"),
    "a data set with a name": ("DataLoader(dataset=tensors, shuffle=True)", "torch.Tensor"),
    "a part": ("DataLoader(part, batch_size=4)", "torch.Tensor"),
    "images": ("DataLoader(MNIST('.', transform=ToTensor()))", "torch.Tensor"),
    "images as they are": ("DataLoader(MNIST('.'))", None),
    "a way to put together": ("DataLoader(tensors, collate_fn=f)", None),
    "arguments from elsewhere": ("DataLoader(tensors, **options)", None),
    "anything": ("DataLoader(anything)", None),
    "a function's data": ("DataLoader(load())", None),
    "nothing": ("DataLoader()", None),
    "no loader": ("tensors", None),
}


@pytest.mark.parametrize("case", LOADED)
@pytest.mark.parametrize("loop", ["for a, b in loader", "for i, (a, b) in enumerate(loader)"])
def test_types_of_what_loaders_give(case: str, loop: str) -> None:
    loader, kind = LOADED[case]
    lines = (
        "from torch.utils.data import DataLoader, TensorDataset, random_split",
        "from torchvision.datasets import MNIST",
        "tensors = TensorDataset(x, y)",
        "part, rest = random_split(tensors, [3, 4])",
        f"loader = {loader}",
        f"{loop}:\n    ask(a)",
    )
    notebook = notebook_of("\n".join(lines))
    assert notebook.values.type_of(asked(notebook)) == kind


CONSTANTS = {
    "ask(1)": 1,
    "ask(-1.5)": -1.5,
    "x = 'a'\n# %%\ny = x\nask(y)": "a",
    "x = 1\nx = 2\nask(x)": 2,
    "x = 1 if a else 2\nask(x)": UNKNOWN,
    "def f(x=1):\n    ask(x)": UNKNOWN,
    "ask(f())": UNKNOWN,
}


@pytest.mark.parametrize(("text", "value"), CONSTANTS.items())
def test_constants(text: str, value: object) -> None:
    notebook = notebook_of(text)
    assert notebook.values.constant(asked(notebook)) == value


def test_definitions_say_how_a_name_came_about() -> None:
    notebook = notebook_of(
        "import a.b as x\n# %%\nfor (i, x) in pairs: pass\n# %%\n"
        "with open('f') as x: pass\n# %%\nask(x)"
    )
    name = asked(notebook)
    assert isinstance(name, ast.Name)
    (definition,) = notebook.values.definitions(name)
    assert (definition.kind, definition.cell) == ("context", 2)
    assert notebook.values.cell_of(name) == 3


def test_a_loop_that_may_not_run_leaves_both_ways() -> None:
    notebook = notebook_of("import a.b as x\n# %%\nfor (i, x) in pairs: pass\nask(x)")
    name = asked(notebook)
    assert isinstance(name, ast.Name)
    found = notebook.values.definitions(name)
    assert {(d.kind, d.cell, d.path) for d in found} == {("import", 0, ()), ("element", 1, (1,))}


def test_the_function_around_a_name() -> None:
    notebook = notebook_of("def f():\n    def g(a):\n        ask(a)\n    return g")
    name = asked(notebook)
    assert isinstance(name, ast.Name)
    function = notebook.values.function_of(name)
    assert isinstance(function, ast.FunctionDef)
    assert function.name == "g"
    assert notebook.values.is_local(name)


def test_deep_expressions_end_in_nothing() -> None:
    notebook = notebook_of("ask(" + "+".join(["1"] * 900) + ")")
    assert notebook.values.type_of(asked(notebook)) is None
