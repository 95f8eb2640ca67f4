"""SQL of members and invitations. What changes them are functions, which check who may."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tools.members.models import Invitation, InvitationOffer, ListInvitations, ListMembers, Member
from tools.store.database import Transaction

_MEMBER = """
    select m.user_id as id, coalesce(u.name, '') as name, coalesce(u.email, '') as email, m.role::text as role, m.created_at as since,
        (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) order by e.start_date, e.id), '[]')
            from public.door_staff d join public.events e on e.org_id = d.org_id and e.id = d.event_id
            where d.org_id = m.org_id and d.user_id = m.user_id) as events
    from public.memberships m left join public.users u on u.id = m.user_id
"""

_STATUS = """case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
    when i.expires_at <= now() then 'expired' else 'open' end"""

_INVITATION = (
    "select i.id, i.email, i.role::text as role, "
    + _STATUS
    + " as status, i.expires_at, null as link, i.version, i.created_at,"
    " (select m.status from public.mails m where m.org_id = i.org_id and m.invitation_id = i.id"
    " order by m.created_at desc, m.id desc limit 1) as mail_status,"
    " (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name) order by e.start_date, e.id), '[]')"
    " from public.events e where e.org_id = i.org_id and e.id = any (i.event_ids)) as events"
    " from public.invitations i"
)


async def get(tx: Transaction, org: UUID, member: UUID) -> Member | None:
    return await tx.fetch_one(
        _MEMBER + "where m.org_id = %(org)s and m.user_id = %(id)s", {"org": org, "id": member}, row=Member
    )


async def find(tx: Transaction, org: UUID, wanted: ListMembers, after: list[Any] | None) -> list[Member]:
    """Longest a member first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _MEMBER
        + """
        where m.org_id = %(org)s and (%(role)s::text is null or m.role::text = %(role)s)
            and (%(since)s::timestamptz is null or (m.created_at, m.user_id) > (%(since)s, %(id)s::uuid))
        order by m.created_at, m.user_id limit %(more)s
        """,
        {
            "org": org,
            "role": wanted.role,
            "since": after[0] if after else None,
            "id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Member,
    )


async def change(tx: Transaction, org: UUID, member: UUID, role: str, events: list[UUID]) -> None:
    await tx.fetch_value(
        "select app.change_member(%(org)s, %(id)s, %(role)s, %(events)s)",
        {"org": org, "id": member, "role": role, "events": events},
    )


async def remove(tx: Transaction, org: UUID, member: UUID) -> None:
    """Raises LastOwner."""
    await tx.fetch_value("select app.remove_member(%(org)s, %(id)s)", {"org": org, "id": member})


async def leave(tx: Transaction, org: UUID) -> None:
    """Raises LastOwner."""
    await tx.fetch_value("select app.leave_organization(%(org)s)", {"org": org})


async def transfer(tx: Transaction, org: UUID, heir: UUID) -> None:
    await tx.fetch_value("select app.transfer_ownership(%(org)s, %(id)s)", {"org": org, "id": heir})


async def get_invitation(tx: Transaction, org: UUID, invitation: UUID) -> Invitation | None:
    return await tx.fetch_one(
        _INVITATION + " where i.org_id = %(org)s and i.id = %(id)s", {"org": org, "id": invitation}, row=Invitation
    )


async def find_invitations(
    tx: Transaction, org: UUID, wanted: ListInvitations, after: list[Any] | None
) -> list[Invitation]:
    """Newest first; one more than the limit when there is a next page."""
    return await tx.fetch_all(
        _INVITATION
        + " where i.org_id = %(org)s and (%(status)s::text is null or "
        + _STATUS
        + """ = %(status)s)
            and (%(at)s::timestamptz is null or (i.created_at, i.id) < (%(at)s, %(id)s::uuid))
        order by i.created_at desc, i.id desc limit %(more)s
        """,
        {
            "org": org,
            "status": wanted.status,
            "at": after[0] if after else None,
            "id": after[1] if after else None,
            "more": wanted.limit + 1,
        },
        row=Invitation,
    )


async def invite(
    tx: Transaction, org: UUID, new_id: UUID, email: str, role: str, events: list[UUID], days: int
) -> None:
    """Raises MemberAlready, InvitedAlready, TooManyInvitations."""
    await tx.fetch_value(
        "select app.invite_member(%(id)s, %(org)s, %(email)s, %(role)s, %(events)s, %(days)s)",
        {"id": new_id, "org": org, "email": email, "role": role, "events": events, "days": days},
    )


async def revoke(tx: Transaction, org: UUID, invitation: UUID) -> None:
    """Raises InvitationClosed."""
    await tx.fetch_value("select app.revoke_invitation(%(org)s, %(id)s)", {"org": org, "id": invitation})


async def resend(tx: Transaction, org: UUID, invitation: UUID, days: int) -> None:
    """Raises InvitationClosed, TooManyInvitations."""
    await tx.fetch_value(
        "select app.resend_invitation(%(org)s, %(id)s, %(days)s)", {"org": org, "id": invitation, "days": days}
    )


async def offer_of(tx: Transaction, invitation: UUID) -> InvitationOffer | None:
    """As the service, for whoever has the link; None unless it is open."""
    return await tx.fetch_one(
        """
        select g.name as organization, i.email, i.role::text as role, i.expires_at
        from public.invitations i join public.organizations g on g.id = i.org_id
        where i.id = %(id)s and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
        """,
        {"id": invitation},
        row=InvitationOffer,
    )


async def is_invited(tx: Transaction, email: str) -> bool:
    """As the service."""
    return bool(
        await tx.fetch_value(
            "select exists (select from public.invitations i where i.email = lower(%(email)s)"
            " and i.accepted_at is null and i.revoked_at is null and i.expires_at > now())",
            {"email": email},
        )
    )


async def accept(tx: Transaction, invitation: UUID, name: str) -> UUID:
    """The organisation the caller belongs to from now on. Raises NotFound for somebody else's, InvitationClosed."""
    organization: UUID = await tx.fetch_value(
        "select app.accept_invitation(%(id)s, %(name)s)", {"id": invitation, "name": name}
    )
    return organization
