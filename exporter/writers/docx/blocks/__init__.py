"""Blocks as paragraphs, tables and content controls, with the title page and the table of contents."""
