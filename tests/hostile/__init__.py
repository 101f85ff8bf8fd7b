"""Publications that are hostile or merely huge: each ends within limits of time and memory, in a sentence."""
