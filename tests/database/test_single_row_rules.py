"""What one row may say: each CHECK refuses just beyond its edge and lets the edge through."""

from __future__ import annotations

import pytest

from tests.database.rules import Bench

FAR = 10**12
SET = "update public.{table} set {change} where id = %({table})s"

BEYOND: tuple[tuple[str, str, str], ...] = (
    # table, change, the constraint that must refuse it
    ("organizations", "name = '  '", "organizations_name_check"),
    ("organizations", "currency = 'eur'", "organizations_currency_check"),
    ("organizations", "currency = 'EURO'", "organizations_currency_check"),
    ("organizations", "timezone = 'Mars/Olympus'", "22023"),
    ("organizations", "locale = 'english please'", "organizations_locale_check"),
    ("organizations", "suspended_at = now()", "organizations_suspended"),
    ("organizations", "suspended_reason = 'Fraud'", "organizations_suspended"),
    ("invitations", "role = 'door'", "invitations_door"),
    ("invitations", "event_ids = array[gen_random_uuid()]", "invitations_door"),
    ("invitations", "email = 'New@example.org'", "invitations_email_check"),
    ("api_keys", "role = 'owner'", "api_keys_role_check"),
    ("api_keys", "role = 'door'", "api_keys_role_check"),
    ("api_keys", "digest = 'short'", "api_keys_digest_check"),
    ("api_keys", "scopes = '{}'", "api_keys_scopes_check"),
    ("erasures", "finished_at = now()", "erasures_forget_last"),
    ("venues", "name = ''", "venues_name_check"),
    ("venues", "name = repeat('x', 256)", "venues_name_check"),
    ("venues", "capacity = 0", "venues_capacity_check"),
    ("venues", "capacity = 10000001", "venues_capacity_check"),
    ("venues", "timezone = 'Amsterdam'", "22023"),
    ("venues", "city = repeat('x', 201)", "venues_city_check"),
    ("spaces", "capacity = -1", "spaces_capacity_check"),
    ("events", "name = ' '", "events_name_check"),
    ("events", "name = repeat('x', 256)", "22001"),
    ("events", "capacity = 0", "events_capacity_check"),
    ("events", "end_date = start_date", "events_end_after_start"),
    ("events", "end_date = start_date - interval '1 second'", "events_end_after_start"),
    ("events", "end_date = start_date + interval '366 days'", "events_last_a_year_at_most"),
    ("events", "start_date = '1969-12-31', end_date = '1969-12-31 01:00Z'", "events_in_this_age"),
    ("events", "start_date = '2200-01-01', end_date = '2200-01-02'", "events_in_this_age"),
    ("events", "timezone = 'Europe/Nowhere'", "22023"),
    ("events", "currency = ''", "events_currency_check"),
    ("events", "status = 'over'", "events_status_check events_state_transition"),
    ("bookings", "end_date = start_date", "bookings_end_after_start"),
    ("bookings", "end_date = '9999-01-01'", "bookings_in_this_age"),
    ("bookings", "setup_minutes = -1", "bookings_setup_minutes_check"),
    ("bookings", "teardown_minutes = 10081", "bookings_teardown_minutes_check"),
    ("bookings", "status = 'maybe'", "bookings_status_check"),
    ("ticket_types", "price_amount = -1", "ticket_types_price_amount_check"),
    ("ticket_types", f"price_amount = {FAR + 1}", "ticket_types_price_amount_check"),
    ("ticket_types", "price_amount = 9223372036854775807", "ticket_types_price_amount_check"),
    ("ticket_types", "price_amount = 1e400", "22003"),
    ("ticket_types", "currency = 'E1R'", "ticket_types_currency_check"),
    ("quotas", "size = -1", "quotas_size_check quotas_never_oversold"),
    ("quotas", "size = 10000001", "quotas_size_check"),
    ("quotas", "sold = -1", "quotas_never_negative"),
    ("quotas", "held = -1", "quotas_never_negative"),
    ("quotas", "sold = size + 1", "quotas_never_oversold"),
    ("quotas", "sold = 1, held = size", "quotas_never_oversold"),
    ("quotas", "sold = 2147483647, held = 2147483647", "quotas_never_oversold"),
    ("orders", "paid_amount = -1", "orders_paid_amount_check orders_refund_within_paid"),
    ("orders", "refunded_amount = paid_amount + 1", "orders_refund_within_paid"),
    ("orders", "refunded_amount = -1", "orders_refund_within_paid"),
    ("orders", f"total_amount = {FAR * 1000 + 1}", "orders_total_amount_check"),
    ("orders", "buyer_name = '', buyer_email = null", "orders_someone_buys"),
    ("orders", "number = 'a b'", "orders_number_check"),
    ("orders", "status = 'lost'", "orders_status_check"),
    ("orders", "credited_amount = total_amount + 1", "orders_credited_within_total"),
    ("orders", "needs_approval = true, status = 'paid'", "orders_approval_is_pending"),
    ("orders", "channel = 'smoke signals'", "orders_channel_check"),
    ("order_items", "quantity = 0", "order_items_quantity order_items_total"),
    ("order_items", "price_amount = 1000000000001, total_amount = 1000000000001", "order_items_price"),
    ("order_items", "quantity = -1, total_amount = -price_amount", "order_items_reversal"),
    ("order_items", "kind = 'fee'", "order_items_kind"),
    ("ticket_types", "sales_start = now(), sales_end = now()", "ticket_types_sales_window"),
    ("ticket_types", "min_per_order = 5, max_per_order = 4", "ticket_types_order_range"),
    ("ticket_types", "tax_basis_points = 10001", "ticket_types_tax_basis_points_check"),
    ("ticket_types", "fee_amount = -1", "ticket_types_fee_amount_check"),
    ("bundle_items", "ticket_type_id = bundle_id", "bundle_items_no_circle"),
    ("promo_codes", "code = 'no spaces'", "promo_codes_code_check"),
    ("promo_codes", "price_amount = 5", "promo_codes_one_effect promo_codes_currency"),
    ("promo_codes", "valid_from = now(), valid_until = now()", "promo_codes_window"),
    ("promo_codes", "max_uses = 1, uses = 2", "promo_codes_within_uses"),
    ("promo_codes", "budget_amount = 1, spent_amount = 2", "promo_codes_within_budget promo_codes_currency"),
    ("payouts", "provider = 'pigeon'", "payouts_provider"),
    ("payouts", "amount = 0, fee_amount = 0", "payouts_move_money"),
    ("mails", "status = 'sent', sent_at = null", "mails_sent_when"),
    ("files", "thread_id = gen_random_uuid()", "files_belong"),
    ("files", "sha256 = repeat('1', 64)", "files_keep_content"),
    ("files", "state = 'uploading'", "files_keep_content"),
    ("files", "kind = 'event_poster'", "files_keep_content"),
    ("ticket_papers", "printed = 'x'", "ticket_papers_printed_check"),
    ("files", "name = ' '", "files_name_check"),
    ("webhooks", "url = 'ftp://crm.example.net'", "webhooks_url_check"),
    ("webhooks", "url = 'https://crm.example.net/a b'", "webhooks_url_check"),
    ("webhooks", "url = 'https://crm.example.net/' || repeat('x', 2000)", "webhooks_url_check"),
    ("webhooks", "kinds = array[null]", "webhooks_kinds_check"),
    ("webhooks", "disabled_reason = 'gone'", "webhooks_disabled_when_inactive"),
    ("webhooks", "secret_number = 0", "webhooks_secret_number_check"),
    ("webhook_deliveries", "delivered_at = now()", "webhook_deliveries_one_end"),
    ("webhook_deliveries", "next_attempt_at = null", "webhook_deliveries_one_end"),
    ("webhook_deliveries", "attempts = -1", "webhook_deliveries_attempts_check"),
    ("webhook_deliveries", "kind = 'Order Created'", "webhook_deliveries_kind_check"),
    ("waiting_list_entries", "status = 'offered', hold_id = null", "waiting_list_entries_offer"),
    ("refund_choices", "choice = 'a free lunch', decided_at = now()", "refund_choice_options"),
    ("refund_choices", "choice = options[1], decided_at = null", "refund_choices_decided"),
    ("refund_run_orders", "status = 'left', why = null", "refund_run_orders_reason"),
    ("promo_codes", "blocked = 1", "promo_codes_voucher_counts"),
    ("order_items", "total_amount = total_amount + 1", "order_items_total"),
    ("tickets", "code = 'short'", "tickets_code_check"),
    ("check_in_lists", "name = ' '", "check_in_lists_name_check"),
    ("check_in_lists", "opens_at = now(), closes_at = now()", "check_in_lists_window"),
    ("check_ins", "kind = 'wave'", "check_ins_kind_check"),
    ("check_ins", "nonce = 'short'", "check_ins_nonce_check"),
    ("check_ins", "outcome = 'refused'", "check_ins_reason"),
    ("check_ins", "reason = 'unpaid'", "check_ins_reason"),
    ("check_ins", "told = 'maybe'", "check_ins_told_check"),
    ("check_ins", "outcome = 'maybe'", "check_ins_outcome_check check_ins_reason"),
    ("check_ins", "device = repeat('x', 101)", "check_ins_device_check"),
    ("payments", "amount = -1", "payments_amount_check"),
    ("payments", "method = 'bitcoin'", "payments_method"),
    ("payments", "provider = 'pigeon'", "payments_provider"),
    ("payments", "status = 'maybe'", "payments_status"),
    ("payments", "refunded_amount = amount + 1", "payments_refund_within_amount"),
    ("refunds", "amount = -1", "refunds_amount_check"),
    ("refunds", "provider = 'pigeon'", "refunds_provider"),
    ("refunds", "status = 'maybe'", "refunds_status"),
    ("audit", "actor_kind = 'ghost'", "audit_actor_kind"),
    ("holds", "purpose = 'fun'", "holds_purpose_check"),
    ("hold_items", "quantity = 0", "hold_items_quantity_check"),
    ("sponsors", "name = ''", "sponsors_name_check"),
    ("sponsorships", "amount = -1", "sponsorships_amount_check"),
    ("sponsorships", f"amount = {FAR + 1}", "sponsorships_amount_check"),
    ("sponsorships", "level = ''", "sponsorships_level_check"),
    ("sponsorships", "status = 'won'", "sponsorships_status_check sponsorships_state_transition"),
    ("proposals", "digest = 'no'", "proposals_digest_check"),
    ("proposals", "expires_at = 'infinity'", "proposals_in_this_age"),
    ("proposals", "decided_at = '-infinity'", "proposals_in_this_age"),
    ("webhooks", "secret_rotated_at = 'infinity'", "webhooks_in_this_age"),
    ("webhook_deliveries", "queued_at = '20000-01-01'", "webhook_deliveries_in_this_age"),
    ("webhook_deliveries", "attempts = 100001", "webhook_deliveries_attempts"),
    ("runs", "attempts = 1001", "runs_attempts"),
    ("runs", "attempts = -1", "runs_attempts"),
    ("threads", "name = repeat('x', 201)", "threads_name_check"),
)

