"""Finished files, taken apart with other libraries than those that wrote them: what parity and validators look at."""
