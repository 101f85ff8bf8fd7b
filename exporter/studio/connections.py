"""Connections with the studio: of too many, the one that has been silent longest is closed.

Otherwise a page or a program that opens connections without an end, and sends nothing, would take all file descriptors,
of which macOS gives a process 256, and nobody else would be answered.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 100
"""Connections at a time; a browser opens six."""


class Connection(H11Protocol):
    """A connection by HTTP."""

    last_received = 0.0
    """When something was received last."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin, and close another connection if there are too many."""
        super().connection_made(transport)
        self.last_received = self.loop.time()
        if len(self.connections) > MOST:
            silent = min(self.connections, key=lambda connection: getattr(connection, "last_received", 0.0))
            self.connections.discard(silent)
            silent.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        self.last_received = self.loop.time()
        super().data_received(data)
