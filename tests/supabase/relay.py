"""A port on this machine that leads to a unix socket, for clients that know TCP only."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def port_to(path: Path) -> Iterator[int]:
    """The port, open for as long as the block runs."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        threading.Thread(target=_welcome, args=(door, path), daemon=True).start()
        try:
            yield door.getsockname()[1]
        finally:
            # Closing alone would leave the thread asleep in accept.
            door.shutdown(socket.SHUT_RDWR)


def _welcome(door: socket.socket, path: Path) -> None:
    with suppress(OSError):
        while True:
            client, _ = door.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(str(path))
            for here, there in ((client, server), (server, client)):
                threading.Thread(target=_pour, args=(here, there), daemon=True).start()


def _pour(here: socket.socket, there: socket.socket) -> None:
    with suppress(OSError):
        while read := here.recv(65536):
            there.sendall(read)
        there.shutdown(socket.SHUT_WR)