APART = "files_complete_variants"
"""Tried by rows that are new: a file keeps its content."""

EDGES: tuple[tuple[str, str], ...] = (
    ("venues", "name = repeat('x', 255), capacity = 10000000, timezone = 'Asia/Kathmandu'"),
    ("events", "end_date = start_date + interval '1 second'"),
    ("events", "end_date = start_date + interval '366 days' - interval '1 second'"),
    ("events", "start_date = '1970-01-02', end_date = '1970-01-02 01:00Z'"),
    ("bookings", "setup_minutes = 10080, teardown_minutes = 10080"),
    ("ticket_types", f"price_amount = {FAR}, currency = 'JPY'"),
    ("ticket_types", "price_amount = 0"),
    ("quotas", "sold = size"),
    ("quotas", "sold = size - 1, held = 1"),
    ("orders", "refunded_amount = paid_amount"),
    ("orders", "paid_amount = total_amount"),
    ("sponsorships", f"amount = {FAR}"),
)

ORGANISATION = "update public.organizations set {change} where id = %(org)s"


def _statement(table: str, change: str) -> str:
    return ORGANISATION.format(change=change) if table == "organizations" else SET.format(table=table, change=change)


@pytest.mark.parametrize(("table", "change", "constraint"), BEYOND, ids=[f"{t}: {c}" for t, c, _ in BEYOND])
def test_a_value_beyond_the_edge_is_refused(bench: Bench, table: str, change: str, constraint: str) -> None:
    assert bench.refusal(_statement(table, change)) in constraint.split()


