"""Execution of steps: their order, their processes and machines, and their failures."""
