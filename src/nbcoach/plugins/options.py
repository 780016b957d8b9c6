"""The options of rules: what the settings say, checked against what the rule declares."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from nbcoach.errors import PackError, SettingsError
from nbcoach.plugins.entry import Option, RuleEntry
from nbcoach.rule import Rule
from nbcoach.settings import Settings
from nbcoach.settings.profiles import PROFILES

_WORDS: Final = "one of a few words"
_KINDS: Final[Mapping[Any, str]] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    tuple[str, ...]: "a list of text",
    Mapping[str, str]: "a table of text",
}
"""The types that an option may have besides `Literal` words, and what people call them."""


def options_for(rule: Rule, settings: Settings) -> Any:
    """The rule's options as the settings have them, None where it declares none.

    Raises SettingsError where an option is unknown or of the wrong type.
    """
    given = tuple(_given(rule.name, rule.code, settings))
    if not given:
        return rule.options
    return replace(rule.options, **_fitted(given, declared_options(rule), rule.code))  # type: ignore[type-var]


def check_options(entry: RuleEntry, settings: Settings) -> None:
    """Raise SettingsError where the settings give a rule an option that does not fit."""
    _fitted(tuple(_given(entry.name, entry.code, settings)), entry.options, entry.code)


def declared_options(rule: Rule) -> tuple[Option, ...]:
    """The options that a rule declares. Raises PackError if no configuration file can hold one."""
    options = rule.options
    if options is None:
        return ()
    if not is_dataclass(options) or isinstance(options, type):
        raise PackError(f"the options of {rule.code} are not an instance of a dataclass")
    hints = get_type_hints(type(options))
    return tuple(
        _option(field.name, hints[field.name], getattr(options, field.name), rule)
        for field in fields(options)
    )


def _option(name: str, hint: Any, default: object, rule: Rule) -> Option:
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    kind = _WORDS if choices else next((_KINDS[kind] for kind in _KINDS if kind == hint), None)
    if kind is None or not _all_text(choices):
        kinds = ", ".join(getattr(kind, "__name__", str(kind)) for kind in _KINDS)
        raise PackError(f"option `{name}` of {rule.code} has type {hint}; use one of {kinds}")
    plain = list(default) if isinstance(default, tuple) else default
    return Option(name.replace("_", "-"), kind, plain, choices)


def _given(name: str, code: str, settings: Settings) -> Iterator[tuple[str, str, object]]:
    source = settings.given.get("rules", "")
    layers = (
        (f"profile {settings.profile}", PROFILES[settings.profile].rules.get(name, {})),
        (source, settings.rules.get(name, {})),
        (source, settings.rules.get(code, {})),
    )
    for layer, table in layers:
        for option, value in table.items():
            yield f"{layer}: `rules.{name}.{option}`", option, value


def _fitted(
    given: tuple[tuple[str, str, object], ...], declared: tuple[Option, ...], code: str
) -> dict[str, object]:
    by_name = {option.name: option for option in declared}
    values = {}
    for key, name, value in given:
        if name not in by_name:
            raise SettingsError(f"{key} is unknown; {_hint(name, by_name, code)}")
        values[name.replace("-", "_")] = _fit(by_name[name], value, key)
    return values


def _hint(name: str, known: Mapping[str, Option], code: str) -> str:
    from nbcoach.spelling import nearest

    return f"the nearest is `{nearest(name, known)}`" if known else f"{code} has no options"


def _fit(option: Option, value: Any, key: str) -> object:
    match option.kind, value:
        case ("true or false", bool()) | ("text", str()):
            return value
        case ("a whole number", int()) if not isinstance(value, bool):
            return value
        case ("a number", int() | float()) if not isinstance(value, bool):
            return float(value)
        case ("a list of text", list() | tuple()) if _all_text(value):
            return tuple(value)
        case ("a table of text", dict()) if _all_text(value.values()):
            return value
        case (_, str()) if value in option.choices:
            return value
    expected = " or ".join(f"`{word}`" for word in option.choices) or option.kind
    raise SettingsError(f"{key} must be {expected}, not `{value}`")


def _all_text(values: Any) -> bool:
    return all(isinstance(value, str) for value in values)
