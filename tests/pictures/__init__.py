"""The pictures of our own publications in `input/`, drawn with Pillow alone: `python -m tests.pictures`.

Same code, same Pillow, same pixels: no clock, no unseeded chance, fonts from packages.
"""
