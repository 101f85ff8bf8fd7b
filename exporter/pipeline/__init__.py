"""The build graph: steps, keys, the store and the run."""
