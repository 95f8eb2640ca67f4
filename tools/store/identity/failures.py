"""What failing to prove who one is means to us: our own errors, and Supabase Auth's codes turned into them.

Unauthenticated
├── InvalidCredentials   wrong e-mail or password, never which
├── LinkExpired          the link or code of a mail, used or too old
├── TokenExpired         refresh and repeat
└── TokenInvalid         sign in again
Conflict
└── AddressTaken         there is an account with this e-mail
RateLimited
└── MailedLately         so many mails and no more; a door that must not tell who has an account keeps it to itself
"""

from __future__ import annotations

from supabase_auth.errors import (
    AuthApiError,
    AuthError,
    AuthInvalidCredentialsError,
    AuthInvalidJwtError,
    AuthSessionMissingError,
    AuthWeakPasswordError,
)

from tools.errors import (
    AppError,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    RateLimited,
    Unauthenticated,
    Upstream,
)

_RETRY_SECONDS = 60

_ENDED = (
    "bad_jwt",
    "invalid_jwt",
    "no_authorization",
    "session_not_found",
    "session_expired",
    "refresh_token_not_found",
    "refresh_token_already_used",
)
_FIELD_BY_CODE = {
    "email_address_invalid": "email",
    "email_address_not_authorized": "email",
    "weak_password": "password",
    "same_password": "password",
}
_INVALID = ("validation_failed", "bad_json", *_FIELD_BY_CODE)


class InvalidCredentials(Unauthenticated):
    code = "invalid_credentials"
    title = "The e-mail or the password is wrong"


class LinkExpired(Unauthenticated):
    code = "link_expired"
    title = "The link or code is used or too old"
    default_remedy = "Ask for another mail."


class TokenExpired(Unauthenticated):
    code = "token_expired"
    title = "The token has expired"
    default_remedy = "Refresh the session and repeat the request."


class TokenInvalid(Unauthenticated):
    code = "token_invalid"
    title = "The session is not valid"
    default_remedy = "Sign in again."


class MailedLately(RateLimited):
    code = "mailed_lately"
    title = "A mail was sent a moment ago"


class AddressTaken(Conflict):
    code = "address_taken"
    title = "There is an account with this e-mail"
    default_remedy = "Sign in instead."


def translated(error: AuthError) -> AppError:
    """The `AppError` for a supabase-py failure. Only texts about the caller's own input are passed on."""
    if isinstance(error, AuthWeakPasswordError):
        return _invalid(error)
    if isinstance(error, AuthSessionMissingError | AuthInvalidJwtError):
        return TokenInvalid()
    if isinstance(error, AuthInvalidCredentialsError):
        return InvalidInput("An e-mail address and a password are needed.")
    if not isinstance(error, AuthApiError):
        return Upstream("The identity server did not answer.")
    return _by_status(error) if error.code is None else _by_code(error, str(error.code))


def _by_code(error: AuthApiError, code: str) -> AppError:
    if code == "over_email_send_rate_limit":
        return MailedLately("A mail was sent a moment ago.", remedy="Look for it.", retry_after=_RETRY_SECONDS)
    if code.startswith("over_") or error.status == 429:
        return RateLimited("Too many attempts.", remedy="Wait a little and try again.", retry_after=_RETRY_SECONDS)
    if error.status >= 500:
        return Upstream("The identity server failed.")
    if code == "invalid_credentials":
        return InvalidCredentials()
    if code == "otp_expired":
        return LinkExpired()
    if code == "reauthentication_needed":
        return Forbidden("A password is changed only soon after signing in.", remedy="Sign in again first.")
    if code == "user_not_found":
        # 404 answers an administrator who named the account, 403 somebody whose own account is gone.
        return NotFound("There is no such account.") if error.status == 404 else TokenInvalid()
    if code in _ENDED:
        return TokenInvalid("The session is over.")
    if code in ("user_already_exists", "email_exists"):
        return AddressTaken()
    if code in ("conflict", "identity_already_exists"):
        return Conflict("Other records still refer to this account.", details={"reason": code})
    if code == "user_banned":
        return Forbidden("This account is blocked.", details={"reason": code})
    if code == "email_not_confirmed":
        remedy = "Open the link in the confirmation mail first."
        return Forbidden("The e-mail address is not confirmed.", remedy=remedy, details={"reason": code})
    if code == "signup_disabled":
        return Forbidden("New accounts are made by invitation only.", details={"reason": code})
    return _invalid(error) if code in _INVALID else _by_status(error)


def _by_status(error: AuthApiError) -> AppError:
    if error.status == 429:
        return RateLimited("Too many attempts.", remedy="Wait a little and try again.", retry_after=_RETRY_SECONDS)
    if error.status == 413:
        return InvalidInput("That is too long.")
    # Without a code it is the gateway before the server that refused, and with it our own key or request.
    return Upstream("The identity server refused the request.")


def _invalid(error: AuthError) -> InvalidInput:
    details: dict[str, object] = {"reason": str(error.code)}
    if field := _FIELD_BY_CODE.get(str(error.code)):
        details["errors"] = [{"pointer": f"/{field}", "message": error.message}]
    return InvalidInput(error.message, details=details)
