"""What a notebook says about the devices it runs on."""

import ast

import pytest

from nbcoach.notebook import CodeCell, Notebook
from nbcoach.python.devices import Kind


def notebook(*sources: str, **metadata: object) -> Notebook:
    cells = [CodeCell(index, None, source, {}) for index, source in enumerate(sources)]
    return Notebook("test.ipynb", (4, 5), "python", metadata, tuple(cells))


def policy(*sources: str) -> tuple[Kind, str]:
    """The policy of the expression that ends the last cell."""
    read = notebook(*sources)
    code = read.code_cells[-1].code
    assert code is not None
    assert code.tree is not None
    last = code.tree.body[-1]
    assert isinstance(last, ast.Expr)
    found = read.devices.policy(last.value)
    return found.kind, found.text


CHOICE = "'cuda' if torch.cuda.is_available() else 'cpu'"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("'cuda'", "cuda"),
        ("'cuda:1'", "cuda:1"),
        ("'mps'", "mps"),
        ("'/GPU:0'", "gpu:0"),
        ("'/device:GPU:1'", "gpu:1"),
        ("0", "cuda:0"),
        ("torch.device('cuda')", "cuda"),
        ("torch.device('cuda', 1)", "cuda:1"),
        ("torch.device(type='cuda', index=0)", "cuda:0"),
        ("torch.device(torch.device('xpu'))", "xpu"),
        ("{'': 0}", "cuda:0"),
        ("torch.cuda.current_device()", "cuda"),
        ("'cuda' if big else torch.device('cuda')", "cuda"),
        ("jax.devices('gpu')[0]", "gpu"),
    ],
)
def test_a_device_by_its_name_is_hard(source: str, text: str) -> None:
    assert policy("import jax, torch", source) == (Kind.HARD, text)


@pytest.mark.parametrize(
    "source", ["'cpu'", "-1", "torch.device('cpu')", "{'': 'cpu'}", "'/CPU:0'", "str('cpu')"]
)
def test_the_processor_is_no_accelerator(source: str) -> None:
    assert policy("import torch", source) == (Kind.CPU, "")


@pytest.mark.parametrize(
    "source",
    [
        CHOICE,
        f"torch.device({CHOICE})",
        "torch.device('cuda:0') if torch.cuda.is_available() else torch.device('cpu')",
        "torch.cuda.is_available() and 'cuda' or 'cpu'",
        "['cpu', 'cuda'][torch.cuda.is_available()]",
        "torch.device(('cpu', 'cuda:0')[torch.cuda.is_available()])",
        "'cpu' if not torch.cuda.device_count() else 'cuda'",
        "torch.accelerator.current_accelerator() or torch.device('cpu')",
        "torch.accelerator.current_accelerator().type",
        "Accelerator().device",
        "d2l.try_gpu()",
        "jax.devices()[0]",
        "os.environ['DEVICE']",
        "os.environ.get('DEVICE', 'cuda')",
        "'auto'",
        "(device := torch.device(0 if torch.cuda.is_available() else 'cpu'))",
    ],
)
def test_a_device_that_depends_on_the_machine_is_agnostic(source: str) -> None:
    imports = (
        "import jax, os, torch\nfrom accelerate import Accelerator\nfrom d2l import torch as d2l"
    )
    assert policy(imports, source)[0] is Kind.AGNOSTIC


@pytest.mark.parametrize(
    "sources",
    [
        [f"device = {CHOICE}", "device"],
        ["use_cuda = torch.cuda.is_available()", "'cuda' if use_cuda else 'cpu'"],
        [
            "use = torch.cuda.is_available()\nother = use and not debug",
            "d = torch.device('cuda' if other else 'cpu')",
            "d",
        ],
        ["if torch.cuda.is_available():\n    d = 'cuda'\nelse:\n    d = 'cpu'", "d"],
        ["d = 'cpu'\nif torch.cuda.is_available():\n    d = 'cuda'", "d"],
        ["try:\n    x = f()\n    d = 'cuda'\nexcept RuntimeError:\n    d = 'cpu'", "d"],
        [f"def pick():\n    return {CHOICE}", "pick()"],
        [
            "def pick(i=0):\n    if torch.cuda.device_count() > i: return f'cuda:{i}'\n    return 'cpu'",
            "d = pick()",
            "d",
        ],
        ["a = Accelerator()", "a.device"],
        ["d = 'cuda'  # @param ['cuda', 'cpu']", "d"],
        [f"names = {CHOICE}, 3\nd, n = {CHOICE}, 3", "d"],
        ["pick = lambda: 'cuda' if torch.cuda.is_available() else 'cpu'", "pick()"],
    ],
)
def test_a_choice_is_found_through_names(sources: list[str]) -> None:
    imports = "import torch\nfrom accelerate import Accelerator"
    assert policy(imports, *sources)[0] is Kind.AGNOSTIC


