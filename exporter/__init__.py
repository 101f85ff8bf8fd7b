"""One manuscript, every accessible edition, and proof that they agree."""

__version__ = "0.1.0"
