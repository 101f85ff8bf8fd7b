"""Braille: translation by liblouis, the codes of languages, and files of pages (BRF, PEF).

Cells are characters of Unicode (U+2800 to U+283F, six dots) everywhere but in a BRF file. The writer of the edition and
the comparison with the tree share nothing else.
"""
