"""Image files: formats, limits, probing, and collection from the publication's folder."""

from exporter.images.collector import CollectedImages, collect
from exporter.images.rules import RULES
