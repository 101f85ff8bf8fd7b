"""The order in which steps are executed that need not wait for each other."""

from __future__ import annotations

from collections.abc import Callable
from graphlib import TopologicalSorter

from exporter.pipeline.manuscripts import Manuscript
from exporter.pipeline.step import Graph, Step

_RANK = 1e7
"""Seconds that count more than those of any publication."""


def precedence(graph: Graph, seconds: Callable[[Step], float]) -> dict[Step, float]:
    """Return the weight of each step; that of the largest weight is executed first.

    Steps that find out what has to be done go before all others, and small publications before large ones, so that none
    waits for one that is huge or hangs. In a publication, the weight is the critical path: the seconds from the start
    of a step to the end of the last one that waits for it, so that no long step is left for the end.

    Args:
        graph: The steps.
        seconds: Returns how long a step will probably take.
    """
    paths = dict.fromkeys(graph, 0.0)
    for step in reversed(tuple(TopologicalSorter(graph).static_order())):
        # In this order, the paths of the steps that depend on it are final.
        paths[step] += seconds(step)
        for need in graph[step]:
            paths[need] = max(paths[need], paths[step])
    manuscripts = sorted(dict.fromkeys(step.publication.manuscript for step in graph), key=Manuscript.size)
    ranks = {manuscript: len(manuscripts) - position for position, manuscript in enumerate(manuscripts)}
    return {
        step: path + _RANK * (ranks[step.publication.manuscript] + len(manuscripts) * step.goes_first)
        for step, path in paths.items()
    }
