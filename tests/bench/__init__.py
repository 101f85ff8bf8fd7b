"""How long a long report takes: CPU seconds, peak memory and size of each edition. Run by `make bench`, not by pytest."""
