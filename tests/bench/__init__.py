"""How long a long report takes: CPU seconds, peak memory and size of each edition; run by `make bench`."""
