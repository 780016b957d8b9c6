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
            "def pick(i=0):\n    if device_count() > i: return f'cuda:{i}'\n    return 'cpu'",
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


def test_numbers_are_no_devices_that_a_question_decides() -> None:
    assert policy("import torch", "64 if torch.cuda.is_available() else 8")[0] is Kind.UNKNOWN
    assert policy("import torch", "0 if torch.cuda.is_available() else -1")[0] is Kind.AGNOSTIC


def test_what_is_moved_to_a_device_is_none() -> None:
    source = "x = x.to('cuda') if torch.cuda.is_available() else x"
    assert policy("import torch", source, "x")[0] is Kind.UNKNOWN


def fixed(*sources: str) -> list[tuple[int, str]]:
    """The cell and the device of each place that names one for good."""
    return [(place.cell.index, place.text) for place in notebook(*sources).devices.fixed]


def test_a_device_in_a_name_is_one_place() -> None:
    assert fixed("import torch\nd = torch.device('cuda')", "x.to(d)\ny.to(d)") == [(0, "cuda")]


@pytest.mark.parametrize(
    "source",
    [
        "torch.autocast('cuda')",
        "torch.amp.GradScaler(device='cuda')",
        "torch.cuda.synchronize(device='cuda')",
        "xgboost.XGBClassifier(device='cuda')",
        "open_camera(device=0)",
        "lightgbm_of(device='gpu')",
        "x.to(torch.float32)",
        "if torch.cuda.is_available():\n    x.cuda()",
    ],
)
def test_these_fix_no_device(source: str) -> None:
    assert fixed("import torch, xgboost", source) == []


@pytest.mark.parametrize(
    ("source", "chosen"),
    [
        (f"d = {CHOICE}", True),
        ("d = 'cpu'\nif torch.cuda.is_available():\n    d = 'cuda'", True),
        ("d = torch.accelerator.current_accelerator()", True),
        ("d = os.environ['DEVICE']", False),
        ("d = 64 if torch.cuda.is_available() else 8", False),
        ("d = 'auto'", False),
        (f"def f():\n    d = {CHOICE}", False),
    ],
)
def test_choices_are_names_at_the_top(source: str, chosen: bool) -> None:
    choices = notebook("import os, torch", source).devices.choices
    assert [choice.name for choice in choices] == (["d"] if chosen else [])


def test_a_choice_that_is_fixed_later_is_none() -> None:
    assert notebook("import torch", f"d = {CHOICE}", "d = 'cuda'").devices.choices == ()


@pytest.mark.parametrize(
    "metadata",
    [
        {"accelerator": "GPU"},
        {"colab": {"gpuType": "T4"}},
        {"kaggle": {"accelerator": "nvidiaTeslaT4"}},
        {"instance_type": "ml.g4dn.xlarge"},
        {"nbcoach": {"gpu": "required"}},
    ],
)
def test_metadata_ask_for_a_gpu(metadata: dict[str, object]) -> None:
    assert notebook("x = 1", **metadata).devices.gpu_required


@pytest.mark.parametrize(
    "metadata",
    [
        {"accelerator": None},
        {"accelerator": ["GPU"]},
        {"colab": []},
        {"colab": {"gpuType": ""}},
        {"kaggle": {"accelerator": "none"}},
        {"kaggle": "gpu"},
        {"instance_type": 3},
        {"nbcoach": {"gpu": "none"}, "accelerator": "GPU"},
        {"nbcoach": {"gpu": {}}},
    ],
)
def test_other_metadata_do_not(metadata: dict[str, object]) -> None:
    assert not notebook("x = 1", **metadata).devices.gpu_required


@pytest.mark.parametrize(
    ("source", "required"),
    [
        ("import cupy as cp", True),
        ("from numba import cuda", True),
        ("from numba import njit", False),
        ("!pip install -q 'bitsandbytes>=0.40'", True),
        ("!nvidia-smi", True),
        ("import torch\nassert torch.cuda.is_available()", True),
        ("import torch\nif not torch.cuda.is_available():\n    raise SystemExit", True),
        ("import torch\nif not torch.cuda.is_available():\n    print('slow')", False),
        ("def f():\n    assert torch.cuda.is_available()", False),
        ("m = load('m', dtype=torch.float16)", True),
        ("m = load('m', model_kwargs={'torch_dtype': torch.bfloat16})", True),
        ("m = load('m', dtype=torch.float32)", False),
        ("import torch", False),
    ],
)
def test_code_that_only_works_with_a_gpu(source: str, required: bool) -> None:
    assert notebook(source).devices.gpu_required is required


def test_names_in_magics_are_unknown() -> None:
    devices = notebook("import torch", "def f():\n    return 'cuda'", "%time d = f()").devices
    assert devices.choices == ()
