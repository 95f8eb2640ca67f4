"""JSON lines on standard error, each with its request's id. Nothing that names a person is ever logged."""

from __future__ import annotations

import json
import logging
import logging.config
import sys
from typing import Any

import orjson
import structlog


def _to_json(event: structlog.typing.EventDict, **options: Any) -> str:
    try:
        return orjson.dumps(event, **options).decode()
    except TypeError:  # A lone surrogate in what a library logs: the slower encoder escapes it.
        return json.dumps(event, **options)


_JSON = structlog.processors.JSONRenderer(serializer=_to_json)


def configure_logging(*, quiet: bool) -> None:
    """`quiet` keeps to warnings: on one machine the terminal belongs to the person at it."""
    level = logging.WARNING if quiet else logging.INFO
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[*shared, _JSON],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _without_exception_text,
            _JSON,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It logs the address of every call, query and all.
    logging.getLogger("httpx").setLevel(logging.WARNING)


def _without_exception_text(
    _logger: structlog.typing.WrappedLogger, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A traceback of a library ends in the exception's text, which may quote a row or a message."""
    failure = event.pop("exc_info", None)
    if isinstance(failure, tuple) and failure[0] is not None:
        event["error"] = failure[0].__qualname__
    elif isinstance(failure, BaseException):
        event["error"] = type(failure).__qualname__
    event.pop("stack_info", None)
    return event
