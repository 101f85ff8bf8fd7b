"""Faults of what readers meet, planted in finished editions of one manuscript."""
