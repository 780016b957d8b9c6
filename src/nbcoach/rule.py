"""Rules: values that say what they look at and what they do with it."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, overload

from nbcoach.finding import Confidence, Finding, Fix, Related, Safety, Severity
from nbcoach.notebook import WHOLE_NOTEBOOK, Cell, CodeCell, Location, Notebook, Span
from nbcoach.wording import LONGEST, fitted

if TYPE_CHECKING:
    from nbcoach.project import Project
    from nbcoach.python.semantics import Binding, Deletion, Mutation, Unknown, Use

Default = Literal["on", "preview", "off"]
Where = ast.AST | Span | Cell | Location | Path | None
Check = Callable[[Any, "Context"], Iterable[Finding]]

_First = TypeVar("_First")
_Second = TypeVar("_Second")
_Options = TypeVar("_Options")


@dataclass(frozen=True, eq=False)
class Rule:
    """What is known of a rule without running it.

    `subjects` are the types of the values `check` is called with: classes of `ast` nodes, of
    cells, `Output`, `Notebook`, `Project`, or the engine's own events in `nbcoach.subjects`.
    `mentions` are words of which at least one must occur in the notebook's code, else the rule
    is neither run nor imported. `safety` is that of its fixes, None where it has none.
    """

    code: str
    name: str
    summary: str
    subjects: tuple[type, ...]
    check: Check
    mentions: tuple[str, ...] = ()
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.LIKELY
    default: Default = "preview"
    safety: Safety | None = None
    options: object = None
    module: str = ""


class Context(NamedTuple):
    """What a rule may ask for while it looks at one subject.

    `policy` says which outputs the settings want kept: any, source-only, kept or executed; `active`
    holds the codes of all rules that run, for a rule that leaves a case to another.
    """

    rule: Rule
    notebook: Notebook
    project: "Project"
    cell: Cell | None = None
    settings: object = None
    policy: str = "any"
    active: frozenset[str] = frozenset()

    def options(self, kind: type[_Options]) -> _Options:
        """The rule's options as the settings have them, an instance of `kind`.

        Raises TypeError if the rule declared options of another kind.
        """
        if not isinstance(self.settings, kind):
            raise TypeError(f"{self.rule.code} has no options of type {kind.__name__}")
        return self.settings

    def finding(
        self,
        where: Where,
        message: str,
        fix: Fix | None = None,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        related: Iterable[tuple[Where, str]] = (),
    ) -> Finding:
        """A finding of this rule.

        `where` is an `ast` node or a span of the current cell, a cell, a location, the path of a
        file (for rules about projects), or None for the whole notebook.
        """
        return Finding(
            code=self.rule.code,
            name=self.rule.name,
            message=message if len(message) <= LONGEST else fitted(message),
            location=self.locate(where),
            severity=self.rule.severity if severity is None else severity,
            confidence=self.rule.confidence if confidence is None else confidence,
            fix=fix,
            related=tuple(Related(self.locate(place), text) for place, text in related),
            path=str(where) if isinstance(where, Path) else "",
        )

    def locate(self, where: Where) -> Location:
        """The location of anything a rule can point at."""
        match where:
            case None | Path():
                return WHOLE_NOTEBOOK
            case Location():
                return where
            case Cell():
                return Location(where.index)
        if self.cell is None:
            raise TypeError(f"{self.rule.code} points into a cell, but has none")
        if isinstance(where, Span):
            return Location(self.cell.index, where)
        code = self.cell.code if isinstance(self.cell, CodeCell) else None
        if code is None:
            raise TypeError(f"{self.rule.code} points at a node of a cell that is not Python")
        return Location(self.cell.index, code.span(where))

    def at(self, cell: Cell, span: Span | ast.AST) -> Location:
        """A place in any cell, for rules that look at a whole notebook."""
        if isinstance(span, Span):
            return Location(cell.index, span)
        code = cell.code if isinstance(cell, CodeCell) else None
        return Location(cell.index, code.span(span) if code is not None else None)

    def place(self, event: "Use | Binding | Deletion | Mutation | Unknown") -> Location:
        """Where something that `notebook.as_read` tells of stands: its node, else its cell."""
        cell = self.notebook.cells[event.cell]
        code = cell.code if isinstance(cell, CodeCell) else None
        if code is None or event.node is None or not hasattr(event.node, "lineno"):
            return Location(event.cell)
        return Location(event.cell, code.span(event.node))

    def is_reached(self, node: ast.AST) -> bool:
        """Whether running the notebook comes to the name that a node starts with.

        At the top level it does; in a function only where a cell surely calls it.
        """
        while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
            node = node.func if isinstance(node, ast.Call) else node.value
        use = self.notebook.as_read.use_of(node)
        return use is not None and not use.later

    def qualified_name(self, node: ast.AST) -> str | None:
        """The dotted name that `node` stands for, with aliases resolved: `pandas.read_csv`."""
        return self.notebook.as_read.qualified_name(node)


@overload
def rule(
    code: str,
    subject: type[_First],
    /,
    *,
    mentions: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    confidence: Confidence = Confidence.LIKELY,
    default: Default = "preview",
    fix: Safety | None = None,
    options: object = None,
) -> Callable[[Callable[[_First, Context], Iterator[Finding]]], Rule]: ...


@overload
def rule(
    code: str,
    subject: type[_First],
    other: type[_Second],
    /,
    *,
    mentions: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    confidence: Confidence = Confidence.LIKELY,
    default: Default = "preview",
    fix: Safety | None = None,
    options: object = None,
) -> Callable[[Callable[[_First | _Second, Context], Iterator[Finding]]], Rule]: ...


def rule(
    code: str,
    /,
    *subjects: type,
    mentions: tuple[str, ...] = (),
    severity: Severity = Severity.WARNING,
    confidence: Confidence = Confidence.LIKELY,
    default: Default = "preview",
    fix: Safety | None = None,
    options: object = None,
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of the decorated function: its name is the rule's, its docstring the summary."""

    def decorate(check: Callable[..., Iterator[Finding]]) -> Rule:
        return Rule(
            code=code,
            name=check.__name__.replace("_", "-"),
            summary=(check.__doc__ or "").strip().split("\n")[0],
            subjects=subjects,
            check=check,
            mentions=mentions,
            severity=severity,
            confidence=confidence,
            default=default,
            safety=fix,
            options=options,
            module=check.__module__,
        )

    return decorate
