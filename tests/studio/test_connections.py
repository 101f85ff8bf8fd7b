"""Whoever opens connections without an end keeps nobody else from the studio."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack, suppress

import pytest
import uvicorn
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from exporter.studio import connections

_SILENT = 50
_PART = b"x" * 1_000_000
_PARTS = 20
"""Parts of an answer: more than what the buffers of the system take."""


def is_closed(connection: socket.socket) -> bool:
    """Return whether a connection was closed by the server."""
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


async def answered() -> tuple[bytes, int]:
    """Return an answer beside connections that ask for nothing, and how many of these were closed."""
    config = uvicorn.Config(PlainTextResponse("Here."), http=connections.Connection, log_level="critical")
    config.load()
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: connections.Connection(config, state, {}), "127.0.0.1", 0)
    address = listener.sockets[0].getsockname()
    async with listener:
        with ExitStack() as opened:
            silent = []
            for _ in range(_SILENT):
                silent.append(opened.enter_context(socket.create_connection(address)))
                silent[-1].sendall(b"GET / HT")
                await asyncio.sleep(0.001)
            asking = opened.enter_context(socket.create_connection(address))
            asking.setblocking(False)
            await loop.sock_sendall(asking, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = b""
            while part := await loop.sock_recv(asking, 1_000):
                answer += part
            closed = sum(map(is_closed, silent))
        await asyncio.sleep(0.05)  # until the server has seen the end of the others
    return answer, closed


def test_of_too_many_connections_the_silent_ones_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 20)
    answer, closed = asyncio.run(answered())
    assert answer.endswith(b"Here.")
    assert _SILENT - 20 <= closed <= _SILENT - 19


async def downloaded(answer: Response) -> int:
    """Return how much of a large answer is received by somebody who reads it after others have opened connections."""
    config = uvicorn.Config(answer, http=connections.Connection, log_level="critical")
    config.load()
    state = uvicorn.Server(config).server_state
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: connections.Connection(config, state, {}), "127.0.0.1", 0)
    address = listener.sockets[0].getsockname()
    length = 0
    async with listener:
        with ExitStack() as opened:
            reader = opened.enter_context(socket.create_connection(address))
            reader.setblocking(False)
            await loop.sock_sendall(reader, b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            await asyncio.sleep(0.05)
            for _ in range(_SILENT):
                opened.enter_context(socket.create_connection(address))
                await asyncio.sleep(0.001)
            with suppress(ConnectionError):  # what a closed connection raises: the answer is too short
                while part := await loop.sock_recv(reader, len(_PART)):
                    length += len(part)
        await asyncio.sleep(0.05)  # until the server has seen the end of the others
    return length


@pytest.mark.parametrize(
    "answer", [Response(_PART * _PARTS), StreamingResponse(iter([_PART] * _PARTS))], ids=["at once", "in parts"]
)
def test_a_download_goes_on_beside_too_many_silent_connections(
    monkeypatch: pytest.MonkeyPatch, answer: Response
) -> None:
    monkeypatch.setattr(connections, "MOST", 20)
    assert asyncio.run(downloaded(answer)) > len(_PART) * _PARTS
