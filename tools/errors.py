"""Every failure a caller may see, as one closed tree; doors render it, operations raise it. Knows no wire and no SQL.

AppError
├── InvalidInput 422        the shape or value of what was sent
│   ├── MissingValue        a value only the person can give
│   └── Ambiguous           a name that fits several things
├── Unauthenticated 401
├── Forbidden 403
├── NotFound 404            also for another organisation's id
├── Conflict 409            the world does not allow it now; trying again changes nothing
│   └── (named conflicts beside their nouns)
├── PreconditionFailed 412 / PreconditionRequired 428
├── IdempotencyMismatch 422
├── Busy 409                the same thing is in flight; try again after `retry_after` seconds
├── TooLarge 413
├── RateLimited 429
├── Upstream 502/503/504
└── Bug 500                 anything unforeseen; its text never leaves the log
"""

from __future__ import annotations

from typing import Any, ClassVar

CONSTRAINTS: dict[str, type[AppError]] = {}
"""Database constraint name -> the error its violation means; filled as error classes are defined."""


class AppError(Exception):
    """A declared failure. `code` is public API, `remedy` one sentence the person or the agent may follow."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"
    retryable: ClassVar[bool] = False
    constraints: ClassVar[tuple[str, ...]] = ()
    default_remedy: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name in cls.__dict__.get("constraints", ()):
            CONSTRAINTS[name] = cls

    def __init__(
        self,
        message: str | None = None,
        *,
        remedy: str | None = None,
        details: dict[str, Any] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.message = message or self.title
        self.remedy = remedy or self.default_remedy
        self.details = details or {}
        self.retry_after = retry_after
        super().__init__(self.message)

    def to_problem(self) -> dict[str, Any]:
        """RFC 9457 members; `details` may add `errors`, `allowed_next_states`, `available` and the like."""
        problem: dict[str, Any] = {
            "type": f"urn:greenroom:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.message,
            "code": self.code,
            "retryable": self.retryable,
        }
        if self.remedy:
            problem["remedy"] = self.remedy
        return problem | self.details


class InvalidInput(AppError):
    code = "invalid_input"
    status = 422
    title = "The input is not valid"


class MissingValue(InvalidInput):
    code = "missing_value"
    title = "A value is missing"


class Ambiguous(InvalidInput):
    code = "ambiguous"
    title = "That name fits several things"

    @classmethod
    def between(cls, noun: str, name: str, candidates: list[str]) -> Ambiguous:
        listed = ", ".join(candidates[:5])
        return cls(
            f"{name!r} fits several {noun}: {listed}.",
            remedy=f"Say which one is meant, or give its id. Candidates: {listed}.",
            details={"candidates": candidates[:20]},
        )


class Unauthenticated(AppError):
    code = "unauthenticated"
    status = 401
    title = "Sign in first"


class Forbidden(AppError):
    code = "forbidden"
    status = 403
    title = "You may not do this"


class NotFound(AppError):
    code = "not_found"
    status = 404
    title = "There is no such thing"

    @classmethod
    def named(cls, noun: str, reference: str) -> NotFound:
        return cls(f"There is no {noun} {reference!r}.", remedy=f"List what there is and name an existing {noun}.")


class Conflict(AppError):
    code = "conflict"
    status = 409
    title = "The present state does not allow this"


class PreconditionFailed(AppError):
    code = "version_mismatch"
    status = 412
    title = "It was changed meanwhile"
    default_remedy = "Read it again and repeat the change on what is there now."


class PreconditionRequired(AppError):
    code = "if_match_required"
    status = 428
    title = "Say which version you saw"
    default_remedy = "Send the ETag of what you read as If-Match."


class IdempotencyMismatch(AppError):
    code = "idempotency_key_reused"
    status = 422
    title = "This idempotency key belongs to another request"
    default_remedy = "Use a new key for a new request."


class Busy(AppError):
    code = "busy"
    status = 409
    title = "The same thing is in flight"
    retryable = True


class TooLarge(AppError):
    code = "too_large"
    status = 413
    title = "Too large"


class RateLimited(AppError):
    code = "rate_limited"
    status = 429
    title = "Too many requests"
    retryable = True


class Upstream(AppError):
    code = "upstream"
    status = 502
    title = "A service we lean on did not answer"
    retryable = True


class Bug(AppError):
    code = "bug"
    status = 500
    title = "Something went wrong on our side"
