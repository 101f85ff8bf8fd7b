"""Text normalisation rules, one module for each kind of expression; `normalise` applies them in order."""
