"""Names that files, cameras and programs give to pictures, which are no alt texts (WCAG 1.1.1 F30)."""

from __future__ import annotations

import re

_FILE = re.compile(
    r"(?:.*[\\/][\w .()-]+|\S+(?: \S+){0,2})\.(?:png|jpe?g|gif|webp|avif|tiff?|bmp|svg|heic|eps|psd|emf|wmf)"
    r"|(?:.*[\\/])?\S+\.(?:ai|pdf)",
    re.IGNORECASE,
)
"""A name of at most three words, or with its folders. What ends in “.ai” or “.pdf” may be a sentence."""
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|dcim|pict?|p|imag|wa|pxl|mvi|scan|screenshot|screen shot|image|photo|foto|imagen|imagem|picture|"
    r"figure|fig|grafik|bild|рисунок|图片|图像|截图|屏幕截图)[-_ ]?\d[\d_ .:-]*(?:wa\d+)?",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Return whether a text is the name of a file, such as `map of wells.png` or `D:\\reports\\map.png`."""
    return _FILE.fullmatch(text.strip()) is not None


def is_camera_name(text: str) -> bool:
    """Return whether a text is a name that a camera or program made, such as `IMG_2041` or `Picture 1`."""
    return _CAMERA.fullmatch(text.strip()) is not None
