"""Tree to utterances to sound."""
