"""A connection whose requests are taken whole, and whose answers leave by themselves.

A thread that answers never waits for the network: it reads a request that has arrived, and
what it writes is kept until the reader has taken it. So readers who are slow, or never
finish, cost a connection and no thread (worker.py has the loop that reads and writes).
"""

from __future__ import annotations

import re
import socket
from tempfile import SpooledTemporaryFile
from typing import IO

from dashboard.limits import largest_body

LARGEST_HEAD = 32 * 2**10  # bytes; browsers send under 4 kB
_PIECE = 64 * 2**10  # bytes read or written at once
_IN_MEMORY = 256 * 2**10  # bytes of a request or an answer; the rest goes to a temporary file
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_TRANSFER = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)

TOO_LARGE_A_HEAD = "431 Request Header Fields Too Large"
NO_LENGTH = "411 Length Required"


def _temporary() -> IO[bytes]:
    """In memory while it is small; its owner closes it."""
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


class Incoming:
    """The bytes of one request as they arrive.

    `complete` once the whole of it is here, `refused` (a status line) where it is not read
    on. A body larger than its path allows is left where it is: the request is complete
    without it, is answered by the app, and is the connection's last (`cut`).
    """

    def __init__(self) -> None:
        self.content: IO[bytes] = _temporary()
        self.complete = False
        self.refused = ""
        self.cut = False
        self.expects = False
        self.length: int | None = None  # of the body; None until the head is here
        self._head = bytearray()
        self._missing = 0

    @property
    def begun(self) -> bool:
        """Whether a byte of it has come."""
        return self.length is not None or bool(self._head)

    def feed(self, data: bytes) -> bytes:
        """Takes what has arrived; returns what belongs to the next request."""
        if self.length is None:
            looked = max(len(self._head) - len(_END) + 1, 0)
            self._head += data
            end = self._head.find(_END, looked)
            if end < 0 or end > LARGEST_HEAD:
                if len(self._head) > LARGEST_HEAD:
                    self.refused = TOO_LARGE_A_HEAD
                return b""
            data = bytes(self._head[end + len(_END) :])
            self._begin_body(bytes(self._head[: end + len(_END)]))
        body, rest = data[: self._missing], data[self._missing :]
        if body:
            self.content.write(body)
            self._missing -= len(body)
        if not self._missing and not self.refused:
            self.complete = True
            self.content.seek(0)
        return rest

    def _begin_body(self, head: bytes) -> None:
        self._head.clear()
        self.length = 0
        if _TRANSFER.search(head):
            self.refused = NO_LENGTH
            return
        if length := _LENGTH.search(head):
            self.length = int(length[1])
        path = head.split(b" ", 2)[1:2]
        self.cut = self.length > largest_body(path[0].decode("latin-1") if path else "")
        self._missing = 0 if self.cut else self.length
        self.expects = not self.cut and bool(_EXPECTS.search(head))
        if self.cut:
            head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        self.content.write(head)


class Buffered:
    """What a gunicorn worker's thread has for a socket: it never blocks, in or out."""

    def __init__(self, real: socket.socket) -> None:
        real.setblocking(False)
        self.real = real
        self.incoming = Incoming()
        self.early = b""  # of the next request, sent before this one was answered
        self.unsent = 0  # bytes of answers that the reader has not taken yet
        self._outgoing: IO[bytes] | None = None
        self._taken = 0  # bytes of `_outgoing` that have left

    # --- the loop's side --------------------------------------------------------------------

    def receive(self) -> bool:
        """Reads what has arrived; False where the reader has closed or is cut off."""
        data, self.early = self.early, b""
        if not data:
            try:
                data = self.real.recv(_PIECE)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not data:
                return False
        self.early = self.incoming.feed(data)
        return True

    def discard(self) -> bool:
        """Reads and forgets what still comes; False once nothing will."""
        try:
            return bool(self.real.recv(_PIECE))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def flush(self) -> bool:
        """Sends what the reader takes now; False where there is no reader any more."""
        try:
            while self.unsent:
                assert self._outgoing is not None, "unsent bytes are kept"
                self._outgoing.seek(self._taken)
                sent = self.real.send(self._outgoing.read(_PIECE))
                self._taken += sent
                self.unsent -= sent
        except BlockingIOError:
            return True
        except OSError:
            return False
        if self._outgoing is not None:
            self._outgoing.close()
            self._outgoing = None
        self._taken = 0
        return True

    def next_request(self) -> None:
        """Begins to take the next request of this connection."""
        self.incoming.content.close()
        self.incoming = Incoming()

    # --- the thread's side: what gunicorn asks of a socket ----------------------------------

    def recv(self, size: int) -> bytes:
        """A piece of the request; nothing after its end."""
        return self.incoming.content.read(size)

    def sendall(self, data: bytes) -> None:
        """Sends what can leave at once, keeps the rest."""
        if not self.unsent:
            try:
                sent = self.real.send(data)
            except BlockingIOError:
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
        if self._outgoing is None:
            self._outgoing = _temporary()
        self._outgoing.seek(0, 2)
        self._outgoing.write(data)
        self.unsent += len(data)

    def send(self, data: bytes) -> int:
        self.sendall(data)
        return len(data)

    def shutdown(self, how: int) -> None:
        self.real.shutdown(how)

    def close(self) -> None:
        self.incoming.content.close()
        if self._outgoing is not None:
            self._outgoing.close()
        self.real.close()

    def fileno(self) -> int:
        return self.real.fileno()

    def setblocking(self, _: bool) -> None:
        """It never blocks."""

    def settimeout(self, _: float | None) -> None:
        """It never waits."""

    def gettimeout(self) -> float | None:
        return None