@pytest.mark.parametrize(
    "sources",
    [
        ["device"],
        ["None"],
        ["True"],
        ["'left'"],
        ["x.device"],
        ["{}"],
        ["torch.device()"],
        ["f'cuda:{i}'"],
        ["'cuda' if big else 'cpu'"],
        ["import helpers", "helpers.get_device()"],
        ["device = device", "device"],
        ["def pick():\n    return pick()", "pick()"],
        ["def pick():\n    pass", "pick()"],
        ["for d in ['cuda', 'cpu']:\n    pass", "d"],
        ["torch.device('cuda', n)"],
    ],
)
def test_the_rest_is_unknown(sources: list[str]) -> None:
    assert policy("import torch", *sources)[0] is Kind.UNKNOWN


def test_a_name_is_hard_where_all_its_definitions_are() -> None:
    assert policy("d = 'cuda'", "d") == (Kind.HARD, "cuda")
    assert policy("def pick():\n    return 'cuda'", "d = pick()", "d") == (Kind.HARD, "cuda")


def guarded(*sources: str) -> bool:
    """Whether the one call of `place` is guarded."""
    read = notebook("import torch", *sources)
    (found,) = (
        (call, cell)
        for cell in read.code_cells
        if cell.code is not None
        for call in cell.code.nodes(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "place"
    )
    return read.devices.is_guarded(*found)


@pytest.mark.parametrize(
    "source",
    [
        "if torch.cuda.is_available():\n    place()",
        "if not torch.cuda.is_available():\n    pass\nelse:\n    place()",
        "if small:\n    pass\nelif torch.cuda.device_count() > 1:\n    place()",
        "x = place() if use_cuda else x",
        "use_cuda and place()",
        "torch.cuda.is_available() and (x := place())",
        "assert torch.cuda.is_available()\nplace()",
        "if not torch.cuda.is_available():\n    raise SystemExit\nplace()",
        "if not torch.cuda.is_available():\n    sys.exit('no GPU')\nplace()",
        "def f():\n    if not torch.cuda.is_available():\n        return\n    place()",
        "try:\n    place()\nexcept RuntimeError:\n    pass",
        "try:\n    place()\nexcept (AssertionError, RuntimeError) as error:\n    pass",
        "try:\n    place()\nexcept:\n    pass",
        "match device.type:\n    case 'cuda':\n        place()",
        "if args.gpu:\n    place()",
        "if str(model.where).startswith('cuda'):\n    place()",
        "ready = torch.cuda.is_available()\nif ready:\n    place()",
        "while torch.cuda.is_available():\n    place()",
        "xs = [place() for x in xs if x.is_cuda]",
        "for x in xs:\n    if not x.is_cuda:\n        continue\n    place()",
    ],
)
def test_a_question_around_a_place_guards_it(source: str) -> None:
    assert guarded(source)


@pytest.mark.parametrize(
    "source",
    [
        "place()",
        "if big:\n    place()",
        "if torch.cuda.is_available():\n    pass\nplace()",
        "place()\nassert torch.cuda.is_available()",
        "if place(torch.cuda):\n    pass",
        "try:\n    place()\nexcept ImportError:\n    pass",
        "try:\n    pass\nexcept RuntimeError:\n    place()",
        "place() and use_cuda",
        "for x in xs:\n    place()",
    ],
)
def test_other_places_are_not_guarded(source: str) -> None:
    assert not guarded(source)
