"""Formulas of EQ fields as MathML (ISO/IEC 29500-1, 17.16.5.22; MathML 3, presentation elements)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from exporter.readers.docx.inlines.mathml_tokens import operator, tokens

_MATHML = "http://www.w3.org/1998/Math/MathML"
_COMMAND = re.compile(r"\s*\\([a-z])((?:\s*\\(?:[lrb]c\s*\\?\S|(?![lrb]c)[a-z]+(?:\s*-?\d+)?))*)\s*\(", re.IGNORECASE)
_FORMATTING = re.compile(r"\s*\\\*\s*(?:\"[^\"]*\"|\S+)")
_OPTION = re.compile(r"\\([lrb]c)\s*\\?(\S)|\\([a-z]+)\s*(-?\d+)?", re.IGNORECASE)
_MAX_DEPTH = 30
_LONGEST = 1_000
"""Characters of a code that are read."""
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">", "|": "|"}


class Equation(NamedTuple):
    """The content of an EQ field."""

    mathml: str
    """A `math` element; "" if it is only text."""
    text: str
    is_complete: bool
    """Whether nothing of its layout is lost."""


class _Command(NamedTuple):
    letter: str
    options: Mapping[str, str]
    arguments: Sequence[Sequence[_Part]]


_Part = str | _Command


def read(code: str) -> Equation:
    """Return the content of an EQ field by its code, such as `EQ \\f(1,2)`."""
    code = _FORMATTING.sub("", re.sub(r"^\s*EQ\b", "", code[:_LONGEST], flags=re.IGNORECASE)).strip()
    parts, _ = _parse(code, 0, 0, ends="")
    is_complete = all(part.letter in _MARKUP for part in _commands(parts))
    is_text = not any(part.letter in _MARKUP and part.letter not in "xd" for part in _outer(parts))
    markup = "" if is_text else f'<math xmlns="{_MATHML}">{_row(parts)}</math>'
    return Equation(markup, _text(parts), is_complete or (is_text and all(map(_is_ruby, _outer(parts)))))


def _parse(code: str, position: int, depth: int, *, ends: str) -> tuple[list[_Part], int]:
    """Return the parts up to a character in `ends`, and its index."""
    parts: list[_Part] = []
    text = ""
    nested = 0
    while position < len(code):
        character = code[position]
        match = _COMMAND.match(code, position) if depth < _MAX_DEPTH else None
        if match:
            if text:
                parts.append(text)
            text = ""
            options = {
                (side or letters).lower(): sign or digits for side, sign, letters, digits in _OPTION.findall(match[2])
            }
            arguments: list[list[_Part]] = []
            position = match.end()
            while True:
                argument, position = _parse(code, position, depth + 1, ends=",;)")
                arguments.append(argument)
                is_closed = position >= len(code) or code[position] == ")"
                position += 1
                if is_closed:
                    break
            parts.append(_Command(match[1].lower(), options, arguments))
            continue
        if character == "\\" and position + 1 < len(code):
            position += 1
            character = code[position]
        elif character in ends and not nested:
            break
        else:
            nested += (character == "(") - (character == ")" and nested > 0)
        text += character
        position += 1
    return ([*parts, text] if text else parts), position


def _outer(parts: Sequence[_Part]) -> list[_Command]:
    return [part for part in parts if isinstance(part, _Command)]


def _commands(parts: Sequence[_Part]) -> list[_Command]:
    """Return all commands, with those in arguments."""
    return [
        inner
        for part in _outer(parts)
        for inner in (part, *(nested for argument in part.arguments for nested in _commands(argument)))
    ]


def _is_ruby(part: _Command) -> bool:
    """Return whether a command overstrikes words with smaller ones above: pronunciation in East Asian text."""
    return part.letter == "o" and len(part.arguments) == 2 and any(_outer(argument) for argument in part.arguments)


def _text(parts: Sequence[_Part]) -> str:
    """Return the text of an equation without its layout."""
    out = ""
    for part in parts:
        if isinstance(part, str):
            out += part
        elif _is_ruby(part):
            above = next(argument for argument in part.arguments if _outer(argument))
            base = next((argument for argument in part.arguments if argument is not above), ())
            out += f"{_text(base)}({_text(above)})"
        elif part.letter != "d":
            separator = "/" if part.letter == "f" else ", " if part.letter == "l" else " "
            out += separator.join(filter(None, map(_text, part.arguments)))
    return out


def _row(parts: Sequence[_Part]) -> str:
    """Return parts as MathML; a script follows the part to which it belongs."""
    markup: list[str] = []
    for part in parts:
        if isinstance(part, str):
            markup += tokens(part, "", words=False)
        elif part.letter == "s":
            base = markup.pop() if markup else "<mrow></mrow>"
            markup.append(_script(base, part))
        elif part.letter in _MARKUP:
            # Displacements (`\d`) have no markup, and are no base of a script that follows.
            markup += filter(None, [_MARKUP[part.letter](part)])
        else:
            markup += tokens(_text([part]), "", words=True)
    return "".join(markup)


def _argument(part: _Command, index: int) -> str:
    return f"<mrow>{_row(part.arguments[index]) if index < len(part.arguments) else ''}</mrow>"


def _fraction(part: _Command) -> str:
    return f"<mfrac>{_argument(part, 0)}{_argument(part, 1)}</mfrac>"


def _radical(part: _Command) -> str:
    if len(part.arguments) > 1 and part.arguments[0]:
        return f"<mroot>{_argument(part, 1)}{_argument(part, 0)}</mroot>"
    return f"<msqrt>{_argument(part, len(part.arguments) - 1)}</msqrt>"


def _script(base: str, part: _Command) -> str:
    if len(part.arguments) > 1:
        return f"<msubsup>{base}{_argument(part, 1)}{_argument(part, 0)}</msubsup>"
    tag = "msub" if "do" in part.options else "msup"
    return f"<{tag}>{base}{_argument(part, 0)}</{tag}>"


def _bracket(part: _Command) -> str:
    both = part.options.get("bc", "")
    left = part.options.get("lc", both) or ("" if "rc" in part.options else "(")
    right = part.options.get("rc", _CLOSING.get(both, both)) or ("" if "lc" in part.options else ")")
    inner = ",".join(_row(argument) for argument in part.arguments)
    return f"<mrow>{_fence(left)}{inner}{_fence(right)}</mrow>"


def _fence(sign: str) -> str:
    return operator(sign, stretchy=True) if sign else ""


def _integral(part: _Command) -> str:
    sign = "∑" if "su" in part.options else "∏" if "pr" in part.options else "∫"
    return f"<munderover>{operator(sign)}{_argument(part, 0)}{_argument(part, 1)}</munderover>{_argument(part, 2)}"


def _list(part: _Command) -> str:
    return operator(",").join(_argument(part, index) for index in range(len(part.arguments)))


def _array(part: _Command) -> str:
    columns = max(int(part.options.get("co") or 1), 1)
    cells = [f"<mtd>{_row(argument)}</mtd>" for argument in part.arguments]
    rows = ("".join(cells[start : start + columns]) for start in range(0, len(cells), columns))
    return f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in rows)}</mtable>"


_MARKUP: Mapping[str, Callable[[_Command], str]] = {
    "f": _fraction,
    "r": _radical,
    "s": lambda part: _script("<mrow></mrow>", part),
    "b": _bracket,
    "i": _integral,
    "l": _list,
    "a": _array,
    "x": lambda part: _argument(part, 0),
    "d": lambda _: "",
}
"""Markup by the letter of a command; overstruck characters (`\\o`) have none."""
