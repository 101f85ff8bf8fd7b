"""Finished editions before judges from outside: slow, and run by `make proof` alone."""
