"""SQL of organisations."""

from __future__ import annotations

from uuid import UUID

from tools.organizations.models import CreateOrganization, HostedOrganization, Organization
from tools.store.database import Transaction


async def create(tx: Transaction, new_id: UUID, data: CreateOrganization, *, email: str, name: str) -> None:
    await tx.fetch_value(
        "select app.create_organization(%(id)s, %(name)s, %(timezone)s, %(currency)s, %(locale)s, %(email)s, %(user_name)s)",
        {"id": new_id, **data.model_dump(), "email": email, "user_name": name},
    )


async def mine(tx: Transaction) -> list[Organization]:
    """The caller's organisations, oldest membership first."""
    return await tx.fetch_all(
        """
        select o.id, o.name, m.role::text as role, o.timezone, o.currency, o.locale, o.auto_apply, o.suspended_reason, o.version
        from public.memberships m join public.organizations o on o.id = m.org_id
        where m.user_id = auth.uid()
        order by m.created_at, m.org_id
        """,
        row=Organization,
    )


async def get(tx: Transaction, org: UUID, role: str) -> Organization:
    """The organisation a call is about, in which the caller, a person or a key, has this role."""
    found = await tx.fetch_one(
        """
        select id, name, %(role)s as role, timezone, currency, locale, auto_apply, suspended_reason, version
        from public.organizations where id = %(org)s
        """,
        {"org": org, "role": role},
        row=Organization,
    )
    assert found is not None, "a standing is in an organisation"
    return found


async def lock(tx: Transaction, org: UUID) -> None:
    """Nobody else changes this organisation until the transaction ends."""
    await tx.execute("select 1 from public.organizations where id = %(org)s for update", {"org": org})


async def update(tx: Transaction, organization: Organization) -> None:
    """Only an owner's row-level rights reach it."""
    await tx.execute(
        """
        update public.organizations set name = %(name)s, timezone = %(timezone)s, currency = %(currency)s, locale = %(locale)s,
            auto_apply = %(auto_apply)s
        where id = %(id)s
        """,
        organization.model_dump(),
    )


async def hosted(tx: Transaction, query: str | None, at_most: int) -> list[HostedOrganization]:
    """Raises Forbidden unless the caller is of the platform."""
    return await tx.fetch_all(
        "select * from app.platform_organizations(%(query)s, %(most)s)",
        {"query": query, "most": at_most},
        row=HostedOrganization,
    )


async def suspend(tx: Transaction, organization: UUID, reason: str | None) -> None:
    await tx.fetch_value("select app.suspend_organization(%(id)s, %(reason)s)", {"id": organization, "reason": reason})
