"""A cluster on this machine: a scheduler and workers of Dask with TLS, and an S3 server, all real processes.

The workers share no folder with each other or with the export: each has its own, and reaches the store through a proxy
that can be closed.
"""

from __future__ import annotations

import datetime
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[3]
BUCKET = "archive"
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


class Proxy:
    """Passes connections on to a port, or refuses them."""

    def __init__(self, target: int) -> None:
        self.port = free_port()
        self._target = target
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.start()

    def start(self) -> None:
        self._listener = socket.create_server((LOOPBACK, self.port), backlog=100)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        assert self._listener is not None
        # An accept that waits keeps a socket open that is only closed.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in tuple(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                incoming, _ = listener.accept()
                outgoing = socket.create_connection((LOOPBACK, self._target))
                threading.Thread(target=self._pass, args=(incoming, outgoing), daemon=True).start()

    def _pass(self, incoming: socket.socket, outgoing: socket.socket) -> None:
        both = {incoming, outgoing}
        self._open |= both
        with incoming, outgoing:  # a process has few numbers for open sockets, and a long export needs thousands
            back = threading.Thread(target=self._copy, args=(outgoing, incoming), daemon=True)
            back.start()
            self._copy(incoming, outgoing)
            back.join()
        self._open -= both

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


class Machines:
    """The cluster; its processes end with the context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._certify()
        port = free_port()
        self._start([sys.executable, "-m", "moto.server", "-H", LOOPBACK, "-p", str(port)], "s3", os.environ)
        self.direct = f"http://{LOOPBACK}:{port}"
        wait_for(port)
        self.proxy = Proxy(port)
        self.environment = {
            **os.environ,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://{LOOPBACK}:{self.proxy.port}",
            "PYTHONPATH": str(ROOT),
            **{
                f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(folder / "tls.pem")
                for name in (
                    "CA_FILE",
                    "CLIENT__CERT",
                    "CLIENT__KEY",
                    "SCHEDULER__CERT",
                    "SCHEDULER__KEY",
                    "WORKER__CERT",
                    "WORKER__KEY",
                )
            },
        }
        self.files().mkdir(BUCKET)
        self._port = free_port()
        self.address = f"tls://{LOOPBACK}:{self._port}"
        self.start_scheduler()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        self.proxy.stop()

    def files(self) -> Any:
        from s3fs import S3FileSystem

        return S3FileSystem(key="test", secret="test", endpoint_url=self.direct, use_listings_cache=False)

    def contents(self, folder: str) -> dict[str, bytes]:
        files, start = self.files(), f"{BUCKET}/{folder}/"
        return {path.removeprefix(start): files.cat_file(path) for path in files.find(start)}

    def start_scheduler(self) -> None:
        command = ["distributed.cli.dask_scheduler", "--host", self.address, "--no-dashboard", "--no-show"]
        self.scheduler = self._start([sys.executable, "-m", *command], "scheduler", self.environment)
        wait_for(self._port)

    def start_worker(self, **more: str) -> subprocess.Popen[bytes]:
        name = f"worker-{len(self._processes)}"
        folder = self._folder / name
        folder.mkdir()
        command = ["distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        command += ["--name", name, "--local-directory", str(folder), "--death-timeout", "60"]
        environment = self.environment | {"XDG_CACHE_HOME": str(folder), "TMPDIR": str(folder)} | more
        worker = self._start([sys.executable, "-m", *command], name, environment)
        self.workers.append(worker)
        return worker

    def export(self, machine: str, source: Path, *arguments: str, output: str = "output") -> subprocess.Popen[str]:
        """Start an export on a machine of its own."""
        folder = self._folder / machine
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "exporter", "export", str(source), "-o", f"s3://{BUCKET}/{output}"]
        command += ["--store", f"s3://{BUCKET}/store", "--cluster", self.address, "--progress", "json", *arguments]
        return subprocess.Popen(
            command,
            cwd=folder,
            env=self.environment | {"XDG_CACHE_HOME": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _start(self, command: list[str], name: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self._folder)
        self._processes.append(process)
        return process

    def _certify(self) -> None:
        """Write a certificate that all machines of the cluster have and trust."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cluster")])
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        encoding = serialization.Encoding.PEM
        private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (self._folder / "tls.pem").write_bytes(private + certificate.public_bytes(encoding))


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until something listens on a port."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
