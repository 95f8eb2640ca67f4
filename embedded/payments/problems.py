"""Refusals in Stripe's words and shape."""

from __future__ import annotations

from typing import Any


class SandboxProblem(Exception):
    """`kind` is Stripe's error type; its client maps status and type to its own exceptions."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
    ) -> None:
        self.status = status
        self.message = message
        self.kind = kind
        self.code = code
        self.param = param
        super().__init__(message)

    def body(self) -> dict[str, Any]:
        members = {"type": self.kind, "message": self.message, "code": self.code, "param": self.param}
        return {"error": {name: value for name, value in members.items() if value is not None}}


def missing(kind: str, reference: str) -> SandboxProblem:
    """404, as for any id that is not there."""
    return SandboxProblem(404, f"No such {kind}: '{reference[:100]}'", code="resource_missing", param="id")
