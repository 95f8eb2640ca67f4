"""Who somebody is: the road to Supabase Auth (`IdentityGateway`) and the check of its tokens (`TokenVerifier`).

What a person may do is not decided here; membership is read from the database on each request.
"""

from tools.store.identity.failures import (
    AddressTaken,
    InvalidCredentials,
    LinkExpired,
    MailedLately,
    TokenExpired,
    TokenInvalid,
)
from tools.store.identity.gateway import IdentityGateway, LinkKind
from tools.store.identity.models import Registration, Session, User
from tools.store.identity.verifier import Claims, TokenVerifier

__all__ = [
    "AddressTaken",
    "Claims",
    "IdentityGateway",
    "InvalidCredentials",
    "LinkExpired",
    "LinkKind",
    "MailedLately",
    "Registration",
    "Session",
    "TokenExpired",
    "TokenInvalid",
    "TokenVerifier",
    "User",
]
