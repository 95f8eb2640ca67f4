from __future__ import annotations

import datetime
import uuid
from typing import (
    Annotated,
    Any,
    List,
    Literal,
    Optional,
    TypedDict,
)
from typing_extensions import NotRequired, TypeAlias

from pydantic import BaseModel, Field, JsonValue

AppOrgRole: TypeAlias = Literal["door", "viewer", "staff", "admin", "owner"]

JobsProcrastinateJobEventType: TypeAlias = Literal["deferred", "started", "deferred_for_retry", "failed", "succeeded", "cancelled", "abort_requested", "aborted", "scheduled", "retried"]

JobsProcrastinateJobStatus: TypeAlias = Literal["todo", "doing", "succeeded", "failed", "cancelled", "aborting", "aborted"]

class PublicApiKeys(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID = Field(alias="created_by")
    digest: str = Field(alias="digest")
    expires_at: Optional[datetime.datetime] = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    last_used_at: Optional[datetime.datetime] = Field(alias="last_used_at")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    revoked_at: Optional[datetime.datetime] = Field(alias="revoked_at")
    role: AppOrgRole = Field(alias="role")
    scopes: Optional[List[str]] = Field(alias="scopes")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicApiKeysInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: Annotated[uuid.UUID, Field(alias="created_by")]
    digest: Annotated[str, Field(alias="digest")]
    expires_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="expires_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    last_used_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="last_used_at")]]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    revoked_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="revoked_at")]]
    role: Annotated[AppOrgRole, Field(alias="role")]
    scopes: NotRequired[Annotated[Optional[List[str]], Field(alias="scopes")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicApiKeysUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID, Field(alias="created_by")]]
    digest: NotRequired[Annotated[str, Field(alias="digest")]]
    expires_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_used_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="last_used_at")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    revoked_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="revoked_at")]]
    role: NotRequired[Annotated[AppOrgRole, Field(alias="role")]]
    scopes: NotRequired[Annotated[Optional[List[str]], Field(alias="scopes")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicAudit(BaseModel):
    actor_id: Optional[uuid.UUID] = Field(alias="actor_id")
    actor_kind: str = Field(alias="actor_kind")
    at: datetime.datetime = Field(alias="at")
    effect: str = Field(alias="effect")
    id: int = Field(alias="id")
    operation: str = Field(alias="operation")
    org_id: uuid.UUID = Field(alias="org_id")
    proposal_id: Optional[uuid.UUID] = Field(alias="proposal_id")
    request_id: str = Field(alias="request_id")
    seal: Optional[str] = Field(alias="seal")
    subject_id: Optional[uuid.UUID] = Field(alias="subject_id")
    summary: str = Field(alias="summary")
    thread_id: Optional[uuid.UUID] = Field(alias="thread_id")

class PublicAuditInsert(TypedDict):
    actor_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="actor_id")]]
    actor_kind: Annotated[str, Field(alias="actor_kind")]
    at: NotRequired[Annotated[datetime.datetime, Field(alias="at")]]
    effect: Annotated[str, Field(alias="effect")]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    operation: Annotated[str, Field(alias="operation")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    proposal_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="proposal_id")]]
    request_id: NotRequired[Annotated[str, Field(alias="request_id")]]
    seal: NotRequired[Annotated[Optional[str], Field(alias="seal")]]
    subject_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="subject_id")]]
    summary: NotRequired[Annotated[str, Field(alias="summary")]]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]

class PublicAuditUpdate(TypedDict):
    actor_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="actor_id")]]
    actor_kind: NotRequired[Annotated[str, Field(alias="actor_kind")]]
    at: NotRequired[Annotated[datetime.datetime, Field(alias="at")]]
    effect: NotRequired[Annotated[str, Field(alias="effect")]]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    operation: NotRequired[Annotated[str, Field(alias="operation")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    proposal_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="proposal_id")]]
    request_id: NotRequired[Annotated[str, Field(alias="request_id")]]
    seal: NotRequired[Annotated[Optional[str], Field(alias="seal")]]
    subject_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="subject_id")]]
    summary: NotRequired[Annotated[str, Field(alias="summary")]]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]

class PublicAuditRedactions(BaseModel):
    audit_id: int = Field(alias="audit_id")
    created_at: datetime.datetime = Field(alias="created_at")
    erasure_id: uuid.UUID = Field(alias="erasure_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")

