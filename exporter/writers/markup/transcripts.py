"""Transcripts as markup: who speaks, what is said, and what else is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from exporter.model import Cue, Transcript, Turn
from exporter.writers.markup.element import element, escape

if TYPE_CHECKING:
    from exporter.writers.markup.block import Markup


def transcript(markup: Markup, node: Transcript, depth: int) -> str:
    """Return a transcript, as a group with a name."""
    values = {
        **markup.at(node),
        "class": "transcript",
        "role": "group",
        "aria-label": markup.labels("common.transcript"),
    }
    return element("div", "\n".join(_turn(markup, turn, depth) for turn in node.turns), values)


def _turn(markup: Markup, turn: Turn | Cue, depth: int) -> str:
    match turn:
        case Turn():
            content = f"{_speaker(markup, turn)}\n{markup.blocks(turn.children, depth)}"
            return element("div", content, {**markup.at(turn), "class": "turn"})
        case Cue():
            return element("p", markup.inlines(turn.children), {**markup.at(turn), "class": "cue", "role": "note"})
        case _:
            assert_never(turn)


def _speaker(markup: Markup, turn: Turn) -> str:
    name = element("span", escape(turn.speaker.name), {"class": "name"})
    if not turn.speaker.role:
        return element("p", name, {"class": "speaker"})
    role = element("span", escape(turn.speaker.role), {"class": "role"})
    return element("p", markup.labels("html.speaker_role", name=name, role=role), {"class": "speaker"})
