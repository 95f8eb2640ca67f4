"""The message on the wire: headers, both texts and what is attached. Header injection ends here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tools.attendees.documents.models import Attachment
from tools.mails import rules
from tools.mails.rendering import Letter
from tools.mails.transport import MailRefused


def compose(
    letter: Letter,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    dedupe_key: str,
    written_at: datetime,
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """The message from `sender` in the name of `sender_name`. Raises MailRefused for an address that can not be written."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = Address(rules.plain(sender_name, 100), addr_spec=sender)
        message["To"] = Address(addr_spec=recipient)
    except (ValueError, IndexError, MessageError) as error:
        raise MailRefused("the address can not be written in a mail") from error
    message["Subject"] = rules.plain(letter.subject)
    message["Message-ID"] = rules.message_id(dedupe_key, sender.rpartition("@")[2])
    message["Date"] = format_datetime(written_at)
    # So that no robot answers.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    for attachment in attachments:
        maintype, _, subtype = attachment.mime.partition("/")
        message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=attachment.name)
    return message
