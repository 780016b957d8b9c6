"""Results of methods that return nothing."""

import ast
from collections.abc import Iterator

from nbcoach.api import CodeCell, Context, Finding, Fix, Safety, Severity, SourceEdit, Span, rule

# Of these pandas 3.1 returns None; `fillna`, `replace` and their like return the frame since 3.0.
_PANDAS = frozenset(
    """
    drop drop_duplicates dropna eval query rename rename_axis reset_index set_index sort_index
    sort_values
    """.split()
)
_LISTS = frozenset({"append", "clear", "extend", "insert", "remove", "reverse", "sort"})


@rule(
    "NB835",
    ast.Assign,
    mentions=("inplace", ".sort(", ".append(", ".reverse(", ".extend(", "shuffle("),
    severity=Severity.ERROR,
    default="on",
    fix=Safety.UNSAFE,
)
def inplace_result_assigned(node: ast.Assign, context: Context) -> Iterator[Finding]:
    """A name that gets None, because what is assigned to it works in place."""
    cell, call = context.cell, node.value
    if not isinstance(call, ast.Call) or not isinstance(cell, CodeCell):
        return
    target = node.targets[0]
    name = target.id if isinstance(target, ast.Name) else ast.unparse(target)[:24]
    if name == "_":
        return  # it says that the value is not wanted
    if context.qualified_name(call.func) == "random.shuffle":
        message = f"`random.shuffle()` returns None, so `{name}` is lost; drop the assignment"
        yield context.finding(node, message)
    elif isinstance(call.func, ast.Attribute):
        method, word = call.func.attr, _inplace(call)
        if method in _PANDAS and word is not None:
            message = f"`{method}()` returns None here, so `{name}` is lost; drop `inplace`"
            yield context.finding(node, message, _without(word, call, cell))
        elif method in _LISTS and _is_list(call.func.value, context):
            message = f"`{method}()` returns None, so `{name}` is lost; drop the assignment"
            yield context.finding(node, message)


def _inplace(call: ast.Call) -> ast.keyword | None:
    for word in call.keywords:
        if (
            word.arg == "inplace"
            and isinstance(word.value, ast.Constant)
            and word.value.value is True
        ):
            return word
    return None


def _without(word: ast.keyword, call: ast.Call, cell: CodeCell) -> Fix | None:
    """The call without `inplace=True` and one of the commas beside it."""
    code = cell.code
    if code is None:
        return None
    span, source = code.span(word), cell.source
    before = source[: span.start].rstrip()
    after = source[span.end :].lstrip()
    if before.endswith(","):
        span = Span(len(before) - 1, span.end)
    elif after.startswith(","):
        span = Span(span.start, len(source) - len(after[1:].lstrip()))
    elif not before.endswith("("):
        return None
    edit = SourceEdit(cell.index, span, "")
    return Fix("Drop `inplace=True`", (edit,), Safety.UNSAFE)


def _is_list(node: ast.AST, context: Context) -> bool:
    """Whether a name surely holds a list: one binding, to a list, in this order."""
    if not isinstance(node, ast.Name):
        return False
    use = context.notebook.as_read.use_of(node)
    if use is None or len(use.bindings) != 1 or use.later:
        return False
    value = use.bindings[0].value
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        # A use of this name would be one that the notebook gave a meaning of its own.
        is_builtin = context.notebook.as_read.use_of(value.func) is None
        return is_builtin and value.func.id in ("list", "sorted")
    return isinstance(value, (ast.List, ast.ListComp))
