"""The tree as markup that is valid as both XHTML and HTML, for PDF, EPUB and HTML."""
