"""One POST to an address somebody else chose: to public addresses only, once, without following anything. Knows no webhook."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore

from tools.webhooks.addresses import Destination, is_loopback, is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]

TIMEOUT_SECONDS = 10.0
_ADDRESSES_TRIED = 2


@dataclass(frozen=True, slots=True)
class Answered:
    """All that is read of an answer. `retry_after` is the header as it was sent."""

    status: int
    retry_after: str | None = None


class NotPosted(Exception):
    """No answer came; the message says why in a few words of ours, never in words of the other side."""


async def resolved(host: str, port: int) -> list[str]:
    """What the system makes of a name: all of its addresses. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Looks a name up once, looks at every address it has, and connects to the very address it looked at.

    So a name that answers differently the next time (DNS rebinding) finds no second question to answer.
    """

    def __init__(
        self, resolve: Resolve, network: httpcore.AsyncNetworkBackend, may_reach: Callable[[str], bool]
    ) -> None:
        self._resolve = resolve
        self._network = network
        self._may_reach = may_reach

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = list(dict.fromkeys(await self._resolve(host, port)))
        except (OSError, UnicodeError):
            raise NotPosted("the name was not found") from None
        if not addresses or not all(self._may_reach(address) for address in addresses):
            raise NotPosted("the address is not public")
        for address in addresses[:_ADDRESSES_TRIED]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        raise NotPosted("could not connect")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise NotPosted("the address is not public")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates this machine trusts; read once."""
    return ssl.create_default_context()


def _of_tls(failure: BaseException | None) -> bool:
    """Whether TLS was refused, whatever the layers in between made of it."""
    while failure is not None and not isinstance(failure, ssl.SSLError):
        failure = failure.__cause__ or failure.__context__
    return failure is not None


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    return next((value.decode("ascii", "replace") for name, value in headers if name.lower() == b"retry-after"), None)


class Poster:
    """Posts to public addresses, and to this machine where the destination says so."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolved,
        network: httpcore.AsyncNetworkBackend | None = None,
        may_reach: Callable[[str], bool] = is_public,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()
        self._may_reach = may_reach
        self._timeout = timeout_seconds

    async def post(self, to: Destination, headers: Mapping[str, str], body: bytes) -> Answered:
        """Reads the status and one header of the answer. Raises NotPosted."""
        guarded = GuardedNetwork(self._resolve, self._network, is_loopback if to.loopback else self._may_reach)
        url = httpcore.URL(scheme=to.scheme, host=to.host, port=to.port, target=to.target)
        sent = {"host": to.authority, "content-length": str(len(body)), "connection": "close", **headers}
        try:
            async with (
                asyncio.timeout(self._timeout),
                httpcore.AsyncConnectionPool(ssl_context=_trusted(), network_backend=guarded) as pool,
                pool.stream("POST", url, headers=list(sent.items()), content=body) as response,
            ):
                return Answered(response.status, _retry_after(response.headers))
        except (TimeoutError, httpcore.TimeoutException):
            raise NotPosted(f"no answer within {self._timeout:g} seconds") from None
        except httpcore.ConnectError as failure:
            raise NotPosted("its certificate was not accepted" if _of_tls(failure) else "could not connect") from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise NotPosted("the connection broke") from None
