"""Pictures: what a file really is, and every picture of a publication found safely inside its folder."""

from exporter.images.collector import Gathered, gather
from exporter.images.limits import MAX_BYTES, MAX_PIXELS
from exporter.images.probe import inspect
from exporter.images.rules import RULES

__all__ = ["MAX_BYTES", "MAX_PIXELS", "RULES", "Gathered", "gather", "inspect"]
