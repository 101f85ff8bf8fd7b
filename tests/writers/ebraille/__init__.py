"""The eBraille edition."""
