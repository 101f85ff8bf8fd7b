"""HTML as it stands inside manuscripts: elements to nodes of the tree."""
