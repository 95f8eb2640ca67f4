"""Where a standing that was looked up once holds for longer, or for somebody else, than it may. Holds no test."""

from __future__ import annotations

from typing import Any, LiteralString

from tests.database.world import Connection, World

_SEEN: LiteralString = "select from public.events where org_id = %(org)s"
_WRITTEN: LiteralString = "update public.events set name = name where org_id = %(org)s"


def lapses(world: World) -> list[str]:
    """Each way in which somebody still sees or changes `home` who may no longer, within one transaction.

    Who may not even before tells nothing; that everybody may is the matrix's to say.
    """
    home = {"org": world.places["home"]}
    ended: dict[str, tuple[str, LiteralString, LiteralString, dict[str, Any]]] = {
        # what happened meanwhile: (to whom, how, what they try then, about whom)
        "membership deleted": ("viewer", "delete from public.memberships where user_id = %(who)s", _SEEN, {}),
        "role lowered": (
            "staff",
            "update public.memberships set role = 'viewer' where user_id = %(who)s",
            _WRITTEN,
            {},
        ),
        "key revoked": ("robot", "update public.api_keys set revoked_at = now() where id = %(who)s", _SEEN, {}),
        "key expired": ("robot", "update public.api_keys set expires_at = now() where id = %(who)s", _SEEN, {}),
        "taken off the door": ("doorman", "delete from public.door_staff where user_id = %(who)s", _SEEN, {}),
        "organisation suspended": (
            "staff",
            "update public.organizations set suspended_at = now(), suspended_reason = 'Fraud' where id = %(org)s",
            _WRITTEN,
            home,
        ),
    }
    found = [what for what, (who, how, tried, about) in ended.items() if _goes_on(world, who, how, about, tried, home)]
    return found + ["another caller in the same transaction"] * _next_one_sees(world, home)


def _goes_on(
    world: World, who: str, how: LiteralString, about: dict[str, Any], tried: LiteralString, home: dict[str, Any]
) -> bool:
    with world.acting(who) as connection:
        if connection.execute(tried, home).rowcount == 0:
            return False
        connection.execute("set local role none")
        connection.execute(how, {"who": world.people[who], **about})
        connection.execute("set local role authenticated")
        return connection.execute(tried, home).rowcount > 0


def _next_one_sees(world: World, home: dict[str, Any]) -> bool:
    with world.acting("viewer") as connection:
        if connection.execute(_SEEN, home).rowcount == 0:
            return False
        _become(connection, world, "rival")
        return connection.execute(_SEEN, home).rowcount > 0


def _become(connection: Connection, world: World, person: str) -> None:
    connection.execute("select set_config('request.jwt.claims', %s, true)", (world.claims_of(person),))
