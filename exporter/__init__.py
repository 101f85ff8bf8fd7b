"""Export of a manuscript to accessible editions, checked against it."""

from exporter import offline

__version__ = "0.1.0"

offline.switch_off()
