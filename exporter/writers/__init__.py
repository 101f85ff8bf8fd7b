"""Tree to edition: one file or folder per format."""
