"""The failures of the identity server, in Supabase's codes and shapes. Texts are safe to show; they name no secret."""

from __future__ import annotations

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

_VERSION_HEADER = "X-Supabase-Api-Version"
_ERRORS_BY_CODE_SINCE = date(2024, 1, 1)


class AuthProblem(Exception):
    """A refusal: HTTP `status`, Supabase's `error_code`, a text, and what else belongs in the answer."""

    def __init__(
        self,
        status: int,
        error_code: str | None,
        message: str,
        *,
        members: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error_code = error_code
        self.message = message
        self.members = members or {}
        self.retry_after = retry_after


def invalid(message: str) -> AuthProblem:
    return AuthProblem(400, "validation_failed", message)


def bad_json(message: str) -> AuthProblem:
    return AuthProblem(400, "bad_json", message)


def invalid_credentials() -> AuthProblem:
    return AuthProblem(400, "invalid_credentials", "Invalid login credentials")


def too_many(retry_after: int) -> AuthProblem:
    return AuthProblem(429, "over_request_rate_limit", "Request rate limit reached", retry_after=retry_after)


def too_many_mails(retry_after: int, message: str = "email rate limit exceeded") -> AuthProblem:
    return AuthProblem(429, "over_email_send_rate_limit", message, retry_after=retry_after)


def problem_answer(request: Request, problem: AuthProblem) -> JSONResponse:
    """Clients that name API version 2024-01-01 read `code` as a word; older ones read it as the status."""
    headers = {}
    if problem.error_code:
        headers["x-sb-error-code"] = problem.error_code
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if problem.error_code is None:
        body: dict[str, Any] = {"message": problem.message}
    elif _reads_codes(request):
        headers[_VERSION_HEADER] = _ERRORS_BY_CODE_SINCE.isoformat()
        body = {"code": problem.error_code, "message": problem.message}
    else:
        body = {"code": problem.status, "error_code": problem.error_code, "msg": problem.message}
    return JSONResponse(body | problem.members, problem.status, headers)


def _reads_codes(request: Request) -> bool:
    try:
        return date.fromisoformat(request.headers.get(_VERSION_HEADER, "")) >= _ERRORS_BY_CODE_SINCE
    except ValueError:
        return False
