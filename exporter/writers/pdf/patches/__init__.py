"""Patches of WeasyPrint, each with the reason for it."""
