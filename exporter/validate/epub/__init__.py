"""EPUBs: what the W3C's EPUBCheck does not see."""

from exporter.validate.epub.overlays import check as check_overlays

__all__ = ["check_overlays"]
