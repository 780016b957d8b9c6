"""What binds names without an assignment: kernels, magics, and calls that reach the namespace."""

import ast
import builtins
from enum import Enum
from typing import TYPE_CHECKING

from nbcoach.python.magics import CELL_MAGICS, LINE_MAGICS

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook

MUTATING_METHODS = frozenset(
    """
    add append appendleft clear difference_update discard extend extendleft insert
    intersection_update pop popitem popleft remove reverse setdefault sort
    symmetric_difference_update update
    """.split()
)

EXITS = frozenset({("sys", "exit"), ("os", "_exit"), ("", "exit"), ("", "quit")})

# Names of IPython's history: they exist in every kernel, and mean something else in each run.
HISTORY = frozenset("In Out _ __ ___ _i _ii _iii _ih _oh _dh".split())

_KERNEL = frozenset(
    "_exit_code display get_ipython exit quit open __name__ __doc__ __builtins__".split()
)
_NEWER_BUILTINS = frozenset(
    {
        "aiter",
        "anext",
        "EncodingWarning",
        "ExceptionGroup",
        "BaseExceptionGroup",
        "PythonFinalizationError",
        "_IncompleteInputError",
    }
)
_PYTHON_2 = frozenset(
    """
    apply basestring buffer cmp coerce execfile file intern long raw_input reduce reload unichr
    unicode xrange StandardError
    """.split()
)
# Names that Spark's shells and Databricks bind, whatever the metadata say of the kernel.
_SPARK = frozenset("spark sc sqlContext dbutils displayHTML".split())
_DATABRICKS = frozenset("sql table udf getArgument".split())

INITIAL = frozenset(dir(builtins)) | _KERNEL | _NEWER_BUILTINS | _SPARK


def initial_names(notebook: "Notebook") -> frozenset[str]:
    """The names that exist before the first cell runs, by the notebook's metadata."""
    names = INITIAL
    if notebook.is_python_2:
        names |= _PYTHON_2
    kernel = notebook.metadata.get("kernelspec")
    hosts = [*map(str, notebook.metadata)]
    if isinstance(kernel, dict):
        hosts.append(str(kernel.get("name", "")).lower())
    if any(word in host for host in hosts for word in ("databricks", "synapse", "spark")):
        names |= _DATABRICKS
    return names


def is_history(name: str) -> bool:
    """Whether IPython binds this name to a part of its own history: `_12`, `Out`, `_i3`."""
    if name in HISTORY:
        return True
    return name[:1] == "_" and (name[1:].isdigit() or (name[1:2] == "i" and name[2:].isdigit()))


class Reach(Enum):
    """How far a call may reach into the notebook's namespace."""

    NONE = 0
    NAMESPACE = 1  # it is the namespace: `globals()`
    UNKNOWN = 2  # it may bind any name


_NAMESPACES = frozenset({"globals", "locals", "vars"})
_HARMLESS = frozenset(
    "bool dict dir display eval format frozenset id isinstance iter len list pprint print repr set "
    "sorted str sum tuple type".split()
)
_BINDING_CALLS = frozenset({"exec", "execfile", "init_session", "init_printing_session"})
_SHELL_METHODS = frozenset(
    "ex magic push run_cell run_cell_magic run_code run_line_magic safe_execfile".split()
)
_WRITERS = frozenset({"update", "setdefault", "__setitem__"})


def reach_of_call(node: ast.Call) -> Reach:
    """How far a call may reach; Reach.UNKNOWN makes every name possible from there on."""
    function = node.func
    if isinstance(function, ast.Name):
        if function.id in _BINDING_CALLS:
            return Reach.UNKNOWN
        if function.id in _NAMESPACES and not node.args:
            return Reach.NAMESPACE
        if function.id == "setattr" and node.args and not isinstance(node.args[0], ast.Name):
            return Reach.UNKNOWN if "modules" in ast.dump(node.args[0]) else Reach.NONE
        return _reach_of_arguments(node) if function.id not in _HARMLESS else Reach.NONE
    if isinstance(function, ast.Attribute):
        if function.attr in _SHELL_METHODS and _may_be_shell(node, function):
            return Reach.UNKNOWN
        if function.attr in _WRITERS and _is_namespace(function.value):
            return Reach.UNKNOWN
        if function.attr == "init_session":
            return Reach.UNKNOWN
        return _reach_of_arguments(node)
    return Reach.NONE


def _is_namespace(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "user_ns":
        return True
    return isinstance(node, ast.Call) and reach_of_call(node) is Reach.NAMESPACE


def _reach_of_arguments(node: ast.Call) -> Reach:
    handed = any(_is_namespace(argument) for argument in node.args)
    return Reach.UNKNOWN if handed else Reach.NONE


def _may_be_shell(node: ast.Call, function: ast.Attribute) -> bool:
    """Whether a method is IPython's shell, running a magic that may bind names."""
    receiver = function.value
    called = isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Name)
    if not called and not (isinstance(receiver, ast.Name) and "ip" in receiver.id.lower()):
        return False
    if called and receiver.func.id != "get_ipython":  # type: ignore[attr-defined]
        return False
    first = node.args[0] if node.args else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return True
    words = first.value.lstrip("%").split()
    return not words or words[0] not in HARMLESS_MAGICS


# Line magics that bind no name of the user: IPython's own, and those of common extensions.
HARMLESS_MAGICS = (
    LINE_MAGICS
    - frozenset(
        """
        ed edit load loadpy macro pylab recall rep rerun reset reset_selective run sc store xdel
        """.split()
    )
) | frozenset(
    """
    aimport autoreload black flake8_on flake8_off ipytest jupyternotify lab_black lprun memit mprun
    mypy nb_black notify pycodestyle_off pycodestyle_on pyinstrument scalene snakeviz sql sqlcmd
    sqlplot tensorboard tikz wandb watermark
    """.split()
)

# Cell magics that bind no name of the user, apart from the outputs they are told to.
HARMLESS_CELL_MAGICS = CELL_MAGICS | frozenset(
    """
    ai css dot graphviz julia local mermaid pybash R rust send_to_spark skip sparksql
    svgbob tikz writetemplate
    """.split()
)
