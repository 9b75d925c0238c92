"""The gunicorn worker: threads answer requests that have arrived whole (see buffering).

gunicorn's own threaded worker gives a connection a thread as soon as it has sent a byte, so
that some that never finish their request hold all threads; the same for readers who do not
take their answer. Here the worker's loop reads and writes, with a time for each.
"""

from __future__ import annotations

import selectors
import time
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from dashboard.buffering import Buffered

HEAD_WITHIN = 10.0  # seconds until the head of a request is here
SLOWEST = 16 * 2**10  # bytes a second, in or out, over the whole of a body or an answer
LINGER = 5.0  # seconds for which what was refused is still read, so that the answer arrives
_ENDING = 2.0  # seconds that a stopping worker waits for requests that have begun to arrive


class BufferingWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, with a loop that reads requests and sends answers.

    `waiting` are the connections that the loop reads from or writes to, the oldest first, each
    with the time at which it is cut off (`conn.timeout`, seconds of the monotonic clock).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting: dict[Any, None] = {}
        self._next_look = 0.0

    def accept(self, listener: Any) -> None:
        """Takes a new connection; where there is no room, the one that has waited longest goes."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        if self.nr_conns >= self.worker_connections - 1:
            self._make_room()
        self.nr_conns += 1
        conn = TConn(self.cfg, Buffered(client), address, listener.getsockname())
        conn.data_ready = True  # a thread has no data to wait for
        self._receive(conn)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """The next request of a connection that was kept open begins to arrive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.sock.next_request()
        self._receive(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """The answer is written: it leaves as fast as the reader takes it, then the next."""
        if conn.sock.unsent:
            if not conn.sock.flush():
                self._drop(conn)
                return
            if conn.sock.unsent:
                within = HEAD_WITHIN + conn.sock.unsent / SLOWEST
                self._wait(conn, within, selectors.EVENT_WRITE, partial(self._leaving, conn, fs))
                return
        if conn.sock.incoming.cut:
            self._linger(conn)
            return
        super().finish_request(conn, fs)
        if conn.sock.early and conn in self.keepalived_conns:
            self.on_client_socket_readable(conn, conn.sock)

    def murder_pending(self) -> None:
        """Cuts off whoever has had the time; all whose request is not here when the worker ends."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + 1
        for conn in [conn for conn in self.waiting if self._latest(conn, now) <= now]:
            self._drop(conn)

    def _latest(self, conn: Any, now: float) -> float:
        if not self.alive and not conn.sock.unsent:
            conn.timeout = min(conn.timeout, now + _ENDING)
            if not conn.sock.incoming.begun:
                return now
        return float(conn.timeout)

    def _receive(self, conn: Any) -> None:
        """Reads what is here of a request; gives it to a thread when all of it is."""
        sock = conn.sock
        if not sock.receive():
            self._drop(conn)
            return
        incoming = sock.incoming
        if incoming.complete:
            self._let_go(conn)
            self.enqueue_req(conn)
        elif incoming.refused:
            sock.sendall(_refusal(incoming.refused))
            self._linger(conn)
        elif conn not in self.waiting:
            self._wait(conn, HEAD_WITHIN, selectors.EVENT_READ, lambda _: self._receive(conn))
        if incoming.expects and not incoming.complete:
            incoming.expects = False
            sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        if incoming.length and conn in self.waiting and not conn.timed:
            conn.timed = True
            conn.timeout += incoming.length / SLOWEST

    def _leaving(self, conn: Any, fs: Future[Any], _: Any) -> None:
        """The reader takes some more of the answer."""
        if not conn.sock.flush():
            self._drop(conn)
        elif not conn.sock.unsent:
            self._let_go(conn)
            self.finish_request(conn, fs)

    def _linger(self, conn: Any) -> None:
        """Closes this side; what the other still sends is read for a while, and forgotten.

        To close at once would reset the connection, and the answer might never be seen.
        """
        self._let_go(conn)
        conn.sock.flush()
        try:
            conn.sock.shutdown(1)
        except OSError:
            self._drop(conn)
            return

        def forget(_: Any) -> None:
            if not conn.sock.discard():
                self._drop(conn)

        self._wait(conn, LINGER, selectors.EVENT_READ, forget)

    def _wait(self, conn: Any, seconds: float, event: int, then: Any) -> None:
        """`then` runs whenever the connection can be read or written, for some seconds."""
        conn.timeout = time.monotonic() + seconds
        conn.timed = False
        self.waiting[conn] = None
        self.poller.register(conn.sock, event, then)

    def _let_go(self, conn: Any) -> None:
        """The loop no longer reads from the connection or writes to it."""
        if conn in self.waiting:
            del self.waiting[conn]
            self.poller.unregister(conn.sock)

    def _drop(self, conn: Any) -> None:
        self._let_go(conn)
        self.nr_conns -= 1
        conn.close()

    def _make_room(self) -> None:
        if self.waiting:
            self._drop(next(iter(self.waiting)))
        elif self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
            self._drop(conn)


def _refusal(status: str) -> bytes:
    text = f"{status.partition(' ')[2]}\n".encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + text
