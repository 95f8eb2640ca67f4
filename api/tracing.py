"""Spans for operators who want them, without what people typed or were given: paths hold links that open orders, queries hold names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace

_TELLING = frozenset({"url.path", "url.query"})
"""Attributes of a span that quote the request; which route it took stands in `http.route`."""


class DiscreetTracers(trace.TracerProvider):
    """Whatever provider the operator set up, asked for tracers that leave out what quotes a request."""

    def get_tracer(self, *args: Any, **kwargs: Any) -> trace.Tracer:
        return _DiscreetTracer(trace.get_tracer_provider().get_tracer(*args, **kwargs))


class _DiscreetTracer(trace.Tracer):
    def __init__(self, tracer: trace.Tracer) -> None:
        self._tracer = tracer

    def start_span(self, name: str, *args: Any, **kwargs: Any) -> trace.Span:
        return self._tracer.start_span(name, *args, **_discreet(kwargs))

    @contextmanager
    def start_as_current_span(self, name: str, *args: Any, **kwargs: Any) -> Iterator[trace.Span]:  # type: ignore[override]
        with self._tracer.start_as_current_span(name, *args, **_discreet(kwargs)) as span:
            yield span


def _discreet(kwargs: dict[str, Any]) -> dict[str, Any]:
    attributes = kwargs.get("attributes") or {}
    return kwargs | {"attributes": {name: value for name, value in attributes.items() if name not in _TELLING}}
