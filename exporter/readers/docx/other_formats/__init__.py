"""Files of other word processors, which LibreOffice converts to Word."""
