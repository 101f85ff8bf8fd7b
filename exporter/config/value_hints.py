"""Hints about the values of settings, by their types."""

from __future__ import annotations

import re
import typing

import msgspec
from msgspec import inspect


def value_hint(kind: type[msgspec.Struct], key: str, line: str) -> str:
    """Return a hint how a setting is written, or an empty text if its type adds nothing to the error.

    Args:
        kind: Struct of the table.
        key: Name of the setting.
        line: Format of a setting, for its name and its value.
    """
    field = next((field for field in msgspec.structs.fields(kind) if field.encode_name == key), None)
    if field is None:
        return ""
    for type_ in _types(field.type):
        match type_:
            case inspect.EnumType():
                return _choice([str(member.value) for member in type_.cls])
            case inspect.LiteralType():
                return _choice([str(value) for value in type_.values])
            case inspect.DateType():
                return f"Write year, month and day, as in: {line.format(key, '2026-03-31')}"
            case inspect.VarTupleType() | inspect.ListType():
                return f"Write it as in: {line.format(key, _sequence(type_.item_type))}"
            case inspect.StructType():
                return f"Write it as in: {line.format(key, _table(type_))}"
            case _:
                pass
    return ""


def _types(kind: typing.Any) -> tuple[inspect.Type, ...]:
    """Return the alternative types of a value."""
    info = inspect.type_info(kind)
    return info.types if isinstance(info, inspect.UnionType) else (info,)


def _choice(values: list[str]) -> str:
    return f"Write one of: {', '.join(sorted(values))}."


def _sequence(item: inspect.Type) -> str:
    """Return a list with an item of each type."""
    kinds = item.types if isinstance(item, inspect.UnionType) else (item,)
    parts = [_table(kind) if isinstance(kind, inspect.StructType) else '"..."' for kind in kinds]
    return f"[{', '.join(parts if len(parts) > 1 else parts * 2)}]"


def _table(struct_type: inspect.StructType) -> str:
    """Return a table with all its texts."""
    texts = [field.encode_name for field in struct_type.fields if _is_text(field.type)]
    return "{ " + ", ".join(f'{name} = "..."' for name in texts) + " }"


def _is_text(kind: inspect.Type) -> bool:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return any(isinstance(kind, inspect.StrType) for kind in kinds)


_TYPE_NAMES = {
    "str": "a text in quotation marks",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in square brackets",
    "object": "a table in braces",
    "date": "a date such as 2026-03-31",
    "datetime": "a date with a time",
}


def explain(message: str) -> str:
    """Return a message of msgspec in plain language."""
    message = re.sub(r"`([^`]*)`", _name_types, message)
    message = re.sub(r"'([^']*)'", r"“\1”", message)
    message = re.sub(r"^Expected (.+?)(?:, got (.+))?$", _expected, message)
    message = re.sub(r"^Object contains unknown field (.+)$", r"unknown \1", message)
    message = re.sub(r"^Object missing required field (.+)$", r"\1 is missing", message)
    message = message.replace("Invalid enum value", "unknown").replace("Invalid RFC3339 encoded date", "not a day")
    return message[:1].lower() + message[1:]


def _name_types(match: re.Match[str]) -> str:
    """Return the names of types, and other names in quotation marks."""
    kinds = [kind for kind in match[1].split(" | ") if kind != "null"]
    return " or ".join(_TYPE_NAMES.get(kind, f"“{kind}”") for kind in kinds)


def _expected(match: re.Match[str]) -> str:
    """Return what was expected and, if it is known, what was found."""
    if match[1].endswith(" of length >= 1"):
        return "it is empty"
    limit = re.fullmatch(r"(.+) ([<>])= (\S+)", match[1])
    expected = f"{limit[1]} of {limit[3]} or {'more' if limit[2] == '>' else 'less'}" if limit else match[1]
    return f"expected {expected}, found {match[2]}" if match[2] else f"expected {expected}"
