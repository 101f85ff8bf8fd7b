"""Execution of steps: their order, their processes and machines, and what goes wrong there."""
