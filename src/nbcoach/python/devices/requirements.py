"""Whether a notebook says that it needs a GPU, or plainly does."""

import ast
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from nbcoach.notebook import MarkdownCell
from nbcoach.python.devices.guards import leaves_without_device

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook
    from nbcoach.python.code import Code

_GPU_ONLY: Final = frozenset(
    """
    apex auto_gptq autoawq awq bitsandbytes cucim cudf cugraph cuml cupy cupyx cusignal cuspatial
    cuxfilter dask_cudf dask_cuda deepspeed exllamav2 flash_attn gptqmodel kaolin minkowskiengine
    mamba_ssm nvtabular nvidia pycuda rmm sglang spconv tensorrt tensorrt_llm torch_tensorrt
    transformer_engine triton tritonclient unsloth vllm warp xformers
    """.split()
)
_MACHINES: Final = re.compile(r"ml\.[gp]\d")
# How notebooks tell their readers, within a sentence.
_TOLD: Final = re.compile(
    r"\b(?:requires?|needs?|must|make sure|enable|select|turn on|switch to|set up|use an?|with)\b"
    r"[^\n]{0,100}\b(?:GPUs?|CUDA|A100|H100|L4|T4|V100)\b"
    r"|\b(?:GPUs?|CUDA)\b[^\n]{0,100}\b(?:required|needed|necessary|enabled|mandatory)\b"
)


def needs_gpu(notebook: "Notebook", decides: Callable[[ast.AST], bool]) -> bool:
    """Whether nobody can be meant to run the notebook without a GPU."""
    said: object = _field(notebook.metadata, "nbcoach", "gpu")
    if said in ("required", "optional", "none"):
        return bool(said == "required")
    return (
        _asks_for_accelerator(notebook.metadata)
        or any(_uses_gpu(cell) or _insists(cell, decides) for cell in notebook.code_cells)
        or any(isinstance(c, MarkdownCell) and _TOLD.search(c.source) for c in notebook.cells)
    )


def _asks_for_accelerator(metadata: Any) -> bool:
    """Whether the metadata of Colab, Kaggle or SageMaker name an accelerator."""
    return bool(
        _field(metadata, "accelerator") in ("GPU", "TPU")
        or _field(metadata, "colab", "gpuType")
        or _field(metadata, "kaggle", "isGpuEnabled") is True
        or _field(metadata, "kaggle", "accelerator") not in (None, "", "none")
        or _MACHINES.match(str(_field(metadata, "instance_type")))
    )


def _field(value: Any, *path: str) -> Any:
    for key in path:
        value = value.get(key) if hasattr(value, "get") else None
    return value


def _uses_gpu(cell: "CodeCell") -> bool:
    """Whether a cell uses, or installs, what only works with a GPU."""
    code = cell.code
    if code is None:
        return "nvidia-smi" in cell.source
    return (
        any("nvidia-smi" in magic.arguments for magic in code.magics)
        or any(
            word.partition(".")[0] in _GPU_ONLY or word == "numba.cuda" for word in _packages(code)
        )
        or any(_is_of_low_precision(name, value) for name, value in _named_values(code))
    )


def _named_values(code: "Code") -> Iterator[tuple[object, ast.expr]]:
    """The arguments by their keyword, and the entries of dictionaries by their key."""
    yield from ((keyword.arg, keyword.value) for keyword in code.nodes(ast.keyword))
    for display in code.nodes(ast.Dict):
        for key, value in zip(display.keys, display.values, strict=True):
            yield getattr(key, "value", None), value


def _is_of_low_precision(name: object, value: ast.expr) -> bool:
    """Whether a model is loaded in a form for which libraries refuse or warn of a processor."""
    if name in ("dtype", "torch_dtype"):
        written = getattr(value, "attr", "") or getattr(value, "value", "")
        return written in ("bfloat16", "float16")
    if name in ("load_in_4bit", "load_in_8bit"):
        return getattr(value, "value", True) is True
    return False


def _packages(code: "Code") -> Iterator[str]:
    """The modules that a cell imports, and the words of its installs."""
    for statement in code.nodes(ast.Import):
        yield from (alias.name for alias in statement.names)
    for imported in code.nodes(ast.ImportFrom):
        yield from (f"{imported.module}.{alias.name}" for alias in imported.names)
    for magic in code.magics:
        if "install" in magic.arguments:
            yield from re.findall(r"[\w.]+", magic.arguments)


def _insists(cell: "CodeCell", decides: Callable[[ast.AST], bool]) -> bool:
    """Whether a cell stops the run where there is no device."""
    tree = cell.code.tree if cell.code else None
    return tree is not None and any(leaves_without_device(part, decides) for part in tree.body)
