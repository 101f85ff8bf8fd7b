"""The markup of a page: decoded, parsed, reduced to its main content, and alike whichever program wrote it."""
