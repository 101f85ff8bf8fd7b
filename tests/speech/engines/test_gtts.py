"""gTTS against a server of our own that behaves, and misbehaves, as the real one does."""

from __future__ import annotations

import base64
import io
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import av
import pytest

from exporter.speech import ffmpeg
from exporter.speech.engines import EngineError, gtts

VOICE = next(voice for voice in gtts.voices() if voice.name == "gtts/en")
TEXT = "We waited for a year."
Answer = Callable[[BaseHTTPRequestHandler], None]


def mp3(seconds: float = 2.0) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=24_000)
        stream.layout = "mono"
        stream.format = "s16p"
        stream.bit_rate = 32_000
        tone = bytes(range(0, 200, 2)) * round(seconds * 480)
        fifo = av.AudioFifo()
        fifo.write(ffmpeg.frame(tone, 24_000, 0))
        for frame in fifo.read_many(576, partial=True):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def body(data: bytes) -> bytes:
    encoded = base64.b64encode(data).decode()
    return f')]}}\'\n\n[["wrb.fr","jQ1olc","[\\"{encoded}\\"]",null]]\n'.encode()


def sends(data: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def hangs(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.0)


def resets(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(body(mp3())[:500])


class Server:
    """Gives its answers one after the other, the last one again and again."""

    def __init__(self, answers: list[Answer]) -> None:
        self.asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                place = min(outer.asked, len(answers) - 1)
                outer.asked += 1
                answers[place](self)

            def log_message(self, *_: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(gtts, "WAITS", (0.0, 0.0))
    monkeypatch.setattr(gtts, "SPACING", 0.0)
    monkeypatch.setattr(gtts, "READ_SECONDS", 0.3)
    started: list[Server] = []

    def start(*answers: Answer) -> Server:
        server = Server(list(answers))
        started.append(server)
        monkeypatch.setattr("gtts.tts._translate_url", lambda **_: server.url)
        return server

    yield start
    for server in started:
        server.close()


def test_a_good_answer_is_sound(serve: Callable[..., Server]) -> None:
    serve(sends(body(mp3(2.0))))
    assert gtts.speak(TEXT, VOICE, 1.0).seconds == pytest.approx(2.0, abs=0.15)


def test_the_pace_is_changed_here(serve: Callable[..., Server]) -> None:
    serve(sends(body(mp3(2.0))))
    assert gtts.speak(TEXT, VOICE, 2.0).seconds == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize("first", [sends(b"", 429), sends(b"", 503), sends(b"<html>Sorry</html>"), resets, hangs])
def test_a_passing_trouble_is_tried_again(serve: Callable[..., Server], first: Answer) -> None:
    server = serve(first, sends(body(mp3())))
    assert gtts.speak(TEXT, VOICE, 1.0).seconds > 1
    assert server.asked == 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (sends(b"<html>Sorry</html>"), "contained no sound"),
        (sends(b"", 429), "429"),
        (sends(body(mp3()[:-70])), "cut off"),
        (sends(body(b"not an mp3 at all")), "cut off"),
        (hangs, "in time"),
        (resets, "no connection"),
        (breaks_off, "connection"),
    ],
)
def test_what_is_no_sound_is_never_taken_for_sound(serve: Callable[..., Server], answer: Answer, reason: str) -> None:
    server = serve(answer)
    with pytest.raises(EngineError, match=reason):
        gtts.speak(TEXT, VOICE, 1.0)
    assert server.asked == 3


def test_a_refusal_is_not_tried_again(serve: Callable[..., Server]) -> None:
    server = serve(sends(b"", 403))
    with pytest.raises(EngineError, match="403"):
        gtts.speak(TEXT, VOICE, 1.0)
    assert server.asked == 1


def test_sound_too_short_for_its_text_is_refused(serve: Callable[..., Server]) -> None:
    serve(sends(body(mp3(0.3))))
    with pytest.raises(EngineError, match=r"only 0\.\d seconds"):
        gtts.speak("We waited for a year, and then for another one.", VOICE, 1.0)


def test_a_server_whose_certificate_nobody_vouches_for_is_refused_before_any_text_is_sent(
    serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([openssl, *command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    server = serve(sends(body(mp3())))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    monkeypatch.setattr("gtts.tts._translate_url", lambda **_: f"https://localhost:{server.http.server_port}/")
    with pytest.raises(EngineError, match="certificate"):
        gtts.speak(TEXT, VOICE, 1.0)
    assert server.asked == 0
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert gtts.speak(TEXT, VOICE, 1.0).seconds > 1
