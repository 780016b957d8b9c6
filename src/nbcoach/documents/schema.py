"""Notebooks compared with the schemas that nbformat publishes."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from nbcoach.documents.cells import Steps, format_of
from nbcoach.documents.shape import surely_valid
from nbcoach.subjects import SchemaViolation

_NEWEST: Final = (4, 5)
# The fields that tell apart what a cell or an output may be.
_DISCRIMINATORS: Final = ("cell_type", "output_type")
_TYPE_NAMES: Final = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "`null`",
}
_PATTERN_NAMES: Final = {
    "^[a-zA-Z0-9-_]+$": "may hold only letters, digits, `-` and `_`",
    "^[^,]+$": "must not be empty or hold a comma",
    "^.+$": "must not be empty",
}


def violations(root: dict[str, Any]) -> tuple[SchemaViolation, ...]:
    """Every way in which a parsed notebook breaks the schema of the version it states.

    Missing ids of cells are not among them: that is a rule's business, as nbformat tolerates them.
    """
    if surely_valid(root):
        return ()
    major, minor = format_of(root)
    if major < 3:
        return ()  # nbformat has no schema for the first two versions
    if major > _NEWEST[0] or minor < 0:
        return (SchemaViolation(("nbformat",), f"nbformat {major}.{minor} is not known"),)
    schema = _Schema(_published((major, min(minor, _NEWEST[1]))), lenient=(major, minor) > _NEWEST)
    return tuple(_alike(schema.problems(root)))


def _alike(problems: Iterable[SchemaViolation]) -> Iterator[SchemaViolation]:
    """The problems, those of the same fields with the same reason as one."""
    groups: dict[tuple[object, ...], list[SchemaViolation]] = {}
    for problem in problems:
        fields = tuple([step for step in problem.path if isinstance(step, str)])
        groups.setdefault((fields, problem.reason), []).append(problem)
    for first, *rest in groups.values():
        yield first._replace(others=tuple([problem.path for problem in rest]))


class _Schema:
    """One schema; a lenient one allows what a later version may have added."""

    def __init__(self, schema: dict[str, Any], *, lenient: bool) -> None:
        self._schema = schema
        self._lenient = lenient

    def problems(self, root: dict[str, Any]) -> Iterator[SchemaViolation]:
        """What is wrong with a whole notebook."""
        return self._problems(root, self._schema, ())

    def _problems(
        self, value: Any, schema: dict[str, Any], path: Steps
    ) -> Iterator[SchemaViolation]:
        schema = self._resolved(schema)
        types = schema.get("type", ())
        types = (types,) if isinstance(types, str) else types
        if types and not any(_is(value, kind) for kind in types):
            wanted = " or ".join(_TYPE_NAMES[kind] for kind in types)
            yield SchemaViolation(path, f"must be {wanted}, is {_type_name(value)}")
        elif "oneOf" in schema:
            yield from self._of_choices(value, schema["oneOf"], path)
        else:
            yield from _of_value(value, schema, path)
            if isinstance(value, dict):
                yield from self._of_object(value, schema, path)
            if isinstance(value, list) and "items" in schema:
                for index, item in enumerate(value):
                    yield from self._problems(item, schema["items"], (*path, index))

    def _of_choices(
        self, value: Any, choices: list[dict[str, Any]], path: Steps
    ) -> Iterator[SchemaViolation]:
        """What keeps a value from being the one of several things that it comes closest to."""
        schemas = [self._resolved(choice) for choice in choices]
        if isinstance(value, dict):
            for field in _DISCRIMINATORS:
                kinds = [s.get("properties", {}).get(field, {}).get("enum", ()) for s in schemas]
                if any(kinds):
                    yield from self._of_kind(value, field, kinds, schemas, path)
                    return
        found = [tuple(self._problems(value, schema, path)) for schema in schemas]
        if not all(found):
            return
        deeper = [problems for problems in found if problems[0].path != path]
        if deeper:
            yield from deeper[0]
        else:
            wanted = " or ".join(_TYPE_NAMES[schema["type"]] for schema in schemas)
            yield SchemaViolation(path, f"must be {wanted}, is {_type_name(value)}")

    def _of_kind(
        self,
        value: dict[str, Any],
        field: str,
        kinds: list[list[str]],
        schemas: list[dict[str, Any]],
        path: Steps,
    ) -> Iterator[SchemaViolation]:
        for names, schema in zip(kinds, schemas, strict=True):
            if value.get(field) in names:
                yield from self._problems(value, schema, path)
                return
        if field not in value:
            yield SchemaViolation((*path, field), f"`{field}` is missing")
        elif not self._lenient or not isinstance(value[field], str):
            known = [name for names in kinds for name in names]
            yield SchemaViolation((*path, field), f"must be {_either(known)}")

    def _of_object(
        self, value: dict[str, Any], schema: dict[str, Any], path: Steps
    ) -> Iterator[SchemaViolation]:
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value and name != "id":
                yield SchemaViolation((*path, name), f"`{name}` is missing")
        patterns = schema.get("patternProperties", {})
        others = schema.get("additionalProperties", True)
        for name, field in value.items():
            here = (*path, name)
            if name in properties:
                yield from self._problems(field, properties[name], here)
            matching = [known for pattern, known in patterns.items() if _matches(pattern, name)]
            for known in matching:
                yield from self._problems(field, known, here)
            if name in properties or matching:
                continue
            if isinstance(others, dict):
                yield from self._problems(field, others, here)
            elif not others and not self._lenient:
                yield SchemaViolation(here, f"`{name:.40}` is not allowed here")

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema that a reference leads to."""
        while "$ref" in schema:
            target = self._schema
            for step in schema["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            schema = target
        return schema


def _of_value(value: Any, schema: dict[str, Any], path: Steps) -> Iterator[SchemaViolation]:
    """What is wrong with a value apart from its type and its parts."""
    if "enum" in schema and value not in schema["enum"]:
        yield SchemaViolation(path, f"must be {_either(schema['enum'])}")
    if _is(value, "number"):
        if value < schema.get("minimum", value):
            yield SchemaViolation(path, f"must be at least {schema['minimum']}, is {value}")
        if value > schema.get("maximum", value):
            yield SchemaViolation(path, f"must be at most {schema['maximum']}, is {value}")
    if isinstance(value, str):
        if len(value) > schema.get("maxLength", len(value)):
            yield SchemaViolation(path, f"must have at most {schema['maxLength']} characters")
        pattern = schema.get("pattern", "")
        if not _matches(pattern, value):
            yield SchemaViolation(path, _PATTERN_NAMES.get(pattern, f"must match `{pattern}`"))
    if schema.get("uniqueItems") and isinstance(value, list):
        seen = set()
        for index, item in enumerate(value):
            if isinstance(item, str) and item in seen:
                yield SchemaViolation((*path, index), f"`{item:.40}` is here twice")
            elif isinstance(item, str):
                seen.add(item)


def _is(value: Any, kind: str) -> bool:
    match kind:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "integer":
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool)
        case _:
            return isinstance(value, int | float) and not isinstance(value, bool)


def _type_name(value: Any) -> str:
    """What a value is, for people; a fraction is a number, not a whole one."""
    return next(name for kind, name in _TYPE_NAMES.items() if _is(value, kind))


def _either(values: list[Any]) -> str:
    words = [value if isinstance(value, str) else json.dumps(value) for value in values]
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _matches(pattern: str, text: str) -> bool:
    # In a schema `$` is the very end; in Python it also matches before a last line's end.
    return re.search(pattern.replace("$", r"\Z"), text) is not None


@cache
def _published(version: tuple[int, int]) -> dict[str, Any]:
    """nbformat's own file for a version, found without the cost of importing nbformat."""
    from importlib.util import find_spec

    package = find_spec("nbformat")
    assert package is not None  # it is a dependency
    assert package.origin is not None
    major, minor = version
    name = "nbformat.v3.schema.json" if major == 3 else f"nbformat.v4.{minor}.schema.json"
    schema: dict[str, Any] = json.loads(
        (Path(package.origin).parent / f"v{major}" / name).read_text("utf-8")
    )
    return schema
