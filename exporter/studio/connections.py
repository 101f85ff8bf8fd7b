"""Connections with the studio: of too many, one without a request is closed, the one that is silent longest.

Otherwise a page or a program that opens connections without an end, and sends nothing, would take all file descriptors,
of which macOS gives a process 256, and nobody else would be answered.
"""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 100
"""Connections at a time; a browser opens six."""


class Connection(H11Protocol):
    """A connection by HTTP."""

    last_active = 0.0
    """When something was received, or taken by the browser, last."""

    def connection_made(self, transport: Any) -> None:
        """Begin, and close another connection if there are too many."""
        super().connection_made(transport)
        self.last_active = self.loop.time()
        if len(self.connections) > MOST:
            others = [other for other in self.connections if isinstance(other, Connection) and other is not self]
            silent = min(others, key=lambda other: (other.is_in_use, other.last_active))
            self.connections.discard(silent)
            silent.transport.abort()

    @property
    def is_in_use(self) -> bool:
        """Whether a request is being answered."""
        is_answered = self.cycle is None or self.cycle.response_complete
        return not is_answered or self.transport.get_write_buffer_size() > 0

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        self.last_active = self.loop.time()
        super().data_received(data)

    def resume_writing(self) -> None:
        """Go on with an answer, of which a part was taken."""
        self.last_active = self.loop.time()
        super().resume_writing()
