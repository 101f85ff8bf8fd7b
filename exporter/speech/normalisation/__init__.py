"""Text normalisation rules, grouped by kind of expression; `exporter.speech.normalise` applies them in order."""
