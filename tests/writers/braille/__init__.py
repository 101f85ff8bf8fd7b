"""The braille edition."""
