"""The store: what steps have made, under what it was made from; and the files and locks beneath it."""
