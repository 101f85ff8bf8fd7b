"""How a person reads what is written for the eye: one module a kind of thing; `normalise` puts them in order."""
