"""Numbers, ordinals, ranges and numbers with signs between them."""
