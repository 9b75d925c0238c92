"""Readers who are slow or never finish: they hold no thread, and others do not wait for them.

Over real sockets, against the server as it is started, with one worker.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.web.limits import LARGEST_HEAD
from tests.dashboard.small_server import LARGE

if sys.platform == "win32":
    pytest.skip("gunicorn needs a Unix", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
HELD = 64
BOUND = 0.5  # seconds, 95th percentile of another reader (issue 11)
_GET = b"GET /%s HTTP/1.1\r\nHost: here\r\n\r\n"


def _start(arguments: list[str], port: int, **environment: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    until = time.monotonic() + 60
    while True:
        try:
            _ask(port, _GET % b"health")
            return process
        except OSError:
            assert process.poll() is None, "the server ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    number = _free_port()
    process = _start(["-m", "tests.dashboard.small_server", str(number)], number)
    yield number
    process.terminate()
    process.wait(20)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _open(port: int, sent: bytes = b"", takes: int = 0) -> socket.socket:
    """A connection on which `sent` is sent; it takes only `takes` bytes by itself, where given."""
    opened = socket.socket()
    if takes:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
    opened.settimeout(20)
    opened.connect(("127.0.0.1", port))
    opened.sendall(sent)
    return opened


def _answer(opened: socket.socket) -> tuple[bytes, bytes]:
    """The head and the body of the next answer."""
    held = b""
    while b"\r\n\r\n" not in held:
        if not (piece := opened.recv(2**16)):
            raise ConnectionResetError(f"closed after {held!r}")
        held += piece
    head, _, body = held.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        piece = opened.recv(2**16)
        assert piece, "closed within an answer"
        body += piece
    return head, body


def _ask(port: int, request: bytes) -> tuple[bytes, bytes]:
    with _open(port, request) as opened:
        return _answer(opened)


def _dribble(port: int) -> socket.socket:
    opened = _open(port)
    for byte in b"GET / HTTP/1.1\r\nHos":
        opened.sendall(bytes([byte]))
    return opened


def _post(path: bytes, length: int, sent: bytes, more: bytes = b"") -> bytes:
    head = b"POST %s HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n%s\r\n"
    return head % (path, length, more) + sent


# How a reader holds on to a connection: what is sent, and nothing more.
HOLDING: dict[str, Callable[[int], socket.socket]] = {
    "nothing is sent": _open,
    "half a head": lambda port: _open(port, b"GET / HTTP/1.1\r\nHost: here\r\nX-"),
    "a head byte by byte": _dribble,
    "half a body": lambda port: _open(port, _post(b"/x", 5000, b"{")),
    "half a file": lambda port: _open(port, _post(b"/officer/x", 50_000_000, b"x" * 300_000)),
    "an answer that nobody takes": lambda port: _open(port, _GET % b"large", 4096),
    "a second request, unfinished": lambda port: _open(port, _GET % b"a" + b"GET /b HTTP/1.1\r\n"),
    "answered, and never closed": lambda port: _open(
        port, b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    ),
    "too large, and still sending": lambda port: _open(port, _post(b"/x", 2**28, b"x" * 1000)),
}


def _slowest_but_few(port: int, path: bytes, asked: int = 40) -> float:
    """The 95th percentile of the seconds that another reader's requests take."""
    taken = []
    for _ in range(asked):
        start = time.perf_counter()
        head, _ = _ask(port, _GET % path)
        taken.append(time.perf_counter() - start)
        assert b" 200 " in head
    return sorted(taken)[int(asked * 0.95) - 1]


@pytest.mark.parametrize("kind", HOLDING)
def test_others_do_not_wait_for_those_who_never_finish(port: int, kind: str) -> None:
    held = [HOLDING[kind](port) for _ in range(HELD)]
    try:
        assert _slowest_but_few(port, b"x") < BOUND
    finally:
        for one in held:
            one.close()


