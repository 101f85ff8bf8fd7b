"""A soak: documents that nobody wrote, read and exported for as long as one likes, in search of a crash or a hang."""
