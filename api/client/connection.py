"""How the client speaks to a service: the token, keys for writes, what is tried again, and refusals as exceptions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

ATTEMPTS = 3
LONGEST_WAIT = 10.0
"""Seconds; who is told to wait longer than this hears of it instead."""


class Unreachable(Exception):
    """No answer, also when tried again. A write with the same idempotency key may be sent once more."""


class Refused(Exception):
    """The service said no. `code` is stable; `remedy` is one sentence on what to do."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = dict(problem)
        self.code = str(problem.get("code") or f"http_{status}")
        self.detail = str(problem.get("detail") or problem.get("title") or f"The answer was {status}.")
        self.remedy: str | None = problem.get("remedy")
        self.retryable = bool(problem.get("retryable"))
        super().__init__(self.detail)


class Connection:
    """One service, as one person or key. Not for several threads at once."""

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        organization: str | None = None,
        renew: Callable[[], str | None] | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout: float = 30,
    ) -> None:
        """`token` is an API key or an access token. `renew` answers a new one when the service no longer takes it."""
        self.token = token
        self.organization = organization
        self._renew = renew
        self._http = httpx.Client(base_url=url.rstrip("/"), transport=transport, timeout=timeout)

    def close(self) -> None:
        self._http.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        content: bytes | Iterable[bytes] | None = None,
        if_match: str | None = None,
        keyed: bool = False,
        key: str | None = None,
    ) -> Any:
        """The answer's JSON, None when it has none. `keyed` calls are sent with a key, so that trying again does nothing twice.
        `content` in pieces is gone through once per attempt: give what can be gone through again, which a generator can not.

        Raises Refused, Unreachable.
        """
        headers = {"Idempotency-Key": key or str(uuid4())} if keyed else {}
        if if_match is not None:
            headers["If-Match"] = if_match if if_match == "*" or if_match.startswith('"') else f'"{if_match}"'
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        sent = {"json": dict(body) if body is not None else None} if content is None else {"content": content}
        request = {"params": asked, **sent, "headers": headers}
        again = keyed or method == "GET"
        answer = self._tried(lambda: self._http.request(method, path, **_with(request, self._headers())), again)
        return answer.json() if answer.content else None

    def download(self, path: str, query: Mapping[str, Any]) -> Iterator[tuple[bytes, int]]:
        """A file's pieces, each with the size of the whole in bytes. Raises Refused, Unreachable."""
        try:
            with self._http.stream("GET", path, params=dict(query), headers=self._headers()) as answer:
                if answer.is_error:
                    answer.read()
                    raise _refusal(answer)
                size = int(answer.headers.get("content-length", 0))
                for piece in answer.iter_bytes():
                    yield piece, size
        except httpx.TransportError as failure:
            raise Unreachable(f"{self._http.base_url} does not answer ({type(failure).__name__}).") from failure

    def _tried(self, send: Callable[[], httpx.Response], again: bool) -> httpx.Response:
        renewed = False
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS or not again
            try:
                answer = send()
            except httpx.TransportError as failure:
                if last:
                    raise Unreachable(f"{self._http.base_url} does not answer ({type(failure).__name__}).") from failure
                time.sleep(0.2 * attempt)
                continue
            if not answer.is_error:
                return answer
            if answer.status_code == httpx.codes.UNAUTHORIZED and self._renew and not renewed:
                renewed, self.token = True, self._renew()
                if self.token:
                    answer = send()
                    if not answer.is_error:
                        return answer
            refusal = _refusal(answer)
            wait = _seconds(answer.headers.get("retry-after"))
            if last or not refusal.retryable or wait is None or wait > LONGEST_WAIT:
                raise refusal
            time.sleep(wait)
        raise AssertionError("the loop returns or raises")

    def _headers(self) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if self.organization:
            headers["Greenroom-Organization"] = self.organization
        return headers


class Calls:
    """What the made half builds on."""

    def __init__(self, connection: Connection) -> None:
        self._ask = connection.ask


def segment(value: str) -> str:
    """A value as one segment of a path."""
    return quote(str(value), safe="")


def _with(request: dict[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    return {**request, "headers": {**headers, **request["headers"]}}


def _refusal(answer: httpx.Response) -> Refused:
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    return Refused(answer.status_code, problem if isinstance(problem, dict) else {})


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None
