"""Tests of `exporter.writers.fonts`."""
