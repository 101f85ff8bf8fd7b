"""The file as a whole: version, metadata, output intent, fonts, actions, external content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from exporter.findings import Finding
from exporter.validate.preflight import rules

_REQUIRED = {
    "title": r"<dc:title\b|\bdc:title\s*=",
    "creation date": r"\bxmp:CreateDate\b|\bxap:CreateDate\b",
    "modification date": r"\bxmp:ModifyDate\b|\bxap:ModifyDate\b",
    "metadata date": r"\bxmp:MetadataDate\b|\bxap:MetadataDate\b",
    "document ID": r"\bxmpMM:DocumentID\b|\bxapMM:DocumentID\b",
}
_CLAIM = re.compile(r"GTS_PDFXVersion(?:\s*=\s*[\"']|\s*>\s*)PDF/X-4(?:[\"']|\s*<)")
_FILES = frozenset({"/FontFile", "/FontFile2", "/FontFile3"})
_STATE = frozenset({"/TR", "/TR2", "/HT", "/BM", "/SMask"})
_BLENDS = (
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge", "/ColorBurn"),
    *("/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color", "/Luminosity"),
)


def check(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """Yield what is wrong with the file as a whole."""
    # The catalogue may raise what the first line of the file says.
    version = max(pdf.pdf_version, str(pdf.Root.get("/Version", ""))[1:])
    if version > "1.6":
        yield rules.VERSION.finding(f"The file is PDF {version}.")
    if pdf.is_encrypted:
        yield rules.ENCRYPTED.finding("The file is encrypted.")
    if "/ID" not in pdf.trailer:
        yield rules.IDENTIFIED.finding("The file has no identifier.")
    yield from _metadata(pdf)
    yield from _intent(pdf)
    yield from _actions(pdf)
    for number, thing in enumerate(pdf.objects):
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield from _object(thing, number)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    stream = pdf.Root.get("/Metadata")
    text = stream.read_bytes().decode("utf-8", "replace") if isinstance(stream, pikepdf.Stream) else ""
    if not _CLAIM.search(text):
        yield rules.CLAIM.finding("The metadata do not claim PDF/X-4.")
    missing = [name for name, pattern in _REQUIRED.items() if not re.search(pattern, text)]
    if missing:
        yield rules.METADATA.finding(f"The metadata have no {', '.join(missing)}.")
    stated = {str(pdf.docinfo["/Trapped"])[1:]} if "/Info" in pdf.trailer and "/Trapped" in pdf.docinfo else set()
    stated |= set(re.findall(r"pdf:Trapped(?:\s*=\s*[\"']|\s*>\s*)(\w+)", text))
    if stated not in ({"True"}, {"False"}):
        yield rules.TRAPPED.finding(
            f"Trapped is {' and '.join(sorted(stated)) or 'not stated'}; expected True or False."
        )


def _intent(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    intents = [intent for intent in pdf.Root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield rules.INTENT.finding(f"The file has {len(intents)} output intents for print; expected 1.")
        return
    (intent,) = intents
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield rules.INTENT.finding("The output intent does not name the printing condition.")
    profile = intent.get("/DestOutputProfile")
    if profile is None:
        if not str(intent.get("/RegistryName", "")):
            yield rules.INTENT.finding("The output intent has no profile, and names no registry that has it.")
        return
    if not str(intent.get("/RegistryName", "")) and not str(intent.get("/Info", "")):
        yield rules.INTENT.finding("The printing condition is in no registry, and nothing describes it.")
    yield from _profile(profile)


def _profile(profile: Any) -> Iterator[Finding]:
    from PIL import ImageCms

    try:
        head = ImageCms.getOpenProfile(BytesIO(profile.read_bytes())).profile
    except (ImageCms.PyCMSError, OSError, pikepdf.PdfError):
        yield rules.INTENT.finding("The profile of the output intent cannot be read.")
        return
    if head.device_class != "prtr":
        yield rules.INTENT.finding("The profile of the output intent is not that of an output device.")
    if head.xcolor_space.strip() != "CMYK" or profile.get("/N") != 4:
        yield rules.INTENT.finding("The profile of the output intent is not for four inks.")
    if head.version >= 5:
        yield rules.INTENT.finding("The profile of the output intent is of ICC version 5.")


def _actions(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    for name in ("/OpenAction", "/AA", "/AcroForm"):
        if name in pdf.Root and not (name == "/OpenAction" and isinstance(pdf.Root[name], pikepdf.Array)):
            yield rules.ACTION.finding(f"The file has {name}.")
    if "/JavaScript" in pdf.Root.get("/Names", {}):
        yield rules.ACTION.finding("The file has scripts.")


def _object(thing: Any, number: int) -> Iterator[Finding]:
    kind = str(thing.get("/Type", ""))
    if kind == "/FontDescriptor" and not _FILES & set(thing.keys()):
        yield rules.FONT.finding(f"The font {_plain(thing.get('/FontName'))} is not embedded.")
    if kind == "/Font" and str(thing.get("/Subtype")) in {"/Type1", "/TrueType"} and "/FontDescriptor" not in thing:
        yield rules.FONT.finding(f"The font {_plain(thing.get('/BaseFont'))} is not embedded.")
    if isinstance(thing, pikepdf.Stream):
        if "/F" in thing:
            yield rules.EXTERNAL.finding(f"Object {number + 1} takes its data from another file.")
        if str(thing.get("/Subtype")) == "/PS" or str(thing.get("/Subtype2")) == "/PS":
            yield rules.EXTERNAL.finding(f"Object {number + 1} is a program in PostScript.")
        if thing.get("/Subtype") == "/Form" and "/Ref" in thing:
            yield rules.EXTERNAL.finding(f"Object {number + 1} is a reference to a page of another file.")
        if "/OPI" in thing:
            yield rules.EXTERNAL.finding(f"Object {number + 1} is a reference to an image elsewhere (OPI).")
    if kind == "/ExtGState" or ("/Subtype" not in thing and _STATE & set(thing.keys())):
        yield from _state(thing)
    if thing.get("/S") == "/Transparency" and "/CS" in thing:
        from exporter.validate.preflight.colours import Space

        if red := Space(thing["/CS"]).red:
            yield rules.BLENDING.finding(f"A group is blended in {', '.join(sorted(red))}.")


def _state(thing: Any) -> Iterator[Finding]:
    if "/TR" in thing and thing["/TR"] != "/Identity":
        yield rules.STATE.finding("A graphics state has a transfer curve (TR).")
    if "/TR2" in thing and thing["/TR2"] != "/Default":
        yield rules.STATE.finding("A graphics state has a transfer curve (TR2).")
    halftone = thing.get("/HT")
    if isinstance(halftone, pikepdf.Dictionary) and halftone.get("/HalftoneType") not in {1, 5}:
        yield rules.STATE.finding("A graphics state has a halftone that is neither of type 1 nor 5.")
    modes = thing.get("/BM", "/Normal")
    for mode in modes if isinstance(modes, pikepdf.Array) else [modes]:
        if str(mode) not in _BLENDS:
            yield rules.BLENDING.finding(f"Unknown blend mode {_plain(mode)}.")


def _plain(name: Any) -> str:
    return str(name).removeprefix("/")
