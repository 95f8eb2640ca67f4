"""The mails of the identity server: what they say and where their links lead. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import formatdate
from enum import StrEnum
from urllib.parse import urlencode
from uuid import uuid4

from embedded.auth.one_time import Kind, Secret
from embedded.auth.settings import AuthSettings


class Action(StrEnum):
    """Why a mail is sent, in Supabase's words; a link names it as its `type`."""

    sign_up = "signup"
    invite = "invite"
    recovery = "recovery"
    magic_link = "magiclink"
    address_change = "email_change"
    reauthentication = "reauthentication"


@dataclass(frozen=True, slots=True)
class _Wording:
    subject: str
    sentence: str


_WORDING = {
    Action.sign_up: _Wording("Confirm your e-mail address", "Follow this link to confirm your e-mail address:"),
    Action.invite: _Wording("You have been invited", "Follow this link to accept the invitation:"),
    Action.recovery: _Wording("Choose a new password", "Follow this link to choose a new password:"),
    Action.magic_link: _Wording("Your sign-in link", "Follow this link to sign in:"),
    Action.address_change: _Wording("Confirm your change of address", "Follow this link to confirm the new address:"),
    Action.reauthentication: _Wording("Your confirmation code", "This code confirms that it is you:"),
}

SENT_AT = {
    Action.sign_up: "confirmation_sent_at",
    Action.invite: "confirmation_sent_at",
    Action.recovery: "recovery_sent_at",
    Action.magic_link: "recovery_sent_at",
    Action.address_change: "email_change_sent_at",
    Action.reauthentication: "reauthentication_sent_at",
}
KIND = {
    Action.sign_up: Kind.confirmation,
    Action.invite: Kind.confirmation,
    Action.recovery: Kind.recovery,
    Action.magic_link: Kind.recovery,
    Action.reauthentication: Kind.reauthentication,
}


def link(settings: AuthSettings, action: Action, token_hash: str, redirect: str) -> str:
    query = urlencode({"token": token_hash, "type": action.value, "redirect_to": redirect})
    return f"{settings.issuer}/verify?{query}"


def letter(settings: AuthSettings, action: Action, address: str, secret: Secret, redirect: str) -> EmailMessage:
    wording = _WORDING[action]
    lines = [wording.sentence, ""]
    if action is Action.reauthentication:
        lines += [secret.code]
    else:
        lines += [link(settings, action, secret.token_hash, redirect), "", f"Or enter this code: {secret.code}"]
    lines += ["", "If you did not ask for this, you need not do anything."]
    message = EmailMessage(policy=SMTPUTF8)
    message["From"] = settings.sender
    message["To"] = address
    message["Subject"] = wording.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{uuid4()}@identity>"
    # No link is cut in two by a line length.
    message.set_content("\n".join(lines) + "\n", cte="quoted-printable")
    return message
