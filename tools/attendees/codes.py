"""What a ticket's QR says: its code and our signature, so that a forged ticket is told from one nobody knows."""

from __future__ import annotations

import base64
import hmac
import re

from tools.context import Greenroom
from tools.errors import InvalidInput

_PURPOSE = "ticket code"
_MARK = "GR1"
# 96 bits keep the QR at 33 x 33 modules, which a bad camera still reads from a phone's screen.
_SIGNATURE_BYTES = 12
_CODE = re.compile(r"[A-Za-z0-9_-]{12,64}")


class ForgedTicket(InvalidInput):
    code = "forged_ticket"
    title = "This ticket was not made here"
    default_remedy = "Ask for the ticket as it was mailed, or look the person up by name."


def ticket_payload(greenroom: Greenroom, code: str) -> str:
    """The text of the QR of the ticket with this code: 41 characters for a code of ours."""
    return f"{_MARK}.{code}.{_signature(greenroom, code)}"


def read_ticket_payload(greenroom: Greenroom, text: str) -> str:
    """The code in a scanned text; a bare code is taken as typed by hand.

    Raises ForgedTicket for a payload whose signature is not ours, InvalidInput for what is neither.
    """
    text = text.strip()
    if _CODE.fullmatch(text):
        return text
    mark, _, rest = text.partition(".")
    code, _, signature = rest.partition(".")
    if mark != _MARK or not _CODE.fullmatch(code):
        raise InvalidInput("This is not a ticket of ours.")
    if not hmac.compare_digest(signature.encode(errors="replace"), _signature(greenroom, code).encode()):
        raise ForgedTicket()
    return code


def _signature(greenroom: Greenroom, code: str) -> str:
    signature = greenroom.signer.signature(_PURPOSE, code.encode(), size=_SIGNATURE_BYTES)
    return base64.urlsafe_b64encode(signature).decode()
