"""Dates, times of day and years with their words."""
