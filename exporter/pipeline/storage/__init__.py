"""The store: results of steps under their keys; and the files and locks beneath it."""
