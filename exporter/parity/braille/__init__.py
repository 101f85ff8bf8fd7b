"""Braille editions, read back from their cells: the lines of a BRF file and the files of an eBraille book."""
