"""One manuscript, every accessible edition, and proof that they agree."""

from exporter import offline

__version__ = "0.1.0"

offline.switch_off()
