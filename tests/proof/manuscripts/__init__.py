"""Manuscripts that other programs make, read by ours."""
