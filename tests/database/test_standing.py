"""Who the caller is to an organisation is looked up once a transaction, and never holds for anybody or anything else."""

from __future__ import annotations

from typing import Any, LiteralString

from tests.database.world import Connection, World

EVENTS: LiteralString = "select id::text from public.events"


def seen(connection: Connection) -> set[str]:
    return {str(found) for (found,) in connection.execute(EVENTS)}


def of(world: World, place: str) -> set[str]:
    return {str(world.rows[place]["events"]["id"])}


def test_a_caller_who_becomes_another_within_a_transaction_sees_what_the_other_may(world: World) -> None:
    with world.acting("viewer") as connection:
        assert seen(connection) == of(world, "home")
        _claim(connection, world, "rival")
        assert seen(connection) == of(world, "away")
        _claim(connection, world, "homeless")
        assert seen(connection) == set()
        # What was kept is bound to the claims: without that it would still be the viewer's.
        _claim(connection, world, "viewer")
        assert seen(connection) == of(world, "home")
        connection.execute(
            "select set_config('request.jwt.claims', %(rival)s, true), set_config('app.standing_of', %(rival)s, true)",
            {"rival": world.claims_of("rival")},
        )
        assert seen(connection) == of(world, "home")


def test_somebody_taken_out_sees_nothing_more_in_the_same_transaction(world: World) -> None:
    assert _after_leaving(world) == set()
    world.connection.execute("drop trigger forget_standing on public.memberships")
    # Deleting reaches for their doors too.
    world.connection.execute("drop trigger forget_standing on public.door_staff")
    assert _after_leaving(world) == of(world, "home")


def test_somebody_taken_in_sees_it_in_the_same_transaction(world: World) -> None:
    with world.acting("homeless") as connection:
        assert seen(connection) == set()
        _as_owner(connection, "insert into public.memberships (user_id, org_id, role) values (%(who)s, %(org)s, 'viewer')",
            {"who": world.people["homeless"], "org": world.places["home"]})  # fmt: skip
        assert seen(connection) == of(world, "home")


def test_a_suspended_organisation_is_only_read_from_the_same_transaction_on(world: World) -> None:
    change: LiteralString = "update public.events set name = 'Ball' where org_id = %(org)s"
    with world.acting("staff") as connection:
        assert connection.execute(change, {"org": world.places["home"]}).rowcount == 1
        _as_owner(connection, "update public.organizations set suspended_at = now(), suspended_reason = 'Fraud' where id = %(org)s",
            {"org": world.places["home"]})  # fmt: skip
        assert connection.execute(change, {"org": world.places["home"]}).rowcount == 0
        assert seen(connection) == of(world, "home")


def test_without_claims_nothing_is_seen_whatever_an_earlier_transaction_left(world: World) -> None:
    with world.acting("viewer") as connection:
        assert seen(connection) == of(world, "home")
        # As settings are after a transaction: there, and empty.
        connection.execute("select set_config('request.jwt.claims', '', true)")
        assert seen(connection) == set()
        connection.execute("select set_config('app.standing_of', '', true), set_config('app.my_viewer', '', true)")
        assert seen(connection) == set()


def _after_leaving(world: World) -> set[str]:
    with world.connection.transaction(force_rollback=True), world.acting("viewer") as connection:
        assert seen(connection) == of(world, "home")
        _as_owner(connection, "delete from public.memberships where user_id = %(who)s", {"who": world.people["viewer"]})
        return seen(connection)


def _claim(connection: Connection, world: World, person: str) -> None:
    connection.execute("select set_config('request.jwt.claims', %s, true)", (world.claims_of(person),))


def _as_owner(connection: Connection, statement: LiteralString, values: dict[str, Any]) -> None:
    connection.execute("set local role none")
    connection.execute(statement, values)
    connection.execute("set local role authenticated")
