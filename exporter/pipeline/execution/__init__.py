"""Execution of steps: their order, their processes and machines, and their failures.

`scheduler` executes a graph in the order of `precedence`, in processes (`pool`, `worker`) or on a cluster (`cluster`,
`cluster_worker`). `progress` estimates the time left from `measurements`; `step_history` says why a step was executed
again. `failures` makes findings of errors, `crash_reports` keeps their details.
"""
