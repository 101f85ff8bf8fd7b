"""Image files: formats, limits, probing, and collection from the publication's folder."""

from exporter.images.collector import CollectedImages, collect
from exporter.images.limits import MAX_BYTES, MAX_PIXELS
from exporter.images.probe import inspect
from exporter.images.rules import RULES

__all__ = ["MAX_BYTES", "MAX_PIXELS", "RULES", "CollectedImages", "collect", "inspect"]
