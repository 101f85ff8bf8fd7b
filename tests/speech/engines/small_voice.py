"""A voice of Piper with no weights: a network of a dozen nodes that hums, written byte by byte as ONNX lays it out.

Each sound becomes a stretch of samples whose height is its number, so that text, pace and speaker are heard.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

INT64, FLOAT = 7, 1
STRETCH = 400
"""Samples of each sound at the pace that the voice was made for."""
SOUNDS = "_^$ abcdefghijklmnopqrstuvwxyzæðŋɐɑɒɔəɚɛɜɡɪɹɾʃʊʌʒθᵻʲˈˌːˑ.,:;!?"


def write(folder: Path, name: str = "hum", *, speakers: int = 1, **changes: Any) -> Path:
    """Write both files of a voice; `changes` go into the second. Give the first."""
    path = folder / f"{name}.onnx"
    path.write_bytes(network(speakers=speakers))
    config = {
        "audio": {"sample_rate": 16_000, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {sound: [number] for number, sound in enumerate(SOUNDS)},
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(config | changes), "utf-8")
    return path


def network(*, speakers: int = 1) -> bytes:
    """Return the network: input, input_lengths, scales and, for several speakers, sid."""
    constants = {
        "second": tensor("second", INT64, (1,), struct.pack("<q", 1)),
        "stretch": tensor("stretch", FLOAT, (1,), struct.pack("<f", STRETCH)),
        "once": tensor("once", INT64, (2,), struct.pack("<2q", 1, 1)),
        "column": tensor("column", INT64, (3,), struct.pack("<3q", 1, -1, 1)),
        "row": tensor("row", INT64, (3,), struct.pack("<3q", 1, 1, -1)),
        "quiet": tensor("quiet", FLOAT, (1,), struct.pack("<f", 1 / 256)),
    }
    nodes = [
        node("Cast", ["input"], "numbers", integer("to", FLOAT)),
        node("Mul", ["numbers", "quiet"], "heights"),
        node("Reshape", ["heights", "column"], "standing"),
        node("Gather", ["scales", "second"], "pace"),
        node("Mul", ["pace", "stretch"], "length"),
        node("Cast", ["length"], "samples", integer("to", INT64)),
        node("Concat", ["once", "samples"], "repeats", integer("axis", 0)),
        node("Tile", ["standing", "repeats"], "steps"),
        node("Reshape", ["steps", "row"], "hum" if speakers > 1 else "output"),
    ]
    inputs = [value("input", INT64, (1, "n")), value("input_lengths", INT64, (1,)), value("scales", FLOAT, (3,))]
    if speakers > 1:
        inputs.append(value("sid", INT64, (1,)))
        nodes += [
            node("Cast", ["sid"], "who", integer("to", FLOAT)),
            node("Mul", ["who", "quiet"], "deeper"),
            node("Sub", ["hum", "deeper"], "output"),
        ]
    graph = b"".join(
        [
            *(field(1, each) for each in nodes),
            field(2, b"hum"),
            *(field(5, each) for each in constants.values()),
            *(field(11, each) for each in inputs),
            field(12, value("output", FLOAT, (1, 1, "t"))),
        ]
    )
    return number(1, 8) + field(8, number(2, 17)) + field(7, graph)


def node(kind: str, inputs: list[str], output: str, *attributes: bytes) -> bytes:
    named = b"".join(field(1, each.encode()) for each in inputs) + field(2, output.encode())
    return named + field(3, output.encode()) + field(4, kind.encode()) + b"".join(field(5, each) for each in attributes)


def integer(name: str, amount: int) -> bytes:
    return field(1, name.encode()) + number(3, amount) + number(20, 2)


def tensor(name: str, kind: int, shape: tuple[int, ...], data: bytes) -> bytes:
    return b"".join(number(1, each) for each in shape) + number(2, kind) + field(8, name.encode()) + field(9, data)


def value(name: str, kind: int, shape: tuple[int | str, ...]) -> bytes:
    sides = (number(1, each) if isinstance(each, int) else field(2, each.encode()) for each in shape)
    form = b"".join(field(1, each) for each in sides)
    return field(1, name.encode()) + field(2, field(1, number(1, kind) + field(2, form)))


def number(place: int, amount: int) -> bytes:
    return varint(place << 3) + varint(amount)


def field(place: int, data: bytes) -> bytes:
    return varint(place << 3 | 2) + varint(len(data)) + data


def varint(amount: int) -> bytes:
    out = bytearray()
    while amount > 0x7F:
        out.append(amount & 0x7F | 0x80)
        amount >>= 7
    return bytes([*out, amount])