@pytest.mark.parametrize(("table", "change"), EDGES, ids=[f"{t}: {c}" for t, c in EDGES])
def test_the_edge_itself_is_let_through(bench: Bench, table: str, change: str) -> None:
    assert bench.refusal(_statement(table, change)) is None


COPY = '{"path": "a/320.webp", "width": 320, "height": 1, "bytes": 26214400}'
INCOMPLETE = (
    "1",
    "[]",
    f"[{COPY}]",
    "{}",
    COPY.replace('"a/320.webp"', "null"),
    COPY.replace("a/320.webp", ""),
    COPY.replace('"path"', '"way"'),
    COPY.replace('"width": 320', '"width": "320"'),
    COPY.replace(', "bytes": 26214400', ""),
    COPY.replace("26214400", "26214401"),
    COPY.replace("26214400", "1.5"),
    COPY.replace("26214400", "1e99"),
    ", ".join([COPY] * 10),
)


@pytest.mark.parametrize("copies", INCOMPLETE)
def test_a_copy_of_a_picture_without_its_place_or_size_is_refused(bench: Bench, copies: str) -> None:
    made = """
        insert into public.files (org_id, kind, event_id, name, media_type, bytes, sha256, path, created_by, variants)
        values (%(org)s, 'contract', %(events)s, 'c', 'application/pdf', 1, repeat('0', 64), 'p', gen_random_uuid(), %(copies)s)
    """
    assert bench.refusal(made, copies=f"[{copies}]") == APART
    assert bench.refusal(made, copies=f"[{', '.join([COPY] * 9)}]") is None


