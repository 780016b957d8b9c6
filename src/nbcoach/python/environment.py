"""Variables of the environment that a notebook sets when nobody reads them any more."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from nbcoach.notebook import Span
from nbcoach.python.semantics.scopes import FUNCTIONS

if TYPE_CHECKING:
    from nbcoach.notebook import CodeCell, Notebook
    from nbcoach.python.code import Code

# What reads which variables for the last time. Each was tried, or is documented, as so; where a
# library reads a variable later than at its import, the import is no deadline.
_AT_IMPORT: Final = {
    "JAX_ENABLE_X64": "jax",
    "JAX_NUM_CPU_DEVICES": "jax",
    "JAX_PLATFORM_NAME": "jax",
    "JAX_PLATFORMS": "jax",
    "KERAS_BACKEND": "keras",
    "PYTORCH_ENABLE_MPS_FALLBACK": "torch",
    "TF_CPP_MIN_LOG_LEVEL": "tensorflow",
}
_TORCH: Final = "torch.cuda."
_JAX: Final = "jax."
_AT_USE: Final = {
    "CUDA_DEVICE_ORDER": (_TORCH, _JAX),
    "CUDA_VISIBLE_DEVICES": (_TORCH, _JAX),
    "XLA_CLIENT_MEM_FRACTION": (_JAX,),
    "XLA_FLAGS": (_JAX,),
    "XLA_PYTHON_CLIENT_ALLOCATOR": (_JAX,),
    "XLA_PYTHON_CLIENT_MEM_FRACTION": (_JAX,),
    "XLA_PYTHON_CLIENT_PREALLOCATE": (_JAX,),
}
# Calls that make the driver, or JAX, look at the devices once and for all.
_TOUCHING: Final = re.compile(
    r"torch\.cuda\.(?:current_device|get_device_capability|get_device_name|get_device_properties"
    r"|init|is_available|mem_get_info|set_device|synchronize)"
    r"|jax\.(?:default_backend|device_count|device_put|devices|local_device_count|local_devices)"
    r"|jax\.numpy\.(?:arange|array|asarray|eye|full|linspace|ones|zeros)"
    r"|jax\.random\.(?:PRNGKey|key)"
)


_RESTARTING: Final = ("do_shutdown", "os._exit", "restart_kernel", "os.kill")
# What starts programs, which read the variable anew.
_STARTING: Final = re.compile(
    r"\b(?:multiprocessing|Popen|spawn|subprocess|notebook_launcher|os\.(?:exec\w*|system))\b"
    r"|^\s*(?:[!%]|.*=\s*!)(?:.*\s)?(?:accelerate|deepspeed|jupyter|python\w*|torchrun|sh|bash|run)\b",
    re.MULTILINE,
)

# TensorFlow 1, which reads the level when it has its first message, often after the import.
_OLD_TENSORFLOW: Final = re.compile(r"\b(?:ConfigProto|InteractiveSession|contrib|Session)\b")


class LateSetting(NamedTuple):
    """A variable that is set in vain, and what came before: an import, or a call."""

    variable: str
    cell: "CodeCell"
    span: Span
    statement: ast.stmt | None
    event: str
    event_cell: "CodeCell"
    event_node: ast.AST


class _Event(NamedTuple):
    name: str
    cell: "CodeCell"
    node: ast.AST


class _Setting(NamedTuple):
    variable: str
    text: str
    span: Span
    statement: ast.stmt | None


def late_settings(notebook: "Notebook") -> Iterator[LateSetting]:
    """The variables that are set below whatever reads them for the last time."""
    past: list[_Event] = []
    set_before: set[str] = set()
    for cell in notebook.code_cells:
        code = cell.code
        if code is None or code.tree is None or cell.skipped:
            continue
        if any(word in cell.source for word in _RESTARTING):
            return
        events = list(_events(cell, code, notebook))
        for setting in _settings(code, notebook):
            event = _deadline(setting, past, events, code)
            done = setting.text in set_before or _starts_programs(notebook, cell)
            if setting.variable == "TF_CPP_MIN_LOG_LEVEL":
                done = done or _OLD_TENSORFLOW.search(notebook.code_text) is not None
            if event is not None and not done:
                place = (setting.variable, cell, setting.span, setting.statement)
                yield LateSetting(*place, *event)
            set_before.add(setting.text)
        past += events


def _deadline(
    setting: _Setting, past: list[_Event], events: list[_Event], code: "Code"
) -> _Event | None:
    """The first event before a setting that reads the variable for the last time."""
    above = [event for event in events if code.span(event.node).end <= setting.span.start]
    return next((e for e in (*past, *above) if _ends(e.name, setting.variable)), None)


def _starts_programs(notebook: "Notebook", cell: "CodeCell") -> bool:
    """Whether other programs may start from a cell on, and read what it sets."""
    return any(
        other.index >= cell.index and _STARTING.search(other.source)
        for other in notebook.code_cells
    )


def _ends(event: str, variable: str) -> bool:
    """Whether an event is the last that reads a variable."""
    module = _AT_IMPORT.get(variable)
    if module is not None:
        return event == f"import {module}"
    return event.startswith(_AT_USE[variable])


def _events(cell: "CodeCell", code: "Code", notebook: "Notebook") -> Iterator[_Event]:
    """The imports and calls of a cell that surely run, and may be a deadline."""
    for statement in code.nodes(ast.Import):
        if _surely_runs(statement, code):
            for alias in statement.names:
                yield _Event(f"import {alias.name.partition('.')[0]}", cell, statement)
    for imported in code.nodes(ast.ImportFrom):
        if _surely_runs(imported, code) and imported.module and not imported.level:
            yield _Event(f"import {imported.module.partition('.')[0]}", cell, imported)
    for call in code.nodes(ast.Call):
        name = notebook.as_read.qualified_name(call.func)
        if name is not None and _TOUCHING.fullmatch(name) and _surely_runs(call, code):
            yield _Event(name, cell, call)


def _surely_runs(node: ast.AST, code: "Code") -> bool:
    """Whether running the cell comes to a node: nothing around it decides, repeats or defers."""
    inner = node
    for outer in code.ancestors(node):
        if isinstance(outer, (*FUNCTIONS, ast.ClassDef, ast.For, ast.While, ast.Try, ast.BoolOp)):
            return False
        if isinstance(outer, (ast.If, ast.IfExp)) and inner is not outer.test:
            return False
        inner = outer
    return True


def _settings(code: "Code", notebook: "Notebook") -> Iterator[_Setting]:
    """The known variables that a cell sets, outside functions."""
    for assign in code.nodes(ast.Assign):
        match assign.targets:
            case [ast.Subscript(value=mapping, slice=ast.Constant(value=str(name)))]:
                if notebook.as_read.qualified_name(mapping) == "os.environ":
                    yield from _setting(name, assign.value, assign, code)
    for call in code.nodes(ast.Call):
        function = notebook.as_read.qualified_name(call.func)
        match call.args:
            case [ast.Constant(value=str(name)), value]:
                if function in ("os.environ.setdefault", "os.putenv"):
                    holder = code.parent(call)
                    if isinstance(holder, ast.Expr):
                        yield from _setting(name, value, holder, code)
    for magic in code.magics:
        if magic.name in ("env", "set_env"):
            name, _, given = magic.arguments.strip().replace("=", " ", 1).partition(" ")
            if name in _VARIABLES and given:
                yield _Setting(name, f"{name}={given.strip()}", magic.span, None)


_VARIABLES: Final = _AT_IMPORT.keys() | _AT_USE.keys()


def _setting(name: str, value: ast.expr, statement: ast.stmt, code: "Code") -> Iterator[_Setting]:
    outer = code.ancestors(statement)
    if name in _VARIABLES and not any(isinstance(o, (*FUNCTIONS, ast.ClassDef)) for o in outer):
        written = ast.unparse(value).strip("'")
        yield _Setting(name, f"{name}={written}", code.span(statement), statement)
