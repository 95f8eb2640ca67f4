"""What somebody who holds a login and SQL would try. Each must be refused; the answer names what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg

from tests.database.world import World

REFUSALS = ("42501", "23514")


@dataclass(frozen=True)
class Intrusion:
    name: str
    person: str
    statement: LiteralString
    values: dict[str, Any] = field(default_factory=dict)


INTRUSIONS: tuple[Intrusion, ...] = (
    Intrusion(
        "joining an organisation by oneself",
        "homeless",
        "insert into public.memberships (user_id, org_id, role) values (%(homeless)s, %(home)s, 'viewer')",
    ),
    Intrusion(
        "joining another organisation as its owner",
        "rival",
        "insert into public.memberships (user_id, org_id, role) values (%(rival)s, %(home)s, 'owner')",
    ),
    Intrusion(
        "promoting oneself",
        "staff",
        "update public.memberships set role = 'owner' where user_id = %(staff)s",
    ),
    Intrusion(
        "promoting oneself by a second membership",
        "viewer",
        "insert into public.memberships (user_id, org_id, role) values (%(viewer)s, %(home)s, 'owner')"
        " on conflict (user_id, org_id) do update set role = 'owner'",
    ),
    Intrusion("removing an owner", "admin", "delete from public.memberships where user_id = %(owner)s"),
    Intrusion(
        "founding an organisation past the function", "homeless", "insert into public.organizations (name) values ('X')"
    ),
    Intrusion(
        "taking over somebody's login row", "staff", "update public.users set id = %(owner)s where id = %(staff)s"
    ),
    Intrusion(
        "changing one's address", "staff", "update public.users set email = 'x@example.org' where id = %(staff)s"
    ),
    Intrusion("letting everything apply without asking", "admin", "update public.organizations set auto_apply = true"),
    Intrusion("setting what is sold", "owner", "update public.quotas set sold = 0 where org_id = %(home)s"),
    Intrusion("setting what is held", "owner", "update public.quotas set held = 0 where org_id = %(home)s"),
    Intrusion(
        "a quota born half sold",
        "owner",
        "insert into public.quotas (id, org_id, event_id, name, kind, size, sold)"
        " values (gen_random_uuid(), %(home)s, %(home_events)s, 'Q', 'shared', 10, -5)",
    ),
    Intrusion("marking an order paid", "owner", "update public.orders set paid_amount = total_amount"),
    Intrusion("raising a price after the sale", "owner", "update public.order_items set price_amount = 1"),
    Intrusion(
        "calling the counter itself",
        "owner",
        "select app.move_places(%(home)s, array[%(home_ticket_types)s::uuid], array[0], array[-5])",
    ),
    Intrusion("rewriting the audit", "owner", "update public.audit set summary = 'nothing happened'"),
    Intrusion("clearing the audit", "owner", "delete from public.audit"),
    Intrusion("sealing the audit", "owner", "select app.seal_audit()"),
    Intrusion(
        "an audit entry in another organisation",
        "rival",
        "select app.record(%(home)s, 'person', 'x', 'write', null, null, 'x', null, null, '')",
    ),
    Intrusion("a message to listeners", "owner", "insert into public.outbox (org_id, kind) values (%(home)s, 'x')"),
    Intrusion("clearing the audit by truncating it", "owner", "truncate public.audit"),
    Intrusion("securing a table anew", "owner", "call app.secure('public.events', 'viewer', 'viewer')"),
    Intrusion(
        "refunding without the right",
        "staff",
        "select app.refund_order(%(home)s, %(home_orders)s, gen_random_uuid(), 1, '', false)",
    ),
    Intrusion(
        "refunding elsewhere",
        "rival",
        "select app.refund_order(%(home)s, %(home_orders)s, gen_random_uuid(), 1, '', false)",
    ),
    Intrusion(
        "taking payment elsewhere",
        "rival",
        "select app.record_payment(%(home)s, %(home_orders)s, gen_random_uuid(), 'cash', 1)",
    ),
    Intrusion(
        "selling in somebody else's name",
        "rival",
        "select app.serve(jsonb_build_array(jsonb_build_object('n', 0, 'act', 'order', 'user', %(owner)s::uuid, 'org', %(home)s::uuid)))",
    ),
    Intrusion("undoing elsewhere", "rival", "select app.restore_changes(%(home)s, %(home_proposals)s, 0)"),
    Intrusion(
        "applying what nobody approved",
        "staff",
        "update public.proposals set status = 'applied' where id = %(home_proposals)s",
    ),
    Intrusion(
        "approving in the owner's name",
        "staff",
        "update public.proposals set status = 'approved', decided_by = %(owner)s, decided_at = now() where id = %(home_proposals)s",
    ),
    Intrusion(
        "naming an approver beforehand",
        "staff",
        "update public.proposals set decided_by = %(owner)s where id = %(home_proposals)s",
    ),
    Intrusion(
        "approving other steps than shown",
        "staff",
        "update public.proposals set status = 'approved', decided_by = %(staff)s, steps = '[1]' where id = %(home_proposals)s",
    ),
    Intrusion(
        "approving another picture than shown",
        "staff",
        "update public.proposals set status = 'approved', decided_by = %(staff)s, preview = '{\"ok\": true}'"
        " where id = %(home_proposals)s",
    ),
    Intrusion(
        "a proposal born approved by the owner",
        "staff",
        "insert into public.proposals (id, org_id, steps, preview, digest, created_by, expires_at, status, decided_by, decided_at)"
        " values (gen_random_uuid(), %(home)s, '[]', '{}', repeat('0', 64), %(staff)s, now() + interval '1 hour', 'approved',"
        " %(owner)s, now() - interval '1 hour')",
    ),
    Intrusion(
        "a proposal in another's name",
        "staff",
        "insert into public.proposals (id, org_id, steps, preview, digest, created_by, expires_at)"
        " values (gen_random_uuid(), %(home)s, '[]', '{}', repeat('0', 64), %(owner)s, now() + interval '1 hour')",
    ),
    Intrusion(
        "hiding that a model wrote it",
        "staff",
        "update public.proposals set by_agent = not by_agent where id = %(home_proposals)s",
    ),
    Intrusion(
        "changing who wrote it",
        "staff",
        "update public.proposals set created_by = %(owner)s where id = %(home_proposals)s",
    ),
    Intrusion(
        "a run in somebody else's conversation",
        "owner",
        "insert into public.threads (id, org_id, user_id) values (gen_random_uuid(), %(home)s, %(staff)s)",
    ),
    Intrusion("moving the audit's counter", "owner", "select setval('public.audit_id_seq', 1)"),
    Intrusion("reading logins", "owner", "select * from auth.users"),
    Intrusion("making a table", "owner", "create table public.mine (id integer)"),
    Intrusion("making a function", "owner", "create function app.mine() returns integer language sql as 'select 1'"),
)

MOVED = (
    "venues", "spaces", "events", "bookings", "ticket_types", "quotas", "quota_ticket_types", "sponsors", "sponsorships",
    "proposals", "threads", "runs",
)  # fmt: skip
"""Tables whose rows a person may change: none may be carried over to another organisation, also not between one's own."""


def successes(world: World) -> list[str]:
    """What was not refused. A statement that touches nothing counts as refused."""
    values: dict[str, Any] = {**world.people, **world.places}
    for place, rows in world.rows.items():
        values |= {f"{place}_{table}": row.get("id") for table, row in rows.items()}
    done = [i.name for i in INTRUSIONS if not _refused(world, i.person, i.statement, values | i.values)]
    for table in MOVED:
        move = f"update public.{table} set org_id = %(away)s where org_id = %(home)s"
        if not _refused(world, "mover", move, values):
            done.append(f"moving a row of {table} to another organisation")
    return done


def _refused(world: World, person: str, statement: LiteralString, values: dict[str, Any]) -> bool:
    with world.acting(person) as connection:
        try:
            return connection.execute(statement, values).rowcount == 0
        except psycopg.Error as error:
            # Any other error came after the right was granted.
            return error.sqlstate in REFUSALS
