"""The embedded mail catcher: takes mails over instead of a mail server and keeps them as files. Nothing leaves this machine."""

from embedded.mail.catcher import Caught, MailCatcher

__all__ = ["Caught", "MailCatcher"]
