"""How mail leaves: the port, and the one way that speaks SMTP. Nothing here is called inside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, Protocol, Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

TIMEOUT_SECONDS = 20.0

Security = Literal["tls", "starttls", "when offered"]
SCHEMES: dict[str, tuple[Security, int]] = {
    "smtps": ("tls", 465),
    "smtp+starttls": ("starttls", 587),
    "smtp": ("when offered", 25),
}
"""Scheme of an address -> how the connection is secured, and the usual port."""


class MailNotSent(Exception):
    """It may go out at another time."""


class MailRefused(Exception):
    """It will never go out like this: nobody has that address, or nobody takes that text."""


class MailTransport(Protocol):
    async def send(self, message: EmailMessage) -> None:
        """Returns once somebody else has taken the message over. Raises MailNotSent and MailRefused."""


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """A mail server, spoken to anew for each mail."""

    host: str
    port: int
    security: Security
    user: str | None
    password: str | None

    @classmethod
    def at(cls, url: str) -> Self:
        """From `smtps://user:password@host:port`, `smtp+starttls://…` or `smtp://…`."""
        parts = urlsplit(url)
        security, port = SCHEMES[parts.scheme]
        user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
        return cls(parts.hostname or "", parts.port or port, security, user, password)

    async def send(self, message: EmailMessage) -> None:
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user,
                password=self.password,
                use_tls=self.security == "tls",
                start_tls={"tls": False, "starttls": True, "when offered": None}[self.security],
                timeout=TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            worst = min(error.recipients, key=lambda refused: refused.code)
            raise _failed(worst.code, worst.message) from error
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
            # Not this mail's fault: whoever runs the service can mend it while the mail waits.
            raise MailNotSent(f"{error.code} {error.message}") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failed(error.code, error.message) from error
        except aiosmtplib.SMTPNotSupported as error:
            raise MailRefused(str(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(str(error) or type(error).__qualname__) from error


def _failed(code: int, said: str) -> MailNotSent | MailRefused:
    """By RFC 5321: 5xx is for good, anything else may be better later."""
    return MailRefused(f"{code} {said}") if 500 <= code <= 599 else MailNotSent(f"{code} {said}")
