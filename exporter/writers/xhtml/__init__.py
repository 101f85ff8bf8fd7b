"""Content documents in XHTML and what belongs to them, shared by the EPUB, DAISY and HTML editions."""