@pytest.mark.slow
def test_the_site_itself_is_held_by_nobody(tmp_path: Path) -> None:
    number = _free_port()
    process = _start(
        ["-m", "dashboard", "--port", str(number), "--workers", "1"],
        number,
        SEND_SEED="0",
        SEND_DATABASE_URL=f"sqlite:///{tmp_path / 'site.db'}",
    )
    held = [hold(number) for hold in HOLDING.values() for _ in range(8)]
    try:
        assert _slowest_but_few(number, b"about") < BOUND
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - start < 15, "who holds a connection holds up the stop"
    finally:
        process.kill()
        for one in held:
            one.close()


def test_what_comes_and_goes_slowly_is_whole(port: int) -> None:
    """A file in pieces, an answer taken in pieces, requests sent together: in order, unchanged."""
    file = os.urandom(3_000_000)
    with _open(port, _post(b"/officer/file", len(file), b"")) as opened:
        for start in range(0, len(file), 200_000):
            opened.sendall(file[start : start + 200_000])
            time.sleep(0.002)
        _, body = _answer(opened)
        assert body.decode() == f"/officer/file {len(file)} {hashlib.sha256(file).hexdigest()}"
        # The connection is kept for the next: two at once, then a large answer.
        opened.sendall(_GET % b"one" + _GET % b"two")
        empty = hashlib.sha256(b"").hexdigest()
        assert _both(opened) == [f"/one 0 {empty}", f"/two 0 {empty}"]
        opened.sendall(_GET % b"large")
        time.sleep(0.2)
        assert _answer(opened)[1] == LARGE


def _both(opened: socket.socket) -> list[str]:
    held = b""
    while held.count(b"\r\n\r\n") < 2 or not held.endswith(
        hashlib.sha256(b"").hexdigest().encode()
    ):
        piece = opened.recv(2**16)
        assert piece
        held += piece
    return [
        part.partition(b"\r\n\r\n")[2].split(b"HTTP/1.1")[0].decode()
        for part in held.split(b"HTTP/1.1 200")[1:]
    ]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (_post(b"/x", 2**28, b"x" * 100_000), b"413"),
        (_post(b"/x", 70_000, b"x" * 70_000), b"413"),
        (_post(b"/officer/x", 2**27, b"x" * 100_000), b"413"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * LARGEST_HEAD + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\n" + b"x" * 3 * LARGEST_HEAD, b"431"),
        (b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", b"501"),
        (b"POST / HTTP/1.1\r\nHost: h\r\ntransfer-encoding:gzip\r\n\r\n", b"501"),
        (
            b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nxxxxx",
            b"400",
        ),
        (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"\x16\x03\x01\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_status(
    port: int, request_: bytes, status: bytes
) -> None:
    head, _ = _ask(port, request_)
    assert head.split(b" ")[1] == status
    assert b"connection: close" in head.lower()


def test_who_waits_to_be_told_to_go_on_is_told(port: int) -> None:
    body = b"x" * 5000
    with _open(port, _post(b"/x", 5000, b"", b"Expect: 100-continue\r\n")) as opened:
        assert opened.recv(100).startswith(b"HTTP/1.1 100 ")
        opened.sendall(body)
        held = b""
        while not held.endswith(hashlib.sha256(body).hexdigest().encode()):
            held += opened.recv(2**16)
    assert b" 200 OK" in held


def test_an_answer_without_a_body_keeps_its_connection(port: int) -> None:
    with _open(port, _GET % b"unchanged") as opened:
        for _ in range(2):
            held = b""
            while b"\r\n\r\n" not in held:
                piece = opened.recv(2**16)
                assert piece, "closed after an answer without a body"
                held += piece
            assert b" 304 " in held
            assert b"close" not in held.lower()
            opened.sendall(_GET % b"unchanged")
    asked = b"GET /unchanged HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    with _open(port, asked) as opened:
        while opened.recv(2**16):
            pass  # until it is closed, as was asked
