"""Case, gender and number of numbers, in the languages that inflect them, and nouns with two endings."""
