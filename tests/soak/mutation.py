"""Documents changed by chance: bytes flipped, cut and doubled; whole pieces taken out, swapped, wrapped and moved."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Sequence

from lxml import etree

_PIECES = re.compile(rb"<[^<>]{0,400}>|[^<]+|<")

_LARGEST = 300
"""Elements that are copied or moved together at most."""


def changed(chance: random.Random, data: bytes, others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """Return a document with a few changes.

    Args:
        chance: Decides which.
        data: The document.
        others: Documents from which pieces are taken.
        words: Pieces that mean something in this format, put in at random.
    """
    for _ in range(chance.choice((1, 1, 2, 3, 8, 20))):
        data = chance.choice((_bytes, _bytes, _pieces, _pieces, _spliced, _inserted))(chance, data, others, words)
    return data


def rearranged(chance: random.Random, data: bytes) -> bytes:
    """Give a part that is still XML: elements moved, doubled, wrapped and taken out, attributes given other values."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return data
    for _ in range(chance.choice((2, 4, 8, 20))):
        # What stands right below the root holds everything else: without it there is nothing to read.
        elements = [element for element in root.iter(etree.Element) if element.getparent() not in (None, root)]
        if len(elements) < 2:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        if sum(1 for _ in one.iter()) > _LARGEST:
            continue
        parent = one.getparent()
        match chance.randrange(6):
            case 0:
                parent.remove(one)
            case 1:
                other.append(copy.deepcopy(one))
            case 2:
                other.addnext(copy.deepcopy(one))
            case 3:
                # A name that only a forgiving parser lets pass can be copied, not made.
                wrapper = copy.deepcopy(other)
                wrapper[:] = [one]
                parent.append(wrapper)
            case 4 if one.attrib:
                values = [value for each in elements for value in each.attrib.values()]
                one.set(chance.choice(list(one.attrib)), chance.choice([*values, "-1", "99999999999", "", "\u202e"]))
            case _:
                one.text, other.text = other.text, one.text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _bytes(chance: random.Random, data: bytes, _others: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    out = bytearray(data)
    place = chance.randrange(len(out) + 1)
    match chance.randrange(5):
        case 0:
            out[place : place + 1] = bytes([chance.randrange(256)])
        case 1:
            del out[place : place + chance.randrange(1, 40)]
        case 2:
            out[place:place] = out[place : place + chance.randrange(1, 200)] * chance.choice((1, 2, 50))
        case 3:
            out[place:place] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 6)))
        case _:
            del out[place:]
    return bytes(out)


def _pieces(chance: random.Random, data: bytes, _others: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    """Change tags and the texts between them as wholes; text without tags counts by lines."""
    parts = _PIECES.findall(data) if data.count(b"<") > 5 else data.splitlines(keepends=True)
    if len(parts) < 2:
        return data
    one, other = sorted((chance.randrange(len(parts)), chance.randrange(len(parts))))
    match chance.randrange(5):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[other] = parts[other], parts[one]
        case 2:
            parts[one:one] = parts[one : one + chance.randrange(1, 30)] * chance.choice((1, 1, 3, 100))
        case 3:
            moved = parts[one : one + chance.randrange(1, 30)]
            del parts[one : one + len(moved)]
            place = chance.randrange(len(parts) + 1)
            parts[place:place] = moved
        case _:
            parts[one:other] = [chance.choice(parts), *parts[one:other], chance.choice(parts)]
    return b"".join(parts)


def _spliced(chance: random.Random, data: bytes, others: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    other = chance.choice(others) if others else data
    place, start = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:place] + other[start : start + chance.randrange(1, 3000)] + data[place:]


def _inserted(chance: random.Random, data: bytes, _others: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    if not words:
        return data
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(words) * chance.choice((1, 1, 1, 2, 300)) + data[place:]