def test_every_named_rule_of_a_table_has_a_value_beyond_it(bench: Bench) -> None:
    named = bench.do("""
        select conname from pg_constraint where connamespace = 'public'::regnamespace and contype = 'c'
            and conname !~ '_check\\d*$'
    """)
    tried = {APART} | {name for _, _, constraints in BEYOND for name in constraints.split()}
    assert {name for (name,) in named} <= tried


def test_two_things_of_one_name_are_refused_where_the_name_says_which(bench: Bench) -> None:
    same_type = """
        insert into public.ticket_types (org_id, event_id, name, price_amount, currency)
        values (%(org)s, %(events)s, 'GENERAL', 1, 'EUR')
    """
    same_deal = """
        insert into public.sponsorships (org_id, event_id, sponsor_id, level, amount, currency)
        values (%(org)s, %(events)s, %(sponsors)s, 'silver', 1, 'EUR')
    """
    assert bench.refusal(same_type) == "ticket_types_name_key"
    assert bench.refusal(same_type.replace("'EUR'", "'JPY'")) is None
    assert bench.refusal("insert into public.sponsors (org_id, name) values (%(org)s, 'YAMAHA')") == "sponsors_name_key"
    assert bench.refusal(same_deal) == "sponsorships_once_per_event"


def test_a_row_can_not_point_into_another_organisation(bench: Bench) -> None:
    stranger = bench.do("select id, org_id from public.events where org_id <> %(org)s")[0][0]
    assert (
        bench.refusal(
            "insert into public.ticket_types (org_id, event_id, name, price_amount, currency)"
            " values (%(org)s, %(stranger)s, 'X', 1, 'EUR')",
            stranger=stranger,
        )
        == "ticket_types_org_id_event_id_fkey"
    )
