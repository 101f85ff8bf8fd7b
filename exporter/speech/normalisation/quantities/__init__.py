"""Sums of money and measures."""
