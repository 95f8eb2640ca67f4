"""What the catalogue must not show, as queries; each answers one line per finding."""

from __future__ import annotations

from typing import LiteralString

from tests.database.world import Connection

REQUEST_ROLES = ("anon", "authenticated", "service_role")

OUTSIDE_TENANCY = {"users", "organizations", "platform_admins"}
"""Tables without org_id: what organisations are made of, and who runs the platform they are on."""

NO_INDEX_BY_ORGANISATION = {"idempotency_keys"}
"""Looked up by person and key only."""

NOT_BY_ORGANISATION = {"memberships_user_id_fkey"}
"""Foreign keys that lead out of an organisation."""

LINTS: dict[str, LiteralString] = {
    "row-level security is not on and forced": """
        select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
            and not (relrowsecurity and relforcerowsecurity)
    """,
    "a table has no policy": """
        select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
            and not exists (select from pg_policy where polrelid = c.oid)
    """,
    "a policy lets everything through": """
        select polrelid::regclass || '.' || polname from pg_policy
        where polpermissive and 'true' in (pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    """,
    "a sale looks its keys up by another index while the tables are young": """
        select y.indexrelid::regclass::text from pg_constraint c
        join pg_index i on i.indexrelid = c.conindid
        join pg_index y on y.indrelid = c.conrelid and y.indexrelid > c.conindid and y.indkey[0] = i.indkey[0]
        where c.contype = 'u' and exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)
            and not exists (select from pg_constraint f where f.contype = 'f' and f.conindid = y.indexrelid)
            and c.conrelid::regclass::text in ('orders', 'order_items', 'tickets', 'payments', 'holds')
    """,
    "the data API may write": """
        select polrelid::regclass || '.' || polname from pg_policy
        where polrelid::regclass::text !~ '^(auth|storage|realtime)\\.' and polpermissive and polcmd <> 'r'
            and not (coalesce(pg_get_expr(polqual, polrelid), 'SESSION_USER') ~ 'SESSION_USER'
                and coalesce(pg_get_expr(polwithcheck, polrelid), 'SESSION_USER') ~ 'SESSION_USER')
    """,
    "a policy is for everybody or for anon": """
        select polrelid::regclass || '.' || polname from pg_policy
        where polrelid::regclass::text !~ '^(auth|storage|realtime)\\.'
            and (0 = any (polroles) or 'anon'::regrole::oid = any (polroles))
    """,
    "a policy trusts what users may edit": """
        select polrelid::regclass || '.' || polname from pg_policy
        where concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~ 'user_metadata'
    """,
    "a policy asks for each row who the caller is": """
        select polrelid::regclass || '.' || polname from pg_policy
        where concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) ~ '(?<!SELECT )auth\\.'
            or concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                ~ '(?<!ELSE )app\\.(standing|my_organizations|my_door_events)\\('
    """,
    "a view reads with its owner's rights": """
        select relname from pg_class where relnamespace in ('public'::regnamespace, 'app'::regnamespace)
            and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'])
    """,
    "a function stands where the API offers it": """
        select proname from pg_proc where pronamespace = 'public'::regnamespace
    """,
    "a function finds names by the caller's path": """
        select proname from pg_proc where pronamespace = 'app'::regnamespace
            and prolang <> (select oid from pg_language where lanname = 'internal')
            and not exists (select from unnest(proconfig) set_to where set_to = 'search_path=""')
    """,
    "everybody or anon may run a function": """
        select p.oid::regprocedure::text from pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
        where pronamespace in ('app'::regnamespace, 'public'::regnamespace) and a.grantee in (0, 'anon'::regrole)
            and (a.grantee = 0 or proname not in ('shop_event', 'shop_events', 'shop_hold'))
    """,
    "a function runs with its owner's rights outside app": """
        select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where prosecdef and nspname not in ('app', 'pg_catalog', 'information_schema')
    """,
    "a schema takes new things from everybody": """
        select nspname from pg_namespace n, unnest(array['anon', 'authenticated']) as role (name)
        where nspname in ('public', 'app', 'agent') and has_schema_privilege(role.name, n.oid, 'create')
    """,
    "a request role may truncate, reference or trigger": """
        select relname || ' ' || privilege_type from pg_class, aclexplode(relacl) a
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
            and a.grantee in ('anon'::regrole, 'authenticated'::regrole, 'service_role'::regrole)
            and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    """,
    "anon may touch something": """
        select c.relname from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and a.grantee in (0, 'anon'::regrole)
    """,
}


def findings(connection: Connection) -> list[str]:
    """Everything any lint finds, as `what: where`."""
    found = [f"{what}: {where}" for what, query in LINTS.items() for (where,) in connection.execute(query)]
    return found + _untenanted(connection) + _loose_references(connection)


def _untenanted(connection: Connection) -> list[str]:
    """Tables without org_id, or whose org_id leads no index."""
    rows = connection.execute("""
        select c.relname, a.attnum is not null, exists (
            select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indpred is null)
        from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    """)
    found = []
    for table, has_organisation, is_indexed in rows:
        if not has_organisation and table not in OUTSIDE_TENANCY:
            found.append(f"a table belongs to no organisation: {table}")
        if has_organisation and not is_indexed and table not in NO_INDEX_BY_ORGANISATION:
            found.append(f"no index leads with org_id: {table}")
    return found


def _loose_references(connection: Connection) -> list[str]:
    """Foreign keys between tables of an organisation that do not carry it along: they could join two organisations."""
    rows = connection.execute("""
        select k.conname from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'org_id'
        where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not a.attnum = any (k.conkey)
    """)
    return [f"a reference may cross organisations: {name}" for (name,) in rows if name not in NOT_BY_ORGANISATION]
