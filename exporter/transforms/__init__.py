"""Tree to tree, pure, in one listed order."""
