"""Objects of a file are made and compressed once, and the file is the same."""

from __future__ import annotations

import zlib
from io import BytesIO
from unittest.mock import Mock, patch

import pydyf

from exporter.writers.pdf.patches import object_bytes


def written() -> tuple[bytes, int]:
    """Return a file with a compressed stream, and how often something was compressed."""
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([b"0 0 m"], {"Inner": pydyf.Dictionary({"A": 1})}, compress=True))
    pdf.add_object(pydyf.Dictionary({"B": pydyf.Array([pydyf.Dictionary({"C": pydyf.String("d")})])}))
    output = BytesIO()
    with patch.object(zlib, "compressobj", Mock(side_effect=zlib.compressobj)) as compressed:
        pdf.write(output, version=b"1.7", identifier=True, compress=True)
    return output.getvalue(), compressed.call_count


def test_objects_are_compressed_once() -> None:
    plain, twice = written()
    with object_bytes.patched():
        data, once = written()
    assert data == plain
    assert (twice, once) == (5, 3), "the stream, that of the objects, and that of their places"
