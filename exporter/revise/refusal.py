"""Changes that cannot be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporter.revise.changes import Change


class RefusedError(Exception):
    """A change that cannot be made.

    Args:
        reason: Why, in a sentence.
        advice: What to do, in a sentence.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason} {advice}")


SAME_POSITION = RefusedError("Another change is at the same position.", "Make this one afterwards.")


class UnsupportedError(RefusedError):
    """A change for which the format of the manuscript has no place; of metadata, the settings have one."""


def refusals(
    changes: Sequence[Change], make: Callable[[Change], None], together: Callable[[], AbstractContextManager[object]]
) -> list[RefusedError | None]:
    """Make changes; return for each of them why it was not made, or None.

    Args:
        changes: The changes.
        make: Makes one, or raises `RefusedError`.
        together: Returns a context that takes back the edits made in it when a change is refused.
    """

    def refusal(change: Change) -> RefusedError | None:
        try:
            with together():
                make(change)
        except RefusedError as error:
            return error
        return None

    return [refusal(change) for change in changes]
