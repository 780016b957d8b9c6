"""What cells had by the order of the runs, but would not have by the order of the file."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbcoach.notebook import CodeCell

if TYPE_CHECKING:
    from nbcoach.notebook import Notebook
    from nbcoach.python.code import Code
    from nbcoach.python.semantics import Binding, Mutation, Use

# Bindings of these kinds do not tell where a value comes from.
_VAGUE = frozenset({"assumed", "history", "magic", "star", "unseen"})


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """Cell `reader` uses `name` as cell `source` above leaves it, but it ran with something else.

    Cell `later` ran after cell `earlier`, which stands below it. The source itself is `later` where
    it ran after the reader; then the reader had its value only if the source had run before, too,
    and `proved` tells that it had not. All cells are given by their index.
    """

    name: str
    node: ast.AST
    reader: int
    source: int
    later: int
    earlier: int
    proved: bool = True


def find(notebook: "Notebook") -> Iterator[Conflict]:
    """The conflicts, one for each name and reader, in the order of the file.

    Counts of several sessions, which repetitions betray, cannot be compared and yield none.
    """
    uncounted = any((cell.execution_count or 1) < 1 for cell in notebook.code_cells)
    if notebook.language == "python" and not notebook.log.repeated and not uncounted:
        yield from _Comparison(notebook).conflicts()


class _Comparison:
    """The uses of names in both orders.

    A count is that of its cell's last run. So where another cell bound a name after its source's
    last run, whoever read it later did not have it from the source, whatever counts are missing.
    """

    def __init__(self, notebook: "Notebook") -> None:
        log = notebook.log
        self._notebook = notebook
        self._counts = log.counts
        self._taken = frozenset(log.counts.values())
        failed = {cell.index for cell in log.executed if _failed(cell)}
        self._finished = log.counts.keys() - failed
        self._binders = _cells_by_name(notebook.as_read.bindings)
        self._changers = _cells_by_name(notebook.as_read.mutations)

    def conflicts(self) -> Iterator[Conflict]:
        """One for each name and cell that reads it."""
        run: dict[tuple[int, int], Use] = {}
        for use in self._notebook.as_run.uses:
            run.setdefault((id(use.node), use.at), use)
        found: set[tuple[str, int]] = set()
        for use in self._notebook.as_read.uses:
            other = run.get((id(use.node), use.at))
            if other is None or not use.certain or (use.name, use.at) in found:
                continue
            if _unsure(use) or _unsure(other):
                continue
            conflict = self._conflict(use, other)
            if conflict is not None:
                found.add((use.name, use.at))
                yield conflict

    def _conflict(self, read: "Use", run: "Use") -> Conflict | None:
        sources = read.bindings
        given = [binding for binding in run.bindings if binding.kind != "assumed"]
        cells = {read.at, *(binding.cell for binding in (*sources, *given))}
        if not sources or not cells <= self._finished:
            return None
        if any(b.cell == read.at or b.kind in _VAGUE for b in (*sources, *given)):
            return None
        if any(self._same(one, other) for one in sources for other in given):
            return self._change(read, run)
        ran = self._counts[read.at]
        if all(self._counts[binding.cell] > ran for binding in sources):
            return self._late(read, sources, given)
        return self._overwriting(read, sources, given)

    def _late(
        self, read: "Use", sources: "tuple[Binding, ...]", given: "list[Binding]"
    ) -> Conflict | None:
        """The reader ran before its source; a lost run of the source may have come before both."""
        if any(binding.kind == "import" for binding in sources):
            return None
        last = max((self._counts[binding.cell] for binding in given), default=0)
        source = sources[-1].cell
        proved = self._lost_between(last, self._counts[read.at]) == 0
        return Conflict(read.name, read.node, read.at, source, source, read.at, proved)

    def _overwriting(
        self, read: "Use", sources: "tuple[Binding, ...]", given: "list[Binding]"
    ) -> Conflict | None:
        """Another cell bound the name between the source and the reader.

        What one cell computes and the other loads again is taken for the same.
        """
        if any(_is_loaded(binding.value) for binding in (*sources, *given)):
            return None
        ran = self._counts[read.at]
        source = max((b.cell for b in sources), key=self._counts.__getitem__)
        other = max((b.cell for b in given), key=self._counts.__getitem__, default=source)
        last = self._counts[other]
        if last <= self._counts[source] or self._counts[source] > ran:
            return None
        if self._is_doubtful(last, ran, self._binders[read.name]):
            return None
        if other > read.at:
            return Conflict(read.name, read.node, read.at, source, read.at, other)
        if other < source:
            return Conflict(read.name, read.node, read.at, source, other, source)
        return None

    def _change(self, read: "Use", run: "Use") -> Conflict | None:
        """A cell below the reader changed the object, and ran before it."""
        if len(read.bindings) != 1 or read.cell != read.at or not read.slot or not run.slot:
            return None
        known = {id(mutation.node) for mutation in read.slot.touched}
        told = {self._assignment(mutation) for mutation in read.slot.touched} - {None}
        for mutation in _lasting(run.slot.touched):
            if mutation.cell <= read.at or mutation.cell not in self._finished:
                continue
            times = self._counts[mutation.cell], self._counts[read.at]
            if self._is_doubtful(*times, self._changers.get(read.name, set())):
                continue
            if id(mutation.node) in known or self._assignment(mutation) in told:
                continue
            if self._is_sure(mutation) and self._shows(read, mutation):
                source = read.bindings[0].cell
                return Conflict(read.name, read.node, read.at, source, read.at, mutation.cell)
        return None

    def _shows(self, read: "Use", mutation: "Mutation") -> bool:
        """Whether what the reader looks at is what the mutation changed."""
        code = self._code(read.at)
        holder = code.parent(read.node) if code is not None else None
        if holder is None or not isinstance(getattr(holder, "ctx", ast.Load()), ast.Load):
            return False
        changed = _part(mutation.node)
        if changed is not None:
            return _part(holder) == changed or _is_display(holder)
        fills = isinstance(mutation.node, ast.Call) and not mutation.node.keywords
        return fills and isinstance(read.bindings[0].value, _COLLECTIONS) and _reads(holder)

    def _lost_between(self, first: int, last: int) -> int:
        """How many executions between these two left no count."""
        return last - first - 1 - sum(first < count < last for count in self._taken)

    def _is_doubtful(self, first: int, last: int, cells: set[int]) -> bool:
        """Whether something else may have happened between: much of it, or a run of `cells`."""
        lost = self._lost_between(first, last)
        again = any(self._counts.get(cell, last + 1) > last for cell in cells)
        return 2 * lost > last - first or (lost > 0 and again)

    def _same(self, one: "Binding", other: "Binding") -> bool:
        """Whether two bindings are one, or read alike."""
        if one.kind == other.kind == "import":
            return one.value == other.value
        if one.node is None or other.node is None or one.node is other.node:
            return one.node is other.node
        return self._origin(one) == self._origin(other)

    def _origin(self, binding: "Binding") -> str:
        """The code that a name has its value from: `1` for `a` in `a, b = 1, 2`."""
        node, code = binding.node, self._code(binding.cell)
        assert node is not None
        return ast.dump(node if code is None else _given(node, code) or _statement(node, code))

    def _assignment(self, mutation: "Mutation") -> str | None:
        """The statement `x[0] = value`, which does the same when it runs again."""
        code = self._code(mutation.cell)
        holder = code.parent(mutation.node) if code is not None else None
        return ast.dump(holder) if isinstance(holder, ast.Assign) else None

    def _is_sure(self, mutation: "Mutation") -> bool:
        """Whether no condition decides about a change; those in functions are not looked at."""
        code = self._code(mutation.cell)
        holders = tuple(code.ancestors(mutation.node)) if code is not None else ()
        return bool(holders) and not any(isinstance(holder, _CONDITIONS) for holder in holders)

    def _code(self, index: int) -> "Code | None":
        cell = self._notebook.cells[index]
        return cell.code if isinstance(cell, CodeCell) else None


_CONDITIONS = (ast.BoolOp, ast.If, ast.IfExp, ast.Try, ast.TryStar, ast.While, ast.match_case)


def _statement(node: ast.AST, code: "Code") -> ast.AST:
    while not isinstance(node, ast.stmt) and (holder := code.parent(node)):
        node = holder
    return node


def _given(target: ast.AST, code: "Code") -> ast.expr | None:
    """The expression that a target takes its value from, if it is clear which."""
    holder = code.parent(target)
    if isinstance(holder, ast.Tuple | ast.List):
        whole = code.parent(holder)
        given = whole.value if isinstance(whole, ast.Assign) else None
        targets = holder.elts
        if isinstance(given, ast.Tuple | ast.List) and len(given.elts) == len(targets):
            starred = any(isinstance(part, ast.Starred) for part in (*targets, *given.elts))
            return None if starred else given.elts[targets.index(target)]  # type: ignore[arg-type]
        return None
    if isinstance(holder, ast.For):
        return holder.iter if holder.target is target else None
    if isinstance(holder, ast.Assign | ast.AnnAssign | ast.NamedExpr):
        return holder.value
    return None


def _cells_by_name(items: Iterable["Binding | Mutation"]) -> dict[str, set[int]]:
    cells: dict[str, set[int]] = {}
    for item in items:
        cells.setdefault(item.name, set()).add(item.cell)
    return cells


def _unsure(use: "Use") -> bool:
    deleted = isinstance(getattr(use.node, "ctx", None), ast.Del)
    return deleted or use.later or use.opened or use.quiet


def _failed(cell: "CodeCell") -> bool:
    return any(output.kind == "error" for output in cell.outputs)


def _is_loaded(value: object) -> bool:
    """Whether a value comes from where a program keeps its results: `pickle.load(file)`."""
    if not isinstance(value, ast.Call):
        return False
    function = value.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.startswith(("load", "read_pickle", "reload", "restore"))


_COLLECTIONS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_OVERVIEWS = frozenset("dtypes head info isna isnull items nunique tail".split())
_MUTATORS = frozenset("add append clear discard extend insert pop remove setdefault update".split())


def _part(node: ast.AST) -> str | int | None:
    """The item or attribute of a name that a node stands for: `"b"` for `a["b"]` and for `a.b`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        key = node.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str | int):
            return key.value
    return None


def _lasting(mutations: "tuple[Mutation, ...]") -> Iterator["Mutation"]:
    """The mutations that no later one of the same part, or of the whole, can have undone."""
    later: set[str | int | None] = set()
    for mutation in reversed(mutations):
        part = _part(mutation.node)
        if part not in later and None not in later:
            yield mutation
        later.add(part)


def _is_display(holder: ast.AST) -> bool:
    """Whether the name in `holder` is shown with all of its parts."""
    match holder:
        case ast.Expr():
            return True
        case ast.Call(func=ast.Name(id="print" | "display")):
            return True
        case ast.Attribute(attr=attribute):
            return attribute in _OVERVIEWS
    return False


def _reads(holder: ast.AST) -> bool:
    """Whether the name in `holder` is more than filled further."""
    return not isinstance(holder, ast.Attribute) or holder.attr not in _MUTATORS
