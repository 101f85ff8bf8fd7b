"""PDFs of all publications and of a long report, before outside judges and against the tree."""
