"""The design of the document: styles, theme, numbering and sections, or those of a reference document."""
