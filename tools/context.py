"""Who calls, where they stand, and what an operation may use while it runs. Knows no noun and no door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from tools.errors import Forbidden
from tools.kit.ids import IdSource, RandomIds
from tools.kit.paging import CursorSigner
from tools.kit.sealing import Sealer
from tools.kit.signing import Signer
from tools.store.database import Database, Transaction

if TYPE_CHECKING:
    from tools.operation import AnyOperation
    from tools.payments.provider import PaymentProvider
    from tools.store.files import FileGateway, VirusScanner

Role = Literal["door", "viewer", "staff", "admin", "owner"]

DOOR_SCOPES = frozenset({"check_ins:read", "check_ins:write"})
"""Who only scans, at the events they were put at; row-level security shows them no other."""
READ_SCOPES = frozenset(
    {
        "events:read",
        "venues:read",
        "orders:read",
        "sponsors:read",
        "reports:read",
        "proposals:read",
        "check_ins:read",
        "files:read",
    }
)
STAFF_SCOPES = READ_SCOPES | {
    "events:write", "venues:write", "tickets:write", "sponsors:write", "orders:write", "proposals:write",
    "check_ins:write", "check_in_lists:write", "mails:read", "members:read", "files:write",
}  # fmt: skip
ADMIN_SCOPES = STAFF_SCOPES | {
    "orders:refund",
    "check_ins:force",
    "finance:read",
    "finance:write",
    "people:manage",
    "members:write",
    "api_keys:write",
    "integrations:read",
    "integrations:write",
}
OWNER_SCOPES = ADMIN_SCOPES | {"organization:write", "organization:transfer"}
SCOPES: Mapping[str, frozenset[str]] = {
    "door": DOOR_SCOPES,
    "viewer": READ_SCOPES,
    "staff": STAFF_SCOPES,
    "admin": ADMIN_SCOPES,
    "owner": OWNER_SCOPES,
}
"""The one permission table: role -> what it may do. REST, tools and tests read it; row-level security says the same in SQL."""


Listener = Callable[["Caller", "BaseModel"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Greenroom:
    """The service as operations see it."""

    database: Database
    catalog: Mapping[str, AnyOperation]
    cursors: CursorSigner
    listeners: list[Listener] = field(default_factory=list)
    """Told after each decision on a proposal, outside its transaction; the copilot door wakes the waiting thread."""
    public_url: str = "http://127.0.0.1:8000"
    """Where buyers reach us; links in mails and on tickets start with it. No slash at the end."""
    payments: PaymentProvider | None = None
    """Who takes money online; None: it is taken by hand only."""
    files: FileGateway | None = None
    """Where contents of files lie; None: there are none."""
    scanner: VirusScanner | None = None
    """Looks at what is uploaded before anything else does; None: nobody looks for viruses."""
    most_files: int = 5000
    most_file_bytes: int = 5 * 1024**3
    """How much each organisation may keep, copies of pictures included."""
    loopback_webhooks: bool = False
    """Whether webhooks may lead to this machine, for those who develop a receiver on it."""

    @property
    def fields(self) -> Sealer:
        """Seals personal fields at rest. Services over one database are given the same keys."""
        return self.database.fields

    @property
    def signer(self) -> Signer:
        """Signs what leaves us and comes back: links for buyers, tickets."""
        return self.cursors.signer


@dataclass(frozen=True, slots=True)
class Caller:
    """The verified person behind a call, and what this call is.

    `organization` is an id as text, or None for the person's first organisation. `if_match` is the version the caller saw.
    `agent` says that a model acts for the person: it shows in the audit, it gives no right.
    """

    user_id: UUID
    email: str = ""
    organization: str | None = None
    idempotency_key: str | None = None
    request_id: str = ""
    thread_id: UUID | None = None
    run_id: str | None = None
    agent: bool = False
    if_match: int | None = None
    key_id: UUID | None = None
    """The API key that calls, which is `user_id` as well; None: a person."""
    allowed: frozenset[str] | None = None
    """Of the role's scopes only these; None: all."""

    @property
    def kind(self) -> Literal["person", "agent", "key"]:
        """Who acted, as the audit says it."""
        return "agent" if self.agent else "key" if self.key_id else "person"

    def without_key(self) -> Caller:
        return replace(self, idempotency_key=None, if_match=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the caller stands, read from the database at the start of each call. `now` is database time, UTC."""

    org_id: UUID
    role: Role
    name: str
    timezone: str
    currency: str
    locale: str
    auto_apply: bool
    now: datetime
    suspended: bool = False
    allowed: frozenset[str] | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """What the caller may do here. In a suspended organisation everybody may read, and nothing else."""
        scopes = SCOPES[self.role] & READ_SCOPES if self.suspended else SCOPES[self.role]
        return scopes if self.allowed is None else scopes & self.allowed

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


@dataclass(slots=True)
class Context:
    """One operation under way: the caller's standing and the open transaction. Lives no longer than that transaction."""

    greenroom: Greenroom
    caller: Caller
    standing: Standing
    tx: Transaction
    ids: IdSource = field(default_factory=RandomIds)
    proposal_id: UUID | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def org_id(self) -> UUID:
        return self.standing.org_id

    @property
    def now(self) -> datetime:
        return self.standing.now

    def warn(self, sentence: str) -> None:
        """Something the person should see before saying yes; not an error."""
        self.warnings.append(sentence)

    def require(self, scope: str) -> None:
        if scope in self.standing.scopes:
            return
        if self.standing.suspended and scope in SCOPES[self.standing.role]:
            raise Forbidden(
                "This organisation is suspended: it can be read, not changed.",
                remedy="Write to the people who run this service.",
                details={"reason": "suspended"},
            )
        if self.caller.key_id is not None:
            raise Forbidden(
                "This key may not do this.",
                remedy="Use a key with this scope.",
                details={"needed_scope": scope, "role": self.standing.role},
            )
        raise Forbidden(
            f"Your role ({self.standing.role}) may not do this.",
            remedy="Ask an owner or admin of the organisation.",
            details={"needed_scope": scope, "role": self.standing.role},
        )

    def require_person(self) -> None:
        """A yes, and who belongs to an organisation, is for people."""
        if self.caller.key_id is not None:
            raise Forbidden("A key can not do this, only a person.", remedy="Sign in and do it yourself.")

    def for_step(self, proposal: UUID, ids: IdSource) -> Context:
        """The same call, inside one step of a proposal."""
        return replace(self, ids=ids, proposal_id=proposal, warnings=[])
