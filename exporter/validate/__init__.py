"""Checks of manuscripts and of finished files, which result in findings."""
