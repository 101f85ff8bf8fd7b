"""Abbreviations, initialisms and codes."""
