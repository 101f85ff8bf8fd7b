"""Ghostscript makes PDF/X-4 of the pages: pictures in inks, the output intent, what the standard wants in a file.

The metadata stream is written after it: of two characters beyond U+FFFF in one text, Ghostscript 10 writes another for
the second.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import uuid
from pathlib import Path
from typing import Any

from exporter import programs
from exporter.errors import StepError
from exporter.findings import Finding, Rule, Severity
from exporter.installation import install_command
from exporter.model import Direction, Metadata
from exporter.writers.pdf import xmp
from exporter.writers.print.conditions import PROGRAM, REGISTRY, Condition

NOT_SEPARATED = Rule(
    id="print-rgb",
    severity=Severity.WARNING,
    sentence="The print edition is in the inks of the press (PDF/X-4).",
    advice=f"Install Ghostscript 10.03 or newer and the colour profiles, then export again: {install_command(PROGRAM)}",
    clause="ISO 15930-7",
)
SECONDS = 900.0


def missing(condition: Condition) -> str:
    """Return what is not installed, or "" if nothing is missing."""
    names = []
    if condition.program is None:
        names.append("Ghostscript")
    if condition.profile is None and not condition.own:
        names.append(f"the colour profile {condition.registered.profile}.icc")
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} not installed." if names else ""


def not_separated(why: str) -> Finding:
    """Return the finding that the file is in RGB."""
    message = f"The print edition was made in RGB, not as PDF/X-4, so the printer has to convert it: {why}"
    return NOT_SEPARATED.finding(message, edition="print")


def name_glyphs(pdf: Any) -> None:
    """Map glyphs without a character, such as accents that are drawn by themselves, to one that is not seen.

    Ghostscript leaves out the characters of all glyphs of a font of which one has none.
    """
    import pydyf

    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and b"begincmap" in thing.stream:
            thing.stream = [part.replace(b"<>", b"<2060>") for part in thing.stream]


def separate(source: Path, target: Path, condition: Condition, metadata: Metadata, about: xmp.About) -> None:
    """Convert the pages.

    Args:
        source: The pages in RGB and inks, without annotations; what Ghostscript reads is put beside it.
        target: Where PDF/X-4 is written.
        condition: A printing condition that is ready.
        metadata: For the title and the date.
        about: The description of the file.

    Raises:
        StepError: Ghostscript failed, or made something else than PDF/X-4.
    """
    import pikepdf

    assert condition.program is not None
    scratch = source.parent
    # Under fixed names: Ghostscript makes identifiers of them.
    (scratch / "profile.icc").write_bytes(condition.icc())
    (scratch / "intent.ps").write_text(_intent(condition, metadata), "ascii")
    name = uuid.uuid5(uuid.NAMESPACE_OID, hashlib.sha256(source.read_bytes()).hexdigest())
    command: list[str | Path] = [
        condition.program,
        *("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "--permit-file-read=profile.icc"),
        *("-sDEVICE=pdfwrite", "-dPDFX=4", "-dCompatibilityLevel=1.6"),
        *("-sColorConversionStrategy=CMYK", "-sProcessColorModel=DeviceCMYK", "-sOutputICCProfile=profile.icc"),
        *("-dRenderIntent=1", "-dBlackPtComp=1"),
        *("-dAutoRotatePages=/None", "-dEmbedAllFonts=true", "-dSubsetFonts=true"),
        *("-dDownsampleColorImages=false", "-dDownsampleGrayImages=false", "-dDownsampleMonoImages=false"),
        *(f"-sDocumentUUID={name}", f"-sInstanceUUID={name}"),
        *("-o", "press.pdf", "intent.ps", source.name),
    ]
    moment = datetime.datetime.combine(metadata.date or datetime.date(1970, 1, 1), datetime.time(), datetime.UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(moment.timestamp())), "TZ": "UTC", "LC_ALL": "C"}
    done = programs.run(command, seconds=SECONDS, folder=scratch, env=environment)
    output = (done.stdout + done.stderr).decode(errors="replace")
    separated = scratch / "press.pdf"
    if done.returncode or not separated.is_file() or "reverting to normal PDF" in output:
        last = " ".join(output.split())[-300:] or f"exit code {done.returncode}"
        raise StepError(f"Ghostscript could not make PDF/X-4 of the print edition: {last}")
    date = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    with pikepdf.open(separated) as pdf:
        about = about._replace(created=date, modified=date, producer=str(pdf.docinfo["/Producer"]))
        pdf.Root.Metadata.write(xmp.packet(about, _claims(name, date)))
        # Ghostscript makes the identifier of the time: kept, it would be that of all publications of a day.
        del pdf.trailer.ID
        pdf.save(target, deterministic_id=True, fix_metadata_version=False)


def _claims(name: uuid.UUID, date: str) -> xmp.Claims:
    """Return what PDF/X-4 wants in the metadata besides the description (ISO 15930-7, 6.16)."""
    return xmp.Claims(
        (
            ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
            ("pdf:Trapped", "False"),
            ("xmp:CreatorTool", "exporter"),
            ("xmp:MetadataDate", date),
            ("xmpMM:DocumentID", f"uuid:{name}"),
            ("xmpMM:RenditionClass", "default"),
            ("xmpMM:VersionID", "1"),
        )
    )


def _intent(condition: Condition, metadata: Metadata) -> str:
    """Return the output intent and the title as PostScript (ISO 15930-7, 6.2.2 and 6.7)."""
    registered = condition.registered
    # A condition that nobody has registered is told by its profile alone.
    registry = "" if condition.own else f"  /RegistryName ({REGISTRY})\n"
    # Bound on the right, as a reader of spreads has to know (ISO 32000-1, 12.2).
    bound = "/R2L" if metadata.direction is Direction.RTL else "/L2R"
    return f"""%!
[ /GTS_PDFXVersion (PDF/X-4) /Creator (exporter) /Title {_text(metadata.title)} /Trapped /False /DOCINFO pdfmark
[ /_objdef {{profile}} /type /stream /OBJ pdfmark
[ {{profile}} << /N 4 >> /PUT pdfmark
[ {{profile}} (profile.icc) (r) file /PUT pdfmark
[ /_objdef {{intent}} /type /dict /OBJ pdfmark
[ {{intent}} <<
  /Type /OutputIntent /S /GTS_PDFX
  /OutputConditionIdentifier ({registered.identifier})
  /OutputCondition {_text(registered.words)}
  /Info {_text(registered.words)}
{registry}  /DestOutputProfile {{profile}}
>> /PUT pdfmark
[ {{Catalog}} << /OutputIntents [ {{intent}} ] /Lang {_text(metadata.language)} >> /PUT pdfmark
[ {{Catalog}} << /ViewerPreferences << /DisplayDocTitle true /Direction {bound} >> >> /PUT pdfmark
"""


def _text(words: str) -> str:
    """Return words as a PostScript string in the encoding of PDF's text strings (ISO 32000-1, 7.9.2.2)."""
    data = b"\xfe\xff" + words.encode("utf-16-be")
    return f"<{data.hex()}>"