class PublicAuditRedactionsInsert(TypedDict):
    audit_id: Annotated[int, Field(alias="audit_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    erasure_id: Annotated[uuid.UUID, Field(alias="erasure_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]

class PublicAuditRedactionsUpdate(TypedDict):
    audit_id: NotRequired[Annotated[int, Field(alias="audit_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    erasure_id: NotRequired[Annotated[uuid.UUID, Field(alias="erasure_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]

class PublicBookings(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    during: str = Field(alias="during")
    end_date: datetime.datetime = Field(alias="end_date")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    setup_minutes: int = Field(alias="setup_minutes")
    space_id: uuid.UUID = Field(alias="space_id")
    start_date: datetime.datetime = Field(alias="start_date")
    status: str = Field(alias="status")
    teardown_minutes: int = Field(alias="teardown_minutes")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicBookingsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    during: NotRequired[Annotated[str, Field(alias="during")]]
    end_date: Annotated[datetime.datetime, Field(alias="end_date")]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    setup_minutes: NotRequired[Annotated[int, Field(alias="setup_minutes")]]
    space_id: Annotated[uuid.UUID, Field(alias="space_id")]
    start_date: Annotated[datetime.datetime, Field(alias="start_date")]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    teardown_minutes: NotRequired[Annotated[int, Field(alias="teardown_minutes")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicBookingsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    during: NotRequired[Annotated[str, Field(alias="during")]]
    end_date: NotRequired[Annotated[datetime.datetime, Field(alias="end_date")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    setup_minutes: NotRequired[Annotated[int, Field(alias="setup_minutes")]]
    space_id: NotRequired[Annotated[uuid.UUID, Field(alias="space_id")]]
    start_date: NotRequired[Annotated[datetime.datetime, Field(alias="start_date")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    teardown_minutes: NotRequired[Annotated[int, Field(alias="teardown_minutes")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicBundleItems(BaseModel):
    bundle_id: uuid.UUID = Field(alias="bundle_id")
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    quantity: int = Field(alias="quantity")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")

class PublicBundleItemsInsert(TypedDict):
    bundle_id: Annotated[uuid.UUID, Field(alias="bundle_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    quantity: Annotated[int, Field(alias="quantity")]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]

class PublicBundleItemsUpdate(TypedDict):
    bundle_id: NotRequired[Annotated[uuid.UUID, Field(alias="bundle_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    quantity: NotRequired[Annotated[int, Field(alias="quantity")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]

class PublicCheckInListTicketTypes(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    list_id: uuid.UUID = Field(alias="list_id")
    org_id: uuid.UUID = Field(alias="org_id")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")

class PublicCheckInListTicketTypesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    list_id: Annotated[uuid.UUID, Field(alias="list_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]

class PublicCheckInListTicketTypesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    list_id: NotRequired[Annotated[uuid.UUID, Field(alias="list_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]

class PublicCheckInLists(BaseModel):
    closes_at: Optional[datetime.datetime] = Field(alias="closes_at")
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    every_type: bool = Field(alias="every_type")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    opens_at: Optional[datetime.datetime] = Field(alias="opens_at")
    org_id: uuid.UUID = Field(alias="org_id")
    reentry: bool = Field(alias="reentry")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicCheckInListsInsert(TypedDict):
    closes_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="closes_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    every_type: NotRequired[Annotated[bool, Field(alias="every_type")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    opens_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="opens_at")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    reentry: NotRequired[Annotated[bool, Field(alias="reentry")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicCheckInListsUpdate(TypedDict):
    closes_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="closes_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    every_type: NotRequired[Annotated[bool, Field(alias="every_type")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    opens_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="opens_at")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    reentry: NotRequired[Annotated[bool, Field(alias="reentry")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicCheckIns(BaseModel):
    arrived: bool = Field(alias="arrived")
    barred: Optional[str] = Field(alias="barred")
    by_user: Optional[uuid.UUID] = Field(alias="by_user")
    device: str = Field(alias="device")
    event_id: uuid.UUID = Field(alias="event_id")
    forced: bool = Field(alias="forced")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    latest: bool = Field(alias="latest")
    list_id: uuid.UUID = Field(alias="list_id")
    nonce: str = Field(alias="nonce")
    offline: bool = Field(alias="offline")
    org_id: uuid.UUID = Field(alias="org_id")
    outcome: str = Field(alias="outcome")
    reason: Optional[str] = Field(alias="reason")
    received_at: datetime.datetime = Field(alias="received_at")
    reentry: bool = Field(alias="reentry")
    scanned_at: datetime.datetime = Field(alias="scanned_at")
    ticket_id: Optional[uuid.UUID] = Field(alias="ticket_id")
    told: Optional[str] = Field(alias="told")
    undone_at: Optional[datetime.datetime] = Field(alias="undone_at")
    undone_by: Optional[uuid.UUID] = Field(alias="undone_by")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicCheckInsInsert(TypedDict):
    arrived: NotRequired[Annotated[bool, Field(alias="arrived")]]
    barred: NotRequired[Annotated[Optional[str], Field(alias="barred")]]
    by_user: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="by_user")]]
    device: NotRequired[Annotated[str, Field(alias="device")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    forced: NotRequired[Annotated[bool, Field(alias="forced")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    latest: NotRequired[Annotated[bool, Field(alias="latest")]]
    list_id: Annotated[uuid.UUID, Field(alias="list_id")]
    nonce: Annotated[str, Field(alias="nonce")]
    offline: NotRequired[Annotated[bool, Field(alias="offline")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    outcome: Annotated[str, Field(alias="outcome")]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    received_at: NotRequired[Annotated[datetime.datetime, Field(alias="received_at")]]
    reentry: Annotated[bool, Field(alias="reentry")]
    scanned_at: Annotated[datetime.datetime, Field(alias="scanned_at")]
    ticket_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_id")]]
    told: NotRequired[Annotated[Optional[str], Field(alias="told")]]
    undone_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="undone_at")]]
    undone_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undone_by")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicCheckInsUpdate(TypedDict):
    arrived: NotRequired[Annotated[bool, Field(alias="arrived")]]
    barred: NotRequired[Annotated[Optional[str], Field(alias="barred")]]
    by_user: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="by_user")]]
    device: NotRequired[Annotated[str, Field(alias="device")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    forced: NotRequired[Annotated[bool, Field(alias="forced")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    latest: NotRequired[Annotated[bool, Field(alias="latest")]]
    list_id: NotRequired[Annotated[uuid.UUID, Field(alias="list_id")]]
    nonce: NotRequired[Annotated[str, Field(alias="nonce")]]
    offline: NotRequired[Annotated[bool, Field(alias="offline")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    outcome: NotRequired[Annotated[str, Field(alias="outcome")]]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    received_at: NotRequired[Annotated[datetime.datetime, Field(alias="received_at")]]
    reentry: NotRequired[Annotated[bool, Field(alias="reentry")]]
    scanned_at: NotRequired[Annotated[datetime.datetime, Field(alias="scanned_at")]]
    ticket_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_id")]]
    told: NotRequired[Annotated[Optional[str], Field(alias="told")]]
    undone_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="undone_at")]]
    undone_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undone_by")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicDoorStaff(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    user_id: uuid.UUID = Field(alias="user_id")

class PublicDoorStaffInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]

class PublicDoorStaffUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]

class PublicErasures(BaseModel):
    conversations: int = Field(alias="conversations")
    created_at: datetime.datetime = Field(alias="created_at")
    finished_at: Optional[datetime.datetime] = Field(alias="finished_at")
    id: uuid.UUID = Field(alias="id")
    mails: int = Field(alias="mails")
    mentions: int = Field(alias="mentions")
    orders: int = Field(alias="orders")
    org_id: uuid.UUID = Field(alias="org_id")
    person: str = Field(alias="person")
    pseudonym: str = Field(alias="pseudonym")
    terms: Optional[str] = Field(alias="terms")
    tickets: int = Field(alias="tickets")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")
    waiting_list_entries: int = Field(alias="waiting_list_entries")

class PublicErasuresInsert(TypedDict):
    conversations: NotRequired[Annotated[int, Field(alias="conversations")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    mails: NotRequired[Annotated[int, Field(alias="mails")]]
    mentions: NotRequired[Annotated[int, Field(alias="mentions")]]
    orders: NotRequired[Annotated[int, Field(alias="orders")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    person: NotRequired[Annotated[str, Field(alias="person")]]
    pseudonym: Annotated[str, Field(alias="pseudonym")]
    terms: NotRequired[Annotated[Optional[str], Field(alias="terms")]]
    tickets: NotRequired[Annotated[int, Field(alias="tickets")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    waiting_list_entries: NotRequired[Annotated[int, Field(alias="waiting_list_entries")]]

class PublicErasuresUpdate(TypedDict):
    conversations: NotRequired[Annotated[int, Field(alias="conversations")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    mails: NotRequired[Annotated[int, Field(alias="mails")]]
    mentions: NotRequired[Annotated[int, Field(alias="mentions")]]
    orders: NotRequired[Annotated[int, Field(alias="orders")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    person: NotRequired[Annotated[str, Field(alias="person")]]
    pseudonym: NotRequired[Annotated[str, Field(alias="pseudonym")]]
    terms: NotRequired[Annotated[Optional[str], Field(alias="terms")]]
    tickets: NotRequired[Annotated[int, Field(alias="tickets")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    waiting_list_entries: NotRequired[Annotated[int, Field(alias="waiting_list_entries")]]

class PublicEvents(BaseModel):
    cancel_reason: Optional[str] = Field(alias="cancel_reason")
    capacity: Optional[int] = Field(alias="capacity")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    description: str = Field(alias="description")
    end_date: datetime.datetime = Field(alias="end_date")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    start_date: datetime.datetime = Field(alias="start_date")
    status: str = Field(alias="status")
    timezone: str = Field(alias="timezone")
    updated_at: datetime.datetime = Field(alias="updated_at")
    venue_id: Optional[uuid.UUID] = Field(alias="venue_id")
    version: int = Field(alias="version")

class PublicEventsInsert(TypedDict):
    cancel_reason: NotRequired[Annotated[Optional[str], Field(alias="cancel_reason")]]
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    end_date: Annotated[datetime.datetime, Field(alias="end_date")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    start_date: Annotated[datetime.datetime, Field(alias="start_date")]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    timezone: Annotated[str, Field(alias="timezone")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    venue_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="venue_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicEventsUpdate(TypedDict):
    cancel_reason: NotRequired[Annotated[Optional[str], Field(alias="cancel_reason")]]
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    end_date: NotRequired[Annotated[datetime.datetime, Field(alias="end_date")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    start_date: NotRequired[Annotated[datetime.datetime, Field(alias="start_date")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    venue_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="venue_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicFileRemovals(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    paths: List[str] = Field(alias="paths")
    tried_at: Optional[datetime.datetime] = Field(alias="tried_at")

class PublicFileRemovalsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    paths: Annotated[List[str], Field(alias="paths")]
    tried_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="tried_at")]]

class PublicFileRemovalsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    paths: NotRequired[Annotated[List[str], Field(alias="paths")]]
    tried_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="tried_at")]]

class PublicFiles(BaseModel):
    bytes: int = Field(alias="bytes")
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID = Field(alias="created_by")
    event_id: Optional[uuid.UUID] = Field(alias="event_id")
    height: Optional[int] = Field(alias="height")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    media_type: str = Field(alias="media_type")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    path: str = Field(alias="path")
    sha256: str = Field(alias="sha256")
    sponsor_id: Optional[uuid.UUID] = Field(alias="sponsor_id")
    state: str = Field(alias="state")
    thread_id: Optional[uuid.UUID] = Field(alias="thread_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    variants: JsonValue = Field(alias="variants")
    venue_id: Optional[uuid.UUID] = Field(alias="venue_id")
    version: int = Field(alias="version")
    width: Optional[int] = Field(alias="width")

class PublicFilesInsert(TypedDict):
    bytes: Annotated[int, Field(alias="bytes")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: Annotated[uuid.UUID, Field(alias="created_by")]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    height: NotRequired[Annotated[Optional[int], Field(alias="height")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    media_type: Annotated[str, Field(alias="media_type")]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    path: Annotated[str, Field(alias="path")]
    sha256: Annotated[str, Field(alias="sha256")]
    sponsor_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="sponsor_id")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    variants: NotRequired[Annotated[JsonValue, Field(alias="variants")]]
    venue_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="venue_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    width: NotRequired[Annotated[Optional[int], Field(alias="width")]]

class PublicFilesUpdate(TypedDict):
    bytes: NotRequired[Annotated[int, Field(alias="bytes")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID, Field(alias="created_by")]]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    height: NotRequired[Annotated[Optional[int], Field(alias="height")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    media_type: NotRequired[Annotated[str, Field(alias="media_type")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    sha256: NotRequired[Annotated[str, Field(alias="sha256")]]
    sponsor_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="sponsor_id")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    variants: NotRequired[Annotated[JsonValue, Field(alias="variants")]]
    venue_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="venue_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    width: NotRequired[Annotated[Optional[int], Field(alias="width")]]

class PublicHoldItems(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    hold_id: uuid.UUID = Field(alias="hold_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    quantity: int = Field(alias="quantity")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")

class PublicHoldItemsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    hold_id: Annotated[uuid.UUID, Field(alias="hold_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    quantity: Annotated[int, Field(alias="quantity")]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]

class PublicHoldItemsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    hold_id: NotRequired[Annotated[uuid.UUID, Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    quantity: NotRequired[Annotated[int, Field(alias="quantity")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]

class PublicHolds(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    expires_at: datetime.datetime = Field(alias="expires_at")
    extended: int = Field(alias="extended")
    id: uuid.UUID = Field(alias="id")
    label: str = Field(alias="label")
    org_id: uuid.UUID = Field(alias="org_id")
    promo_code_id: Optional[uuid.UUID] = Field(alias="promo_code_id")
    promo_uses: int = Field(alias="promo_uses")
    purpose: str = Field(alias="purpose")
    status: str = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicHoldsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    extended: NotRequired[Annotated[int, Field(alias="extended")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    promo_code_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="promo_code_id")]]
    promo_uses: NotRequired[Annotated[int, Field(alias="promo_uses")]]
    purpose: NotRequired[Annotated[str, Field(alias="purpose")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicHoldsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    extended: NotRequired[Annotated[int, Field(alias="extended")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    promo_code_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="promo_code_id")]]
    promo_uses: NotRequired[Annotated[int, Field(alias="promo_uses")]]
    purpose: NotRequired[Annotated[str, Field(alias="purpose")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicIdempotencyKeys(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    key: str = Field(alias="key")
    operation: str = Field(alias="operation")
    org_id: uuid.UUID = Field(alias="org_id")
    request_hash: str = Field(alias="request_hash")
    response: JsonValue = Field(alias="response")
    user_id: uuid.UUID = Field(alias="user_id")

class PublicIdempotencyKeysInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    key: Annotated[str, Field(alias="key")]
    operation: Annotated[str, Field(alias="operation")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    request_hash: Annotated[str, Field(alias="request_hash")]
    response: Annotated[JsonValue, Field(alias="response")]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]

class PublicIdempotencyKeysUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    key: NotRequired[Annotated[str, Field(alias="key")]]
    operation: NotRequired[Annotated[str, Field(alias="operation")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    request_hash: NotRequired[Annotated[str, Field(alias="request_hash")]]
    response: NotRequired[Annotated[JsonValue, Field(alias="response")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]

class PublicInvitations(BaseModel):
    accepted_at: Optional[datetime.datetime] = Field(alias="accepted_at")
    accepted_by: Optional[uuid.UUID] = Field(alias="accepted_by")
    created_at: datetime.datetime = Field(alias="created_at")
    email: str = Field(alias="email")
    event_ids: List[uuid.UUID] = Field(alias="event_ids")
    expires_at: datetime.datetime = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    invited_by: uuid.UUID = Field(alias="invited_by")
    letters: List[datetime.datetime] = Field(alias="letters")
    org_id: uuid.UUID = Field(alias="org_id")
    revoked_at: Optional[datetime.datetime] = Field(alias="revoked_at")
    role: AppOrgRole = Field(alias="role")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicInvitationsInsert(TypedDict):
    accepted_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="accepted_at")]]
    accepted_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="accepted_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: Annotated[str, Field(alias="email")]
    event_ids: NotRequired[Annotated[List[uuid.UUID], Field(alias="event_ids")]]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    invited_by: Annotated[uuid.UUID, Field(alias="invited_by")]
    letters: NotRequired[Annotated[List[datetime.datetime], Field(alias="letters")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    revoked_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="revoked_at")]]
    role: Annotated[AppOrgRole, Field(alias="role")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicInvitationsUpdate(TypedDict):
    accepted_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="accepted_at")]]
    accepted_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="accepted_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    event_ids: NotRequired[Annotated[List[uuid.UUID], Field(alias="event_ids")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    invited_by: NotRequired[Annotated[uuid.UUID, Field(alias="invited_by")]]
    letters: NotRequired[Annotated[List[datetime.datetime], Field(alias="letters")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    revoked_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="revoked_at")]]
    role: NotRequired[Annotated[AppOrgRole, Field(alias="role")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicMails(BaseModel):
    attempts: int = Field(alias="attempts")
    body: Optional[str] = Field(alias="body")
    created_at: datetime.datetime = Field(alias="created_at")
    dedupe_key: str = Field(alias="dedupe_key")
    event_id: Optional[uuid.UUID] = Field(alias="event_id")
    facts: JsonValue = Field(alias="facts")
    failure: Optional[str] = Field(alias="failure")
    html: Optional[str] = Field(alias="html")
    id: uuid.UUID = Field(alias="id")
    invitation_id: Optional[uuid.UUID] = Field(alias="invitation_id")
    kind: str = Field(alias="kind")
    locale: str = Field(alias="locale")
    order_id: Optional[uuid.UUID] = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    recipient: str = Field(alias="recipient")
    recipient_index: Optional[str] = Field(alias="recipient_index")
    sent_at: Optional[datetime.datetime] = Field(alias="sent_at")
    status: str = Field(alias="status")
    subject: Optional[str] = Field(alias="subject")
    ticket_id: Optional[uuid.UUID] = Field(alias="ticket_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicMailsInsert(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    body: NotRequired[Annotated[Optional[str], Field(alias="body")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    dedupe_key: Annotated[str, Field(alias="dedupe_key")]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    facts: NotRequired[Annotated[JsonValue, Field(alias="facts")]]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    html: NotRequired[Annotated[Optional[str], Field(alias="html")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    invitation_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="invitation_id")]]
    kind: Annotated[str, Field(alias="kind")]
    locale: Annotated[str, Field(alias="locale")]
    order_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="order_id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    recipient: Annotated[str, Field(alias="recipient")]
    recipient_index: NotRequired[Annotated[Optional[str], Field(alias="recipient_index")]]
    sent_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sent_at")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    subject: NotRequired[Annotated[Optional[str], Field(alias="subject")]]
    ticket_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicMailsUpdate(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    body: NotRequired[Annotated[Optional[str], Field(alias="body")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    dedupe_key: NotRequired[Annotated[str, Field(alias="dedupe_key")]]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    facts: NotRequired[Annotated[JsonValue, Field(alias="facts")]]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    html: NotRequired[Annotated[Optional[str], Field(alias="html")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    invitation_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="invitation_id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    order_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    recipient: NotRequired[Annotated[str, Field(alias="recipient")]]
    recipient_index: NotRequired[Annotated[Optional[str], Field(alias="recipient_index")]]
    sent_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sent_at")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    subject: NotRequired[Annotated[Optional[str], Field(alias="subject")]]
    ticket_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicMemberships(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    org_id: uuid.UUID = Field(alias="org_id")
    role: AppOrgRole = Field(alias="role")
    user_id: uuid.UUID = Field(alias="user_id")

class PublicMembershipsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    role: Annotated[AppOrgRole, Field(alias="role")]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]

class PublicMembershipsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    role: NotRequired[Annotated[AppOrgRole, Field(alias="role")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]

class PublicOrderItems(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    discount_amount: int = Field(alias="discount_amount")
    fee_amount: int = Field(alias="fee_amount")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    label: str = Field(alias="label")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    part_of: Optional[uuid.UUID] = Field(alias="part_of")
    price_amount: int = Field(alias="price_amount")
    quantity: int = Field(alias="quantity")
    reverses: Optional[uuid.UUID] = Field(alias="reverses")
    tax_amount: int = Field(alias="tax_amount")
    tax_basis_points: int = Field(alias="tax_basis_points")
    tax_included: bool = Field(alias="tax_included")
    ticket_type_id: Optional[uuid.UUID] = Field(alias="ticket_type_id")
    total_amount: int = Field(alias="total_amount")

class PublicOrderItemsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    discount_amount: NotRequired[Annotated[int, Field(alias="discount_amount")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    part_of: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="part_of")]]
    price_amount: Annotated[int, Field(alias="price_amount")]
    quantity: Annotated[int, Field(alias="quantity")]
    reverses: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="reverses")]]
    tax_amount: NotRequired[Annotated[int, Field(alias="tax_amount")]]
    tax_basis_points: NotRequired[Annotated[int, Field(alias="tax_basis_points")]]
    tax_included: NotRequired[Annotated[bool, Field(alias="tax_included")]]
    ticket_type_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_type_id")]]
    total_amount: Annotated[int, Field(alias="total_amount")]

class PublicOrderItemsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    discount_amount: NotRequired[Annotated[int, Field(alias="discount_amount")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    part_of: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="part_of")]]
    price_amount: NotRequired[Annotated[int, Field(alias="price_amount")]]
    quantity: NotRequired[Annotated[int, Field(alias="quantity")]]
    reverses: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="reverses")]]
    tax_amount: NotRequired[Annotated[int, Field(alias="tax_amount")]]
    tax_basis_points: NotRequired[Annotated[int, Field(alias="tax_basis_points")]]
    tax_included: NotRequired[Annotated[bool, Field(alias="tax_included")]]
    ticket_type_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="ticket_type_id")]]
    total_amount: NotRequired[Annotated[int, Field(alias="total_amount")]]

class PublicOrders(BaseModel):
    billing_address: str = Field(alias="billing_address")
    buyer_email: Optional[str] = Field(alias="buyer_email")
    buyer_email_index: Optional[str] = Field(alias="buyer_email_index")
    buyer_name: str = Field(alias="buyer_name")
    cancelled_at: Optional[datetime.datetime] = Field(alias="cancelled_at")
    channel: str = Field(alias="channel")
    created_at: datetime.datetime = Field(alias="created_at")
    credited_amount: int = Field(alias="credited_amount")
    currency: str = Field(alias="currency")
    discount_amount: int = Field(alias="discount_amount")
    event_id: uuid.UUID = Field(alias="event_id")
    expires_at: Optional[datetime.datetime] = Field(alias="expires_at")
    fee_amount: int = Field(alias="fee_amount")
    hold_id: Optional[uuid.UUID] = Field(alias="hold_id")
    id: uuid.UUID = Field(alias="id")
    kept_amount: int = Field(alias="kept_amount")
    link_version: int = Field(alias="link_version")
    locale: str = Field(alias="locale")
    needs_approval: bool = Field(alias="needs_approval")
    number: str = Field(alias="number")
    org_id: uuid.UUID = Field(alias="org_id")
    paid_amount: int = Field(alias="paid_amount")
    paid_at: Optional[datetime.datetime] = Field(alias="paid_at")
    promo_code_id: Optional[uuid.UUID] = Field(alias="promo_code_id")
    promo_uses: int = Field(alias="promo_uses")
    refunded_amount: int = Field(alias="refunded_amount")
    status: str = Field(alias="status")
    tax_amount: int = Field(alias="tax_amount")
    total_amount: int = Field(alias="total_amount")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicOrdersInsert(TypedDict):
    billing_address: NotRequired[Annotated[str, Field(alias="billing_address")]]
    buyer_email: NotRequired[Annotated[Optional[str], Field(alias="buyer_email")]]
    buyer_email_index: NotRequired[Annotated[Optional[str], Field(alias="buyer_email_index")]]
    buyer_name: NotRequired[Annotated[str, Field(alias="buyer_name")]]
    cancelled_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="cancelled_at")]]
    channel: NotRequired[Annotated[str, Field(alias="channel")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    credited_amount: NotRequired[Annotated[int, Field(alias="credited_amount")]]
    currency: Annotated[str, Field(alias="currency")]
    discount_amount: NotRequired[Annotated[int, Field(alias="discount_amount")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    expires_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="expires_at")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    hold_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kept_amount: NotRequired[Annotated[int, Field(alias="kept_amount")]]
    link_version: NotRequired[Annotated[int, Field(alias="link_version")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    needs_approval: NotRequired[Annotated[bool, Field(alias="needs_approval")]]
    number: Annotated[str, Field(alias="number")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    paid_amount: NotRequired[Annotated[int, Field(alias="paid_amount")]]
    paid_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="paid_at")]]
    promo_code_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="promo_code_id")]]
    promo_uses: NotRequired[Annotated[int, Field(alias="promo_uses")]]
    refunded_amount: NotRequired[Annotated[int, Field(alias="refunded_amount")]]
    status: Annotated[str, Field(alias="status")]
    tax_amount: NotRequired[Annotated[int, Field(alias="tax_amount")]]
    total_amount: Annotated[int, Field(alias="total_amount")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicOrdersUpdate(TypedDict):
    billing_address: NotRequired[Annotated[str, Field(alias="billing_address")]]
    buyer_email: NotRequired[Annotated[Optional[str], Field(alias="buyer_email")]]
    buyer_email_index: NotRequired[Annotated[Optional[str], Field(alias="buyer_email_index")]]
    buyer_name: NotRequired[Annotated[str, Field(alias="buyer_name")]]
    cancelled_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="cancelled_at")]]
    channel: NotRequired[Annotated[str, Field(alias="channel")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    credited_amount: NotRequired[Annotated[int, Field(alias="credited_amount")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    discount_amount: NotRequired[Annotated[int, Field(alias="discount_amount")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    expires_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="expires_at")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    hold_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kept_amount: NotRequired[Annotated[int, Field(alias="kept_amount")]]
    link_version: NotRequired[Annotated[int, Field(alias="link_version")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    needs_approval: NotRequired[Annotated[bool, Field(alias="needs_approval")]]
    number: NotRequired[Annotated[str, Field(alias="number")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    paid_amount: NotRequired[Annotated[int, Field(alias="paid_amount")]]
    paid_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="paid_at")]]
    promo_code_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="promo_code_id")]]
    promo_uses: NotRequired[Annotated[int, Field(alias="promo_uses")]]
    refunded_amount: NotRequired[Annotated[int, Field(alias="refunded_amount")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    tax_amount: NotRequired[Annotated[int, Field(alias="tax_amount")]]
    total_amount: NotRequired[Annotated[int, Field(alias="total_amount")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicOrganizations(BaseModel):
    auto_apply: bool = Field(alias="auto_apply")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    id: uuid.UUID = Field(alias="id")
    locale: str = Field(alias="locale")
    name: str = Field(alias="name")
    suspended_at: Optional[datetime.datetime] = Field(alias="suspended_at")
    suspended_reason: Optional[str] = Field(alias="suspended_reason")
    timezone: str = Field(alias="timezone")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicOrganizationsInsert(TypedDict):
    auto_apply: NotRequired[Annotated[bool, Field(alias="auto_apply")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: Annotated[str, Field(alias="name")]
    suspended_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="suspended_at")]]
    suspended_reason: NotRequired[Annotated[Optional[str], Field(alias="suspended_reason")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicOrganizationsUpdate(TypedDict):
    auto_apply: NotRequired[Annotated[bool, Field(alias="auto_apply")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    suspended_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="suspended_at")]]
    suspended_reason: NotRequired[Annotated[Optional[str], Field(alias="suspended_reason")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicOutbox(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: Optional[uuid.UUID] = Field(alias="event_id")
    id: int = Field(alias="id")
    kind: str = Field(alias="kind")
    org_id: uuid.UUID = Field(alias="org_id")
    relayed_at: Optional[datetime.datetime] = Field(alias="relayed_at")
    subject_id: Optional[uuid.UUID] = Field(alias="subject_id")

class PublicOutboxInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    relayed_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="relayed_at")]]
    subject_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="subject_id")]]

class PublicOutboxUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="event_id")]]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    relayed_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="relayed_at")]]
    subject_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="subject_id")]]

class PublicPaymentEvents(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: str = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    org_id: uuid.UUID = Field(alias="org_id")
    outcome: str = Field(alias="outcome")
    payment_id: Optional[uuid.UUID] = Field(alias="payment_id")
    provider: str = Field(alias="provider")
    refund_id: Optional[uuid.UUID] = Field(alias="refund_id")

class PublicPaymentEventsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[str, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    outcome: Annotated[str, Field(alias="outcome")]
    payment_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="payment_id")]]
    provider: Annotated[str, Field(alias="provider")]
    refund_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="refund_id")]]

class PublicPaymentEventsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[str, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    outcome: NotRequired[Annotated[str, Field(alias="outcome")]]
    payment_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="payment_id")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    refund_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="refund_id")]]

class PublicPayments(BaseModel):
    amount: int = Field(alias="amount")
    attempts: int = Field(alias="attempts")
    confirmed_at: Optional[datetime.datetime] = Field(alias="confirmed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    failure: Optional[str] = Field(alias="failure")
    id: uuid.UUID = Field(alias="id")
    method: str = Field(alias="method")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    pay_url: Optional[str] = Field(alias="pay_url")
    provider: str = Field(alias="provider")
    provider_reference: Optional[str] = Field(alias="provider_reference")
    refunded_amount: int = Field(alias="refunded_amount")
    return_url: Optional[str] = Field(alias="return_url")
    status: str = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicPaymentsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    confirmed_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="confirmed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    method: Annotated[str, Field(alias="method")]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    pay_url: NotRequired[Annotated[Optional[str], Field(alias="pay_url")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    provider_reference: NotRequired[Annotated[Optional[str], Field(alias="provider_reference")]]
    refunded_amount: NotRequired[Annotated[int, Field(alias="refunded_amount")]]
    return_url: NotRequired[Annotated[Optional[str], Field(alias="return_url")]]
    status: Annotated[str, Field(alias="status")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicPaymentsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    confirmed_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="confirmed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    method: NotRequired[Annotated[str, Field(alias="method")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    pay_url: NotRequired[Annotated[Optional[str], Field(alias="pay_url")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    provider_reference: NotRequired[Annotated[Optional[str], Field(alias="provider_reference")]]
    refunded_amount: NotRequired[Annotated[int, Field(alias="refunded_amount")]]
    return_url: NotRequired[Annotated[Optional[str], Field(alias="return_url")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicPayouts(BaseModel):
    amount: int = Field(alias="amount")
    arrived_on: datetime.date = Field(alias="arrived_on")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    fee_amount: int = Field(alias="fee_amount")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    provider: str = Field(alias="provider")
    reference: str = Field(alias="reference")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")
    voided_at: Optional[datetime.datetime] = Field(alias="voided_at")

class PublicPayoutsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    arrived_on: Annotated[datetime.date, Field(alias="arrived_on")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    provider: Annotated[str, Field(alias="provider")]
    reference: Annotated[str, Field(alias="reference")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    voided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="voided_at")]]

class PublicPayoutsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    arrived_on: NotRequired[Annotated[datetime.date, Field(alias="arrived_on")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    reference: NotRequired[Annotated[str, Field(alias="reference")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    voided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="voided_at")]]

class PublicPlatformAdmins(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    user_id: uuid.UUID = Field(alias="user_id")

class PublicPlatformAdminsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]

class PublicPlatformAdminsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]

class PublicPromoCodeTicketTypes(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    promo_code_id: uuid.UUID = Field(alias="promo_code_id")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")

class PublicPromoCodeTicketTypesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    promo_code_id: Annotated[uuid.UUID, Field(alias="promo_code_id")]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]

class PublicPromoCodeTicketTypesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    promo_code_id: NotRequired[Annotated[uuid.UUID, Field(alias="promo_code_id")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]

class PublicPromoCodes(BaseModel):
    active: bool = Field(alias="active")
    blocked: int = Field(alias="blocked")
    blocks_ticket_type_id: Optional[uuid.UUID] = Field(alias="blocks_ticket_type_id")
    budget_amount: Optional[int] = Field(alias="budget_amount")
    code: str = Field(alias="code")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: Optional[str] = Field(alias="currency")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    label: str = Field(alias="label")
    max_per_buyer: Optional[int] = Field(alias="max_per_buyer")
    max_uses: Optional[int] = Field(alias="max_uses")
    off_amount: Optional[int] = Field(alias="off_amount")
    org_id: uuid.UUID = Field(alias="org_id")
    percent_basis_points: Optional[int] = Field(alias="percent_basis_points")
    price_amount: Optional[int] = Field(alias="price_amount")
    spent_amount: int = Field(alias="spent_amount")
    updated_at: datetime.datetime = Field(alias="updated_at")
    uses: int = Field(alias="uses")
    valid_from: Optional[datetime.datetime] = Field(alias="valid_from")
    valid_until: Optional[datetime.datetime] = Field(alias="valid_until")
    version: int = Field(alias="version")

class PublicPromoCodesInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    blocked: NotRequired[Annotated[int, Field(alias="blocked")]]
    blocks_ticket_type_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="blocks_ticket_type_id")]]
    budget_amount: NotRequired[Annotated[Optional[int], Field(alias="budget_amount")]]
    code: Annotated[str, Field(alias="code")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[Optional[str], Field(alias="currency")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    max_per_buyer: NotRequired[Annotated[Optional[int], Field(alias="max_per_buyer")]]
    max_uses: NotRequired[Annotated[Optional[int], Field(alias="max_uses")]]
    off_amount: NotRequired[Annotated[Optional[int], Field(alias="off_amount")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    percent_basis_points: NotRequired[Annotated[Optional[int], Field(alias="percent_basis_points")]]
    price_amount: NotRequired[Annotated[Optional[int], Field(alias="price_amount")]]
    spent_amount: NotRequired[Annotated[int, Field(alias="spent_amount")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    uses: NotRequired[Annotated[int, Field(alias="uses")]]
    valid_from: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="valid_from")]]
    valid_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="valid_until")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicPromoCodesUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    blocked: NotRequired[Annotated[int, Field(alias="blocked")]]
    blocks_ticket_type_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="blocks_ticket_type_id")]]
    budget_amount: NotRequired[Annotated[Optional[int], Field(alias="budget_amount")]]
    code: NotRequired[Annotated[str, Field(alias="code")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[Optional[str], Field(alias="currency")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    max_per_buyer: NotRequired[Annotated[Optional[int], Field(alias="max_per_buyer")]]
    max_uses: NotRequired[Annotated[Optional[int], Field(alias="max_uses")]]
    off_amount: NotRequired[Annotated[Optional[int], Field(alias="off_amount")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    percent_basis_points: NotRequired[Annotated[Optional[int], Field(alias="percent_basis_points")]]
    price_amount: NotRequired[Annotated[Optional[int], Field(alias="price_amount")]]
    spent_amount: NotRequired[Annotated[int, Field(alias="spent_amount")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    uses: NotRequired[Annotated[int, Field(alias="uses")]]
    valid_from: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="valid_from")]]
    valid_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="valid_until")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicProposalChanges(BaseModel):
    action: str = Field(alias="action")
    after: Optional[JsonValue] = Field(alias="after")
    before: Optional[JsonValue] = Field(alias="before")
    created_at: datetime.datetime = Field(alias="created_at")
    org_id: uuid.UUID = Field(alias="org_id")
    proposal_id: uuid.UUID = Field(alias="proposal_id")
    row_id: uuid.UUID = Field(alias="row_id")
    seq: int = Field(alias="seq")
    step: int = Field(alias="step")
    table_name: str = Field(alias="table_name")

class PublicProposalChangesInsert(TypedDict):
    action: Annotated[str, Field(alias="action")]
    after: NotRequired[Annotated[Optional[JsonValue], Field(alias="after")]]
    before: NotRequired[Annotated[Optional[JsonValue], Field(alias="before")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    proposal_id: Annotated[uuid.UUID, Field(alias="proposal_id")]
    row_id: Annotated[uuid.UUID, Field(alias="row_id")]
    seq: NotRequired[Annotated[int, Field(alias="seq")]]
    step: Annotated[int, Field(alias="step")]
    table_name: Annotated[str, Field(alias="table_name")]

class PublicProposalChangesUpdate(TypedDict):
    action: NotRequired[Annotated[str, Field(alias="action")]]
    after: NotRequired[Annotated[Optional[JsonValue], Field(alias="after")]]
    before: NotRequired[Annotated[Optional[JsonValue], Field(alias="before")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    proposal_id: NotRequired[Annotated[uuid.UUID, Field(alias="proposal_id")]]
    row_id: NotRequired[Annotated[uuid.UUID, Field(alias="row_id")]]
    seq: NotRequired[Annotated[int, Field(alias="seq")]]
    step: NotRequired[Annotated[int, Field(alias="step")]]
    table_name: NotRequired[Annotated[str, Field(alias="table_name")]]

class PublicProposals(BaseModel):
    applied_at: Optional[datetime.datetime] = Field(alias="applied_at")
    by_agent: bool = Field(alias="by_agent")
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID = Field(alias="created_by")
    decided_at: Optional[datetime.datetime] = Field(alias="decided_at")
    decided_by: Optional[uuid.UUID] = Field(alias="decided_by")
    digest: str = Field(alias="digest")
    expires_at: datetime.datetime = Field(alias="expires_at")
    failure: Optional[JsonValue] = Field(alias="failure")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    preview: JsonValue = Field(alias="preview")
    replaces: Optional[uuid.UUID] = Field(alias="replaces")
    revision: int = Field(alias="revision")
    run_id: Optional[str] = Field(alias="run_id")
    status: str = Field(alias="status")
    steps: JsonValue = Field(alias="steps")
    thread_id: Optional[uuid.UUID] = Field(alias="thread_id")
    title: str = Field(alias="title")
    undo_of: Optional[uuid.UUID] = Field(alias="undo_of")
    undone_by: Optional[uuid.UUID] = Field(alias="undone_by")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicProposalsInsert(TypedDict):
    applied_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="applied_at")]]
    by_agent: NotRequired[Annotated[bool, Field(alias="by_agent")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: Annotated[uuid.UUID, Field(alias="created_by")]
    decided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="decided_by")]]
    digest: Annotated[str, Field(alias="digest")]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    failure: NotRequired[Annotated[Optional[JsonValue], Field(alias="failure")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    preview: Annotated[JsonValue, Field(alias="preview")]
    replaces: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="replaces")]]
    revision: NotRequired[Annotated[int, Field(alias="revision")]]
    run_id: NotRequired[Annotated[Optional[str], Field(alias="run_id")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    steps: Annotated[JsonValue, Field(alias="steps")]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    undo_of: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undo_of")]]
    undone_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undone_by")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicProposalsUpdate(TypedDict):
    applied_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="applied_at")]]
    by_agent: NotRequired[Annotated[bool, Field(alias="by_agent")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID, Field(alias="created_by")]]
    decided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="decided_by")]]
    digest: NotRequired[Annotated[str, Field(alias="digest")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    failure: NotRequired[Annotated[Optional[JsonValue], Field(alias="failure")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    preview: NotRequired[Annotated[JsonValue, Field(alias="preview")]]
    replaces: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="replaces")]]
    revision: NotRequired[Annotated[int, Field(alias="revision")]]
    run_id: NotRequired[Annotated[Optional[str], Field(alias="run_id")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    steps: NotRequired[Annotated[JsonValue, Field(alias="steps")]]
    thread_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="thread_id")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    undo_of: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undo_of")]]
    undone_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="undone_by")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicQuotaTicketTypes(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    quota_id: uuid.UUID = Field(alias="quota_id")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")

class PublicQuotaTicketTypesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    quota_id: Annotated[uuid.UUID, Field(alias="quota_id")]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]

class PublicQuotaTicketTypesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    quota_id: NotRequired[Annotated[uuid.UUID, Field(alias="quota_id")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]

class PublicQuotas(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    held: int = Field(alias="held")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    size: int = Field(alias="size")
    sold: int = Field(alias="sold")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicQuotasInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    held: NotRequired[Annotated[int, Field(alias="held")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    size: Annotated[int, Field(alias="size")]
    sold: NotRequired[Annotated[int, Field(alias="sold")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicQuotasUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    held: NotRequired[Annotated[int, Field(alias="held")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    size: NotRequired[Annotated[int, Field(alias="size")]]
    sold: NotRequired[Annotated[int, Field(alias="sold")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefundChoices(BaseModel):
    choice: Optional[str] = Field(alias="choice")
    created_at: datetime.datetime = Field(alias="created_at")
    deadline: datetime.datetime = Field(alias="deadline")
    decided_at: Optional[datetime.datetime] = Field(alias="decided_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    keep_amount: int = Field(alias="keep_amount")
    options: List[str] = Field(alias="options")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicRefundChoicesInsert(TypedDict):
    choice: NotRequired[Annotated[Optional[str], Field(alias="choice")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deadline: Annotated[datetime.datetime, Field(alias="deadline")]
    decided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="decided_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    keep_amount: NotRequired[Annotated[int, Field(alias="keep_amount")]]
    options: Annotated[List[str], Field(alias="options")]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefundChoicesUpdate(TypedDict):
    choice: NotRequired[Annotated[Optional[str], Field(alias="choice")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deadline: NotRequired[Annotated[datetime.datetime, Field(alias="deadline")]]
    decided_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="decided_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    keep_amount: NotRequired[Annotated[int, Field(alias="keep_amount")]]
    options: NotRequired[Annotated[List[str], Field(alias="options")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefundRunOrders(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    id: uuid.UUID = Field(alias="id")
    kept_amount: int = Field(alias="kept_amount")
    methods: JsonValue = Field(alias="methods")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    paid_amount: int = Field(alias="paid_amount")
    refund_amount: int = Field(alias="refund_amount")
    run_id: uuid.UUID = Field(alias="run_id")
    status: str = Field(alias="status")
    tickets: int = Field(alias="tickets")
    why: Optional[str] = Field(alias="why")

class PublicRefundRunOrdersInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kept_amount: Annotated[int, Field(alias="kept_amount")]
    methods: Annotated[JsonValue, Field(alias="methods")]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    paid_amount: Annotated[int, Field(alias="paid_amount")]
    refund_amount: Annotated[int, Field(alias="refund_amount")]
    run_id: Annotated[uuid.UUID, Field(alias="run_id")]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    tickets: Annotated[int, Field(alias="tickets")]
    why: NotRequired[Annotated[Optional[str], Field(alias="why")]]

class PublicRefundRunOrdersUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kept_amount: NotRequired[Annotated[int, Field(alias="kept_amount")]]
    methods: NotRequired[Annotated[JsonValue, Field(alias="methods")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    paid_amount: NotRequired[Annotated[int, Field(alias="paid_amount")]]
    refund_amount: NotRequired[Annotated[int, Field(alias="refund_amount")]]
    run_id: NotRequired[Annotated[uuid.UUID, Field(alias="run_id")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    tickets: NotRequired[Annotated[int, Field(alias="tickets")]]
    why: NotRequired[Annotated[Optional[str], Field(alias="why")]]

class PublicRefundRuns(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    fingerprint: str = Field(alias="fingerprint")
    finished_at: Optional[datetime.datetime] = Field(alias="finished_at")
    id: uuid.UUID = Field(alias="id")
    keep_amount: int = Field(alias="keep_amount")
    orders: int = Field(alias="orders")
    org_id: uuid.UUID = Field(alias="org_id")
    reason: Optional[str] = Field(alias="reason")
    started_by: Optional[uuid.UUID] = Field(alias="started_by")
    status: str = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicRefundRunsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    fingerprint: NotRequired[Annotated[str, Field(alias="fingerprint")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    keep_amount: Annotated[int, Field(alias="keep_amount")]
    orders: NotRequired[Annotated[int, Field(alias="orders")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    started_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="started_by")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefundRunsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    fingerprint: NotRequired[Annotated[str, Field(alias="fingerprint")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    keep_amount: NotRequired[Annotated[int, Field(alias="keep_amount")]]
    orders: NotRequired[Annotated[int, Field(alias="orders")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    started_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="started_by")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefunds(BaseModel):
    amount: int = Field(alias="amount")
    attempts: int = Field(alias="attempts")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    done_at: Optional[datetime.datetime] = Field(alias="done_at")
    failure: Optional[str] = Field(alias="failure")
    id: uuid.UUID = Field(alias="id")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    payment_id: Optional[uuid.UUID] = Field(alias="payment_id")
    provider: str = Field(alias="provider")
    provider_reference: Optional[str] = Field(alias="provider_reference")
    reason: Optional[str] = Field(alias="reason")
    status: str = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicRefundsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    done_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="done_at")]]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    payment_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="payment_id")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    provider_reference: NotRequired[Annotated[Optional[str], Field(alias="provider_reference")]]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRefundsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    done_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="done_at")]]
    failure: NotRequired[Annotated[Optional[str], Field(alias="failure")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    payment_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="payment_id")]]
    provider: NotRequired[Annotated[str, Field(alias="provider")]]
    provider_reference: NotRequired[Annotated[Optional[str], Field(alias="provider_reference")]]
    reason: NotRequired[Annotated[Optional[str], Field(alias="reason")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicRuns(BaseModel):
    attempts: int = Field(alias="attempts")
    client_run_id: str = Field(alias="client_run_id")
    error_id: Optional[str] = Field(alias="error_id")
    finished_at: Optional[datetime.datetime] = Field(alias="finished_at")
    holder: str = Field(alias="holder")
    id: uuid.UUID = Field(alias="id")
    input: JsonValue = Field(alias="input")
    input_tokens: int = Field(alias="input_tokens")
    lease_until: datetime.datetime = Field(alias="lease_until")
    model: str = Field(alias="model")
    org_id: uuid.UUID = Field(alias="org_id")
    output_tokens: int = Field(alias="output_tokens")
    prompt_version: str = Field(alias="prompt_version")
    started_at: datetime.datetime = Field(alias="started_at")
    status: str = Field(alias="status")
    stop_requested: bool = Field(alias="stop_requested")
    thread_id: uuid.UUID = Field(alias="thread_id")
    user_id: uuid.UUID = Field(alias="user_id")

class PublicRunsInsert(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    client_run_id: NotRequired[Annotated[str, Field(alias="client_run_id")]]
    error_id: NotRequired[Annotated[Optional[str], Field(alias="error_id")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    holder: Annotated[str, Field(alias="holder")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    input: Annotated[JsonValue, Field(alias="input")]
    input_tokens: NotRequired[Annotated[int, Field(alias="input_tokens")]]
    lease_until: Annotated[datetime.datetime, Field(alias="lease_until")]
    model: NotRequired[Annotated[str, Field(alias="model")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    output_tokens: NotRequired[Annotated[int, Field(alias="output_tokens")]]
    prompt_version: NotRequired[Annotated[str, Field(alias="prompt_version")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    stop_requested: NotRequired[Annotated[bool, Field(alias="stop_requested")]]
    thread_id: Annotated[uuid.UUID, Field(alias="thread_id")]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]

class PublicRunsUpdate(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    client_run_id: NotRequired[Annotated[str, Field(alias="client_run_id")]]
    error_id: NotRequired[Annotated[Optional[str], Field(alias="error_id")]]
    finished_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="finished_at")]]
    holder: NotRequired[Annotated[str, Field(alias="holder")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    input: NotRequired[Annotated[JsonValue, Field(alias="input")]]
    input_tokens: NotRequired[Annotated[int, Field(alias="input_tokens")]]
    lease_until: NotRequired[Annotated[datetime.datetime, Field(alias="lease_until")]]
    model: NotRequired[Annotated[str, Field(alias="model")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    output_tokens: NotRequired[Annotated[int, Field(alias="output_tokens")]]
    prompt_version: NotRequired[Annotated[str, Field(alias="prompt_version")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    stop_requested: NotRequired[Annotated[bool, Field(alias="stop_requested")]]
    thread_id: NotRequired[Annotated[uuid.UUID, Field(alias="thread_id")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]

class PublicShopHolds(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    org_id: uuid.UUID = Field(alias="org_id")
    peer: str = Field(alias="peer")
    places: int = Field(alias="places")

class PublicShopHoldsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    peer: Annotated[str, Field(alias="peer")]
    places: Annotated[int, Field(alias="places")]

class PublicShopHoldsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    peer: NotRequired[Annotated[str, Field(alias="peer")]]
    places: NotRequired[Annotated[int, Field(alias="places")]]

class PublicSpaces(BaseModel):
    capacity: Optional[int] = Field(alias="capacity")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    venue_id: uuid.UUID = Field(alias="venue_id")
    version: int = Field(alias="version")

class PublicSpacesInsert(TypedDict):
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    venue_id: Annotated[uuid.UUID, Field(alias="venue_id")]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicSpacesUpdate(TypedDict):
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    venue_id: NotRequired[Annotated[uuid.UUID, Field(alias="venue_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicSponsors(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")
    website: Optional[str] = Field(alias="website")

class PublicSponsorsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    website: NotRequired[Annotated[Optional[str], Field(alias="website")]]

class PublicSponsorsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    website: NotRequired[Annotated[Optional[str], Field(alias="website")]]

class PublicSponsorships(BaseModel):
    amount: int = Field(alias="amount")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    level: str = Field(alias="level")
    org_id: uuid.UUID = Field(alias="org_id")
    sponsor_id: uuid.UUID = Field(alias="sponsor_id")
    status: str = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicSponsorshipsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    level: Annotated[str, Field(alias="level")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    sponsor_id: Annotated[uuid.UUID, Field(alias="sponsor_id")]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicSponsorshipsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    level: NotRequired[Annotated[str, Field(alias="level")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    sponsor_id: NotRequired[Annotated[uuid.UUID, Field(alias="sponsor_id")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicThreads(BaseModel):
    agent_id: str = Field(alias="agent_id")
    archived: bool = Field(alias="archived")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    last_run_at: Optional[datetime.datetime] = Field(alias="last_run_at")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    tainted: bool = Field(alias="tainted")
    updated_at: datetime.datetime = Field(alias="updated_at")
    user_id: uuid.UUID = Field(alias="user_id")
    version: int = Field(alias="version")
    waiting: Optional[uuid.UUID] = Field(alias="waiting")

class PublicThreadsInsert(TypedDict):
    agent_id: NotRequired[Annotated[str, Field(alias="agent_id")]]
    archived: NotRequired[Annotated[bool, Field(alias="archived")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    last_run_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="last_run_at")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    tainted: NotRequired[Annotated[bool, Field(alias="tainted")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: Annotated[uuid.UUID, Field(alias="user_id")]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    waiting: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="waiting")]]

class PublicThreadsUpdate(TypedDict):
    agent_id: NotRequired[Annotated[str, Field(alias="agent_id")]]
    archived: NotRequired[Annotated[bool, Field(alias="archived")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_run_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="last_run_at")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    tainted: NotRequired[Annotated[bool, Field(alias="tainted")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: NotRequired[Annotated[uuid.UUID, Field(alias="user_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    waiting: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="waiting")]]

class PublicTicketPapers(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    order_id: uuid.UUID = Field(alias="order_id")
    org_id: uuid.UUID = Field(alias="org_id")
    path: str = Field(alias="path")
    printed: str = Field(alias="printed")

class PublicTicketPapersInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    path: Annotated[str, Field(alias="path")]
    printed: Annotated[str, Field(alias="printed")]

class PublicTicketPapersUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    printed: NotRequired[Annotated[str, Field(alias="printed")]]

class PublicTicketTypes(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    description: str = Field(alias="description")
    event_id: uuid.UUID = Field(alias="event_id")
    fee_amount: int = Field(alias="fee_amount")
    fee_basis_points: int = Field(alias="fee_basis_points")
    hidden: bool = Field(alias="hidden")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    max_per_buyer: Optional[int] = Field(alias="max_per_buyer")
    max_per_order: Optional[int] = Field(alias="max_per_order")
    min_per_order: int = Field(alias="min_per_order")
    name: str = Field(alias="name")
    needs_approval: bool = Field(alias="needs_approval")
    org_id: uuid.UUID = Field(alias="org_id")
    price_amount: int = Field(alias="price_amount")
    sales_end: Optional[datetime.datetime] = Field(alias="sales_end")
    sales_start: Optional[datetime.datetime] = Field(alias="sales_start")
    tax_basis_points: int = Field(alias="tax_basis_points")
    tax_included: bool = Field(alias="tax_included")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicTicketTypesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    fee_basis_points: NotRequired[Annotated[int, Field(alias="fee_basis_points")]]
    hidden: NotRequired[Annotated[bool, Field(alias="hidden")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    max_per_buyer: NotRequired[Annotated[Optional[int], Field(alias="max_per_buyer")]]
    max_per_order: NotRequired[Annotated[Optional[int], Field(alias="max_per_order")]]
    min_per_order: NotRequired[Annotated[int, Field(alias="min_per_order")]]
    name: Annotated[str, Field(alias="name")]
    needs_approval: NotRequired[Annotated[bool, Field(alias="needs_approval")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    price_amount: Annotated[int, Field(alias="price_amount")]
    sales_end: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sales_end")]]
    sales_start: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sales_start")]]
    tax_basis_points: NotRequired[Annotated[int, Field(alias="tax_basis_points")]]
    tax_included: NotRequired[Annotated[bool, Field(alias="tax_included")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicTicketTypesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    fee_amount: NotRequired[Annotated[int, Field(alias="fee_amount")]]
    fee_basis_points: NotRequired[Annotated[int, Field(alias="fee_basis_points")]]
    hidden: NotRequired[Annotated[bool, Field(alias="hidden")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    max_per_buyer: NotRequired[Annotated[Optional[int], Field(alias="max_per_buyer")]]
    max_per_order: NotRequired[Annotated[Optional[int], Field(alias="max_per_order")]]
    min_per_order: NotRequired[Annotated[int, Field(alias="min_per_order")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    needs_approval: NotRequired[Annotated[bool, Field(alias="needs_approval")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    price_amount: NotRequired[Annotated[int, Field(alias="price_amount")]]
    sales_end: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sales_end")]]
    sales_start: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="sales_start")]]
    tax_basis_points: NotRequired[Annotated[int, Field(alias="tax_basis_points")]]
    tax_included: NotRequired[Annotated[bool, Field(alias="tax_included")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicTickets(BaseModel):
    attendee_email: Optional[str] = Field(alias="attendee_email")
    attendee_email_index: Optional[str] = Field(alias="attendee_email_index")
    attendee_name: str = Field(alias="attendee_name")
    code: str = Field(alias="code")
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    order_id: uuid.UUID = Field(alias="order_id")
    order_item_id: uuid.UUID = Field(alias="order_item_id")
    org_id: uuid.UUID = Field(alias="org_id")
    reversed_by: Optional[uuid.UUID] = Field(alias="reversed_by")
    status: str = Field(alias="status")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")
    transferred_from: Optional[uuid.UUID] = Field(alias="transferred_from")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicTicketsInsert(TypedDict):
    attendee_email: NotRequired[Annotated[Optional[str], Field(alias="attendee_email")]]
    attendee_email_index: NotRequired[Annotated[Optional[str], Field(alias="attendee_email_index")]]
    attendee_name: NotRequired[Annotated[str, Field(alias="attendee_name")]]
    code: Annotated[str, Field(alias="code")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: Annotated[uuid.UUID, Field(alias="order_id")]
    order_item_id: Annotated[uuid.UUID, Field(alias="order_item_id")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    reversed_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="reversed_by")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]
    transferred_from: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="transferred_from")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicTicketsUpdate(TypedDict):
    attendee_email: NotRequired[Annotated[Optional[str], Field(alias="attendee_email")]]
    attendee_email_index: NotRequired[Annotated[Optional[str], Field(alias="attendee_email_index")]]
    attendee_name: NotRequired[Annotated[str, Field(alias="attendee_name")]]
    code: NotRequired[Annotated[str, Field(alias="code")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    order_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_id")]]
    order_item_id: NotRequired[Annotated[uuid.UUID, Field(alias="order_item_id")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    reversed_by: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="reversed_by")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]
    transferred_from: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="transferred_from")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicUsers(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    email: str = Field(alias="email")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")

class PublicUsersInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: Annotated[str, Field(alias="email")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    name: NotRequired[Annotated[str, Field(alias="name")]]

class PublicUsersUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]

class PublicVenues(BaseModel):
    address: str = Field(alias="address")
    capacity: Optional[int] = Field(alias="capacity")
    city: str = Field(alias="city")
    created_at: datetime.datetime = Field(alias="created_at")
    description: str = Field(alias="description")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    timezone: str = Field(alias="timezone")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicVenuesInsert(TypedDict):
    address: NotRequired[Annotated[str, Field(alias="address")]]
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    city: NotRequired[Annotated[str, Field(alias="city")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    timezone: Annotated[str, Field(alias="timezone")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicVenuesUpdate(TypedDict):
    address: NotRequired[Annotated[str, Field(alias="address")]]
    capacity: NotRequired[Annotated[Optional[int], Field(alias="capacity")]]
    city: NotRequired[Annotated[str, Field(alias="city")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWaitingListEntries(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    email: str = Field(alias="email")
    email_index: Optional[str] = Field(alias="email_index")
    event_id: uuid.UUID = Field(alias="event_id")
    hold_id: Optional[uuid.UUID] = Field(alias="hold_id")
    id: uuid.UUID = Field(alias="id")
    locale: str = Field(alias="locale")
    name: str = Field(alias="name")
    org_id: uuid.UUID = Field(alias="org_id")
    quantity: int = Field(alias="quantity")
    status: str = Field(alias="status")
    ticket_type_id: uuid.UUID = Field(alias="ticket_type_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicWaitingListEntriesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: Annotated[str, Field(alias="email")]
    email_index: NotRequired[Annotated[Optional[str], Field(alias="email_index")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    hold_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    quantity: Annotated[int, Field(alias="quantity")]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    ticket_type_id: Annotated[uuid.UUID, Field(alias="ticket_type_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWaitingListEntriesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    email_index: NotRequired[Annotated[Optional[str], Field(alias="email_index")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    hold_id: NotRequired[Annotated[Optional[uuid.UUID], Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    quantity: NotRequired[Annotated[int, Field(alias="quantity")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    ticket_type_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_type_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWaitingLists(BaseModel):
    auto_offer: bool = Field(alias="auto_offer")
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: uuid.UUID = Field(alias="event_id")
    id: uuid.UUID = Field(alias="id")
    is_open: bool = Field(alias="is_open")
    offer_seconds: int = Field(alias="offer_seconds")
    org_id: uuid.UUID = Field(alias="org_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")

class PublicWaitingListsInsert(TypedDict):
    auto_offer: NotRequired[Annotated[bool, Field(alias="auto_offer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    is_open: NotRequired[Annotated[bool, Field(alias="is_open")]]
    offer_seconds: NotRequired[Annotated[int, Field(alias="offer_seconds")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWaitingListsUpdate(TypedDict):
    auto_offer: NotRequired[Annotated[bool, Field(alias="auto_offer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    is_open: NotRequired[Annotated[bool, Field(alias="is_open")]]
    offer_seconds: NotRequired[Annotated[int, Field(alias="offer_seconds")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWebhookDeliveries(BaseModel):
    attempts: int = Field(alias="attempts")
    claimed_until: Optional[datetime.datetime] = Field(alias="claimed_until")
    created_at: datetime.datetime = Field(alias="created_at")
    delivered_at: Optional[datetime.datetime] = Field(alias="delivered_at")
    given_up_at: Optional[datetime.datetime] = Field(alias="given_up_at")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    last_error: Optional[str] = Field(alias="last_error")
    last_status: Optional[int] = Field(alias="last_status")
    next_attempt_at: Optional[datetime.datetime] = Field(alias="next_attempt_at")
    org_id: uuid.UUID = Field(alias="org_id")
    outbox_id: Optional[int] = Field(alias="outbox_id")
    payload: JsonValue = Field(alias="payload")
    queued_at: datetime.datetime = Field(alias="queued_at")
    quiet_until: Optional[datetime.datetime] = Field(alias="quiet_until")
    webhook_id: uuid.UUID = Field(alias="webhook_id")

class PublicWebhookDeliveriesInsert(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    claimed_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="claimed_until")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    delivered_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="delivered_at")]]
    given_up_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="given_up_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    last_error: NotRequired[Annotated[Optional[str], Field(alias="last_error")]]
    last_status: NotRequired[Annotated[Optional[int], Field(alias="last_status")]]
    next_attempt_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="next_attempt_at")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    outbox_id: NotRequired[Annotated[Optional[int], Field(alias="outbox_id")]]
    payload: Annotated[JsonValue, Field(alias="payload")]
    queued_at: NotRequired[Annotated[datetime.datetime, Field(alias="queued_at")]]
    quiet_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="quiet_until")]]
    webhook_id: Annotated[uuid.UUID, Field(alias="webhook_id")]

class PublicWebhookDeliveriesUpdate(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    claimed_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="claimed_until")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    delivered_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="delivered_at")]]
    given_up_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="given_up_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    last_error: NotRequired[Annotated[Optional[str], Field(alias="last_error")]]
    last_status: NotRequired[Annotated[Optional[int], Field(alias="last_status")]]
    next_attempt_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="next_attempt_at")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    outbox_id: NotRequired[Annotated[Optional[int], Field(alias="outbox_id")]]
    payload: NotRequired[Annotated[JsonValue, Field(alias="payload")]]
    queued_at: NotRequired[Annotated[datetime.datetime, Field(alias="queued_at")]]
    quiet_until: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="quiet_until")]]
    webhook_id: NotRequired[Annotated[uuid.UUID, Field(alias="webhook_id")]]

class PublicWebhooks(BaseModel):
    active: bool = Field(alias="active")
    created_at: datetime.datetime = Field(alias="created_at")
    description: str = Field(alias="description")
    disabled_reason: Optional[str] = Field(alias="disabled_reason")
    id: uuid.UUID = Field(alias="id")
    kinds: List[str] = Field(alias="kinds")
    org_id: uuid.UUID = Field(alias="org_id")
    secret_number: int = Field(alias="secret_number")
    secret_rotated_at: Optional[datetime.datetime] = Field(alias="secret_rotated_at")
    updated_at: datetime.datetime = Field(alias="updated_at")
    url: str = Field(alias="url")
    version: int = Field(alias="version")

class PublicWebhooksInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    disabled_reason: NotRequired[Annotated[Optional[str], Field(alias="disabled_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kinds: NotRequired[Annotated[List[str], Field(alias="kinds")]]
    org_id: Annotated[uuid.UUID, Field(alias="org_id")]
    secret_number: NotRequired[Annotated[int, Field(alias="secret_number")]]
    secret_rotated_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="secret_rotated_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    url: Annotated[str, Field(alias="url")]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicWebhooksUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    disabled_reason: NotRequired[Annotated[Optional[str], Field(alias="disabled_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kinds: NotRequired[Annotated[List[str], Field(alias="kinds")]]
    org_id: NotRequired[Annotated[uuid.UUID, Field(alias="org_id")]]
    secret_number: NotRequired[Annotated[int, Field(alias="secret_number")]]
    secret_rotated_at: NotRequired[Annotated[Optional[datetime.datetime], Field(alias="secret_rotated_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    url: NotRequired[Annotated[str, Field(alias="url")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]

class PublicLedger(BaseModel):
    account: Optional[str] = Field(alias="account")
    amount: Optional[int] = Field(alias="amount")
    at: Optional[datetime.datetime] = Field(alias="at")
    currency: Optional[str] = Field(alias="currency")
    entry: Optional[int] = Field(alias="entry")
    event_id: Optional[uuid.UUID] = Field(alias="event_id")
    kind: Optional[str] = Field(alias="kind")
    order_id: Optional[uuid.UUID] = Field(alias="order_id")
    org_id: Optional[uuid.UUID] = Field(alias="org_id")
    source_id: Optional[uuid.UUID] = Field(alias="source_id")
    transaction_id: Optional[uuid.UUID] = Field(alias="transaction_id")

class PublicSalesLines(BaseModel):
    at: Optional[datetime.datetime] = Field(alias="at")
    channel: str = Field(alias="channel")
    credited_amount: Optional[int] = Field(alias="credited_amount")
    currency: str = Field(alias="currency")
    discount_amount: int = Field(alias="discount_amount")
    ended_at: Optional[datetime.datetime] = Field(alias="ended_at")
    event_id: uuid.UUID = Field(alias="event_id")
    fee_amount: int = Field(alias="fee_amount")
    kept_amount: Optional[int] = Field(alias="kept_amount")
    kind: str = Field(alias="kind")
    label: str = Field(alias="label")
    line_id: uuid.UUID = Field(alias="line_id")
    order_id: uuid.UUID = Field(alias="order_id")
    ordered_at: datetime.datetime = Field(alias="ordered_at")
    org_id: uuid.UUID = Field(alias="org_id")
    promo_code_id: Optional[uuid.UUID] = Field(alias="promo_code_id")
    quantity: int = Field(alias="quantity")
    tax_amount: int = Field(alias="tax_amount")
    ticket_type_id: Optional[uuid.UUID] = Field(alias="ticket_type_id")
    total_amount: int = Field(alias="total_amount")
    was_paid: Optional[bool] = Field(alias="was_paid")
