"""Code lists of ONIX for Books, by number: those of the elements that say what a product is (EDItEUR, 2024)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from string import ascii_uppercase

LISTS = {
    "NotificationType": "1",
    "ProductComposition": "2",
    "RecordSourceType": "3",
    "ProductIDType": "5",
    "TitleType": "15",
    "ContributorRole": "17",
    "EditionType": "21",
    "LanguageRole": "22",
    "ExtentType": "23",
    "ExtentUnit": "24",
    "SubjectSchemeIdentifier": "27",
    "PublishingRole": "45",
    "ProductRelationCode": "51",
    "UnpricedItemType": "57",
    "PublishingStatus": "64",
    "ProductAvailability": "65",
    "WebsiteRole": "73",
    "ProductFormFeatureType": "79",
    "SupplierRole": "93",
    "EpubTechnicalProtection": "144",
    "TitleElementLevel": "149",
    "ProductForm": "150",
    "TextType": "153",
    "ContentAudience": "154",
    "PublishingDateRole": "163",
}
"""Code lists of elements."""
CODES = {
    "1": "01-05 08 09 88 89",
    "2": "00 01 10 11 20 30 31",
    "3": "00-13",
    "5": "01-06 13-15 17 22-31 34-36",
    "15": "00-08 10-16",
    "17": "A01-A52 A56 A99 B01-B36 B99 C01-C04 C99 D01-D04 D99 E01-E11 E99 F01 F02 F99 Z01-Z06 Z98 Z99",
    "21": (
        "ABR ACT ADP ALT ANN AVS BLL BLP BRL BUD CMB CRI CSP DGO ENH ENL ETR EXP FAC FST HRE ILL INT LTE MCP MDT "
        "MLL NED NUM PBO PRB REV SCH SIG SMP SPE STU TCH UBR ULP UNN UXP VAR VOR"
    ),
    "22": "01-03 06-15",
    "23": "00 02-18 22 23",
    "24": "00-06 11 12 14-19 31",
    "27": "01-99 A2-A9 B0-B9 C0-C9 D0-D5",
    "45": "01-07 09-19 21",
    "51": "00-13 16-35 37-48",
    "57": "01-08",
    "64": "00-13 15-18",
    "65": "01 09-12 20-23 30-34 40-52 97-99",
    "73": "00-18 23-57",
    "79": "01-10 12-27 30-66",
    "93": "00-15",
    "143": "00-18 21-26",
    "144": "00-07",
    "149": "01-07",
    "150": (
        "00 AA-AO AZ BA-BP BZ CA-CE CZ DA-DC DE DF DI-DO DZ EA-ED FA FC-FF FZ LA-LC MA-MC MZ PA-PV PZ SA-SH VA VF "
        "VI-VQ VZ XA-XO XY XZ ZA-ZP ZX-ZZ"
    ),
    "153": "01-39",
    "154": "00-13",
    "163": "01 02 09-13 16 19-23 25-33 35-42",
    "196": "00-06 08-22 24-32 34-41 51-54 75-77 80-82 84-86 88-99",
}
"""Codes with their ranges, in which numbers or last letters are counted."""


@cache
def codes(number: str) -> frozenset[str]:
    """Return the codes of a list."""
    return frozenset(code for part in CODES[number].split() for code in _expanded(part))


def _expanded(part: str) -> Iterator[str]:
    first, _, last = part.partition("-")
    digits = first.lstrip(ascii_uppercase)
    prefix = first.removesuffix(digits)
    if not last:
        yield first
    elif digits:
        end = int(last.removeprefix(prefix))
        yield from (f"{prefix}{value:0{len(digits)}}" for value in range(int(digits), end + 1))
    else:
        yield from (first[:-1] + chr(value) for value in range(ord(first[-1]), ord(last[-1]) + 1))
