/** The wire's shapes. Made by scripts/wire.cjs from the operations ("npm run wire"); not edited by hand. */

export type ApiKey = {
  id: string; name: string; role: "viewer" | "staff" | "admin"; scopes: string[] | null; expires_at: string | null; last_used_at: string | null; revoked_at: string | null; key: string | null; version: number; created_at: string; };
export type Attendee = {
  id: string; attendee_name: string; attendee_email: string | null; status: "valid" | "checked_in" | "cancelled" | "transferred"; event_id: string; event_name: string; ticket_type_id: string; ticket_type_name: string; order_id: string; order_number: string; order_status: string;
  transferred_from: string | null; version: number; created_at: string; };
export type AuditEntry = {
  id: number; at: string; actor_id: string | null; actor_name: string | null; actor_kind: "person" | "agent" | "key" | "job" | "buyer"; operation: string; effect: string; subject_id: string | null; summary: string; proposal_id: string | null; thread_id: string | null; };
export type Balance = {
  account: "receivable" | "cash:manual" | "cash:sandbox" | "cash:stripe" | "bank" | "provider_fees" | "revenue" | "fees" | "tax" | "goodwill" | "retained"; currency: string; entries: number; amount: number; };
export type Booking = {
  id: string; event_id: string; event_name: string; venue_id: string; venue_name: string; space_id: string; space_name: string; start_date: string; end_date: string; timezone: string; setup_minutes: number; teardown_minutes: number; status: "confirmed" | "cancelled";
  version: number; created_at: string; };
export type CancelledEvent = {
  id: string; name: string; description: string; start_date: string; end_date: string; timezone: string; venue_id: string | null; venue_name: string | null; status: "draft" | "published" | "cancelled" | "completed" | "archived"; cancel_reason: string | null;
  lifecycle: "upcoming" | "ongoing" | "ended"; capacity: number | null; currency: string; tickets_sold: number; tickets_total: number; version: number; created_at: string; updated_at: string; orders_ended: number; holds_released: number; bookings_freed: number;
  waiting_told: number; choices_offered: number; refunds: RefundRun | null; };
export type ChangedOrder = {
  id: string; number: string; event_id: string; event_name: string; buyer_name: string; buyer_email: string | null; status: "pending" | "paid" | "expired" | "cancelled"; channel: "office" | "public" | "api" | "import" | "waiting_list"; currency: string; total_amount: number;
  discount_amount: number; fee_amount: number; tax_amount: number; paid_amount: number; refunded_amount: number; credited_amount: number; kept_amount: number; needs_approval: boolean; expires_at: string | null; items: OrderItem[]; history: OrderLine[]; tickets: Ticket[];
  version: number; created_at: string; given_back_amount: number; difference_amount: number; owed_amount: number; };
export type CheckIn = {
  id: string; event_id: string; check_in_list_id: string; check_in_list_name: string; nonce: string; kind: "entry" | "exit"; outcome: "accepted" | "refused";
  reason: "unknown_code" | "forged_ticket" | "wrong_event" | "wrong_list" | "unpaid" | "order_needs_approval" | "cancelled" | "transferred" | "event_cancelled" | "already_in" | "no_reentry" | "not_in" | "not_open_yet" | "closed" | "sent_away" | null; message: string;
  forced: boolean; conflict: boolean; repeated: boolean; ticket_id: string | null; ticket_type: string | null; attendee_name: string | null; order_number: string | null; scanned_at: string; device: string; previous_at: string | null; previous_device: string | null;
  undone_at: string | null; };
export type CheckInList = {
  id: string; event_id: string; event_name: string; name: string; every_type: boolean; ticket_types: string[]; reentry: boolean; opens_at: string | null; closes_at: string | null; expected: number; entered: number; inside: number; by_type: TypeCount[]; version: number;
  created_at: string; };
export type ComparedEvent = {
  event_id: string; event_name: string; start_date: string; as_of: string; types: ComparedType[]; totals: ComparedTotal[]; admitted: number | null; no_shows: number | null; };
export type ComparedTotal = {
  currency: string; tickets: number; net_amount: number; };
export type ComparedType = {
  ticket_type_name: string; kind: "ticket" | "add_on" | "bundle" | "fee"; currency: string; tickets: number; net_amount: number; };
export type CountedType = {
  id: string; name: string; currency: string; };
export type Difference = {
  ticket_type_name: string | null; currency: string; tickets: number; net_amount: number; };
export type DoorGuest = {
  ticket_id: string; attendee_name: string; email_hint: string; ticket_type: string; order_number: string; on_list: boolean;
  barred: "unknown_code" | "forged_ticket" | "wrong_event" | "wrong_list" | "unpaid" | "order_needs_approval" | "cancelled" | "transferred" | "event_cancelled" | "already_in" | "no_reentry" | "not_in" | "not_open_yet" | "closed" | "sent_away" | null; inside: boolean;
  entered_at: string | null; check_in_id: string | null; };
export type Drift = {
  problem: string; order_id: string | null; order_number: string | null; subject_id: string; currency: string; expected: number; found: number; };
export type Erasure = {
  id: string; pseudonym: string; orders: number; tickets: number; waiting_list_entries: number; mails: number; mentions: number; conversations: number; finished_at: string | null; version: number; created_at: string; };
export type Event = {
  id: string; name: string; description: string; start_date: string; end_date: string; timezone: string; venue_id: string | null; venue_name: string | null; status: "draft" | "published" | "cancelled" | "completed" | "archived"; cancel_reason: string | null;
  lifecycle: "upcoming" | "ongoing" | "ended"; capacity: number | null; currency: string; tickets_sold: number; tickets_total: number; version: number; created_at: string; updated_at: string; };
export type EventBooking = {
  id: string; venue_name: string; space_name: string; start_date: string; end_date: string; };
export type EventDetail = {
  id: string; name: string; description: string; start_date: string; end_date: string; timezone: string; venue_id: string | null; venue_name: string | null; status: "draft" | "published" | "cancelled" | "completed" | "archived"; cancel_reason: string | null;
  lifecycle: "upcoming" | "ongoing" | "ended"; capacity: number | null; currency: string; tickets_sold: number; tickets_total: number; version: number; created_at: string; updated_at: string; ticket_types: EventTicketType[]; bookings: EventBooking[];
  sponsorships: EventSponsorship[]; };
export type EventSponsorship = {
  id: string; sponsor_name: string; level: string; amount: number; currency: string; status: string; };
export type EventTicketType = {
  id: string; name: string; price_amount: number; currency: string; quantity: number; sold: number; available: number; };
export type Explanation = {
  ticket_type_id: string; name: string; currency: string; sale_status: "not_open" | "open" | "closed"; availability: "available" | "reserved" | "ordered" | "sold_out"; available: number; sentence: string; limited_by: QuotaRoom; quotas: QuotaRoom[]; may_come_back: MayComeBack[];
  remedies: string[]; };
export type ExportedFile = {
  kind: "orders" | "attendees" | "sales" | "ledger" | "check_ins" | "payouts"; format: "csv" | "xlsx"; event_id: string | null; event_name: string | null; file_name: string; path: string; rows: number; columns: string[]; preview: string[][]; };
export type FailedRow = {
  row: number; reason: string; text: string; };
export type File = {
  id: string; kind: "event_poster" | "sponsor_logo" | "contract" | "attachment"; event_id: string | null; sponsor_id: string | null; venue_id: string | null; thread_id: string | null; name: string; media_type: "image/png" | "image/jpeg" | "image/webp" | "application/pdf";
  bytes: number; sha256: string; width: number | null; height: number | null; variants: Variant[]; version: number; created_by: string; created_at: string; };
export type HeldCheckIn = {
  ticket_id: string; event_name: string; list_name: string; kind: string; outcome: string; scanned_at: string; };
export type HeldMail = {
  kind: string; recipient: string; subject: string | null; body: string | null; status: string; sent_at: string | null; created_at: string; };
export type HeldNote = {
  at: string; operation: string; summary: string; };
export type HeldOrder = {
  id: string; number: string; event_name: string; status: string; channel: string; buyer_name: string; buyer_email: string | null; billing_address: string; locale: string; currency: string; total_amount: number; paid_amount: number; refunded_amount: number; created_at: string; };
export type HeldPayment = {
  order_number: string; provider: string; method: string; status: string; amount: number; currency: string; created_at: string; };
export type HeldPlace = {
  event_name: string; ticket_type_name: string; quantity: number; name: string; email: string; status: string; created_at: string; };
export type HeldRefund = {
  order_number: string; status: string; reason: string | null; amount: number; currency: string; created_at: string; };
export type HeldTicket = {
  id: string; order_number: string; event_name: string; ticket_type_name: string; attendee_name: string; attendee_email: string | null; status: string; created_at: string; };
export type Hold = {
  id: string; event_id: string; event_name: string; label: string; purpose: "checkout" | "waiting_list" | "office"; status: "active" | "expired" | "released" | "converted"; items: HoldItem[]; expires_at: string; extended: number; order_id: string | null; version: number;
  created_at: string; };
export type HoldItem = {
  ticket_type_id: string; ticket_type_name: string; quantity: number; };
export type Import = {
  id: string; event_id: string; event_name: string; dry_run: boolean; rows: number; made: number; skipped: number; failed: number; total_amount: number; currency: string; columns: Record<string, string>; ignored_columns: string[]; made_rows: ImportedRow[];
  skipped_rows: SkippedRow[]; failed_rows: FailedRow[]; };
export type ImportedRow = {
  row: number; name: string; email: string | null; ticket_type_name: string; price_amount: number; order_number: string | null; };
export type Invitation = {
  id: string; email: string; role: "door" | "viewer" | "staff" | "admin" | "owner"; events: MemberEvent[]; status: "open" | "accepted" | "revoked" | "expired"; expires_at: string; link: string | null; mail_status: "queued" | "sent" | "failed" | "skipped" | null; version: number;
  created_at: string; };
export type LedgerCheck = {
  orders: number; problems: Drift[]; };
export type LedgerEntry = {
  at: string; kind: "sale" | "goodwill" | "release" | "payment" | "refund" | "payout"; transaction_id: string; account: "receivable" | "cash:manual" | "cash:sandbox" | "cash:stripe" | "bank" | "provider_fees" | "revenue" | "fees" | "tax" | "goodwill" | "retained"; amount: number;
  currency: string; event_id: string | null; event_name: string | null; order_id: string | null; order_number: string | null; source_id: string; entry: number; };
export type LedgerReport = {
  from_date: string | null; to_date: string | null; event_id: string | null; event_name: string | null; balances: Balance[]; unbalanced: Record<string, number>; };
export type LeftOut = {
  why: string; currency: string; orders: number; amount: number; };
export type Mail = {
  id: string; kind: "order_confirmed" | "order_received" | "order_approved" | "payment_received" | "order_expired" | "order_cancelled" | "order_refunded" | "place_offered" | "event_cancelled" | "event_postponed" | "choice_offered" | "ticket_transferred"; recipient: string;
  subject: string | null; status: "queued" | "sent" | "failed" | "skipped"; attempts: number; failure: string | null; order_id: string | null; order_number: string | null; event_id: string | null; locale: string; sent_at: string | null; version: number; created_at: string;
  body: string | null; };
export type MailSummary = {
  id: string; kind: "order_confirmed" | "order_received" | "order_approved" | "payment_received" | "order_expired" | "order_cancelled" | "order_refunded" | "place_offered" | "event_cancelled" | "event_postponed" | "choice_offered" | "ticket_transferred"; recipient: string;
  subject: string | null; status: "queued" | "sent" | "failed" | "skipped"; attempts: number; failure: string | null; order_id: string | null; order_number: string | null; event_id: string | null; locale: string; sent_at: string | null; version: number; created_at: string; };
export type MayComeBack = {
  kind: "holds" | "unpaid_orders" | "vouchers"; count: number; places: number; next_end: string | null; without_end: number; };
export type Member = {
  id: string; name: string; email: string; role: "door" | "viewer" | "staff" | "admin" | "owner"; events: MemberEvent[]; since: string; };
export type MemberEvent = {
  id: string; name: string; };
export type NamedType = {
  id: string; name: string; };
export type OfferedChoices = {
  id: string; event_id: string; event_name: string; asked: number; options: ("refund" | "keep" | "donate" | "credit")[]; keep_amount: number; deadline: string; };
export type OfferedPlaces = {
  id: string; event_id: string; event_name: string; places: number; offered: WaitingEntry[]; passed_over: number; still_waiting: number; hours: number; };
export type Order = {
  id: string; number: string; event_id: string; event_name: string; buyer_name: string; buyer_email: string | null; status: "pending" | "paid" | "expired" | "cancelled"; channel: "office" | "public" | "api" | "import" | "waiting_list"; currency: string; total_amount: number;
  discount_amount: number; fee_amount: number; tax_amount: number; paid_amount: number; refunded_amount: number; credited_amount: number; kept_amount: number; needs_approval: boolean; expires_at: string | null; items: OrderItem[]; history: OrderLine[]; tickets: Ticket[];
  version: number; created_at: string; owed_amount: number; };
export type OrderCheckIn = {
  id: string; event_id: string; number: string; accepted: number; refused: number; check_ins: CheckIn[]; };
export type OrderItem = {
  id: string; kind: "ticket" | "fee"; ticket_type_id: string | null; ticket_type_name: string; quantity: number; price_amount: number; discount_amount: number; fee_amount: number; tax_amount: number; total_amount: number; };
export type OrderLine = {
  id: string; kind: "ticket" | "fee"; ticket_type_id: string | null; ticket_type_name: string; quantity: number; price_amount: number; discount_amount: number; fee_amount: number; tax_amount: number; total_amount: number; reverses: string | null; created_at: string; };
export type OrderLink = {
  id: string; event_id: string; order_number: string; link: string; };
export type OrderToSettle = {
  id: string; number: string; event_id: string; event_name: string; buyer_name: string; buyer_email: string | null; status: "pending" | "paid" | "expired" | "cancelled"; reasons: ("unpaid" | "part_paid" | "overpaid" | "payment_unknown" | "refund_failed" | "refund_unknown")[];
  currency: string; total_amount: number; paid_amount: number; refunded_amount: number; owed_amount: number; unknown_payment_amount: number; unknown_refund_amount: number; failed_refund_amount: number; expires_at: string | null; created_at: string; };
export type Organization = {
  id: string; name: string; role: "door" | "viewer" | "staff" | "admin" | "owner"; timezone: string; currency: string; locale: string; auto_apply: boolean; suspended_reason: string | null; version: number; };
export type PartOfBundle = {
  ticket_type_id: string; ticket_type_name: string; quantity: number; };
export type Payment = {
  id: string; order_id: string; order_number: string; event_id: string; provider: "manual" | "sandbox" | "stripe"; method: "cash" | "transfer" | "card" | "invoice" | "online"; status: "created" | "pending" | "confirmed" | "failed" | "cancelled" | "unknown"; amount: number;
  currency: string; refunded_amount: number; pay_url: string | null; failure: string | null; created_at: string; confirmed_at: string | null; };
export type Payout = {
  id: string; provider: "manual" | "sandbox" | "stripe"; reference: string; amount: number; fee_amount: number; currency: string; arrived_on: string; voided_at: string | null; version: number; created_at: string; updated_at: string; };
export type PersonExport = {
  email: string; names: string[]; made_at: string; orders: HeldOrder[]; tickets: HeldTicket[]; check_ins: HeldCheckIn[]; payments: HeldPayment[]; refunds: HeldRefund[]; waiting_list: HeldPlace[]; mails: HeldMail[]; audit: HeldNote[]; };
export type PostponedEvent = {
  id: string; name: string; description: string; start_date: string; end_date: string; timezone: string; venue_id: string | null; venue_name: string | null; status: "draft" | "published" | "cancelled" | "completed" | "archived"; cancel_reason: string | null;
  lifecycle: "upcoming" | "ongoing" | "ended"; capacity: number | null; currency: string; tickets_sold: number; tickets_total: number; version: number; created_at: string; updated_at: string; booking: "moved" | "freed" | "none"; choices_offered: number;
  refund_until: string | null; };
export type PromoCode = {
  id: string; event_id: string; event_name: string; code: string; kind: "discount" | "access" | "voucher"; label: string; percent_basis_points: number | null; off_amount: number | null; price_amount: number | null; budget_amount: number | null; currency: string | null;
  spent_amount: number; max_uses: number | null; uses: number; held_uses: number; orders: number; max_per_buyer: number | null; valid_from: string | null; valid_until: string | null; ticket_types: NamedType[]; blocked: number; active: boolean;
  status: "active" | "not_yet" | "expired" | "used_up" | "inactive"; version: number; created_at: string; };
export type Quota = {
  id: string; name: string; kind: "ticket_type" | "capacity" | "shared"; size: number; sold: number; unpaid: number; on_hold: number; kept_by_vouchers: number; free: number; event_id: string; event_name: string; ticket_types: CountedType[];
  availability: "available" | "reserved" | "ordered" | "sold_out"; availability_reason: string; version: number; created_at: string; };
export type QuotaRoom = {
  id: string; name: string; kind: "ticket_type" | "capacity" | "shared"; size: number; sold: number; unpaid: number; on_hold: number; kept_by_vouchers: number; free: number; };
export type Refund = {
  id: string; order_id: string; order_number: string; event_id: string; payment_id: string | null; provider: "manual" | "sandbox" | "stripe"; status: "created" | "pending" | "done" | "cancelled" | "failed" | "unknown"; amount: number; currency: string; reason: string | null;
  failure: string | null; created_at: string; done_at: string | null; };
export type RefundAmount = {
  currency: string; orders: number; paid_amount: number; refund_amount: number; kept_amount: number; };
export type RefundChoice = {
  id: string; event_id: string; event_name: string; order_id: string; order_number: string; order_status: string; buyer_name: string; buyer_email: string | null; options: ("refund" | "keep" | "donate" | "credit")[]; choice: "refund" | "keep" | "donate" | "credit" | null;
  state: "open" | "over" | "refund" | "keep" | "donate" | "credit"; currency: string; refund_amount: number; keep_amount: number; deadline: string; decided_at: string | null; version: number; created_at: string; };
export type RefundRun = {
  id: string | null; event_id: string; event_name: string; dry_run: boolean; status: "planned" | "running" | "done"; keep_amount: number; orders: number; tickets: number; done: number; amounts: RefundAmount[]; ways: RefundWay[]; left_out: LeftOut[]; sample: RefundSample[];
  finished_at: string | null; };
export type RefundSample = {
  order_id: string; order_number: string; buyer_name: string; currency: string; paid_amount: number; refund_amount: number; kept_amount: number; why: string | null; };
export type RefundWay = {
  provider: string; method: string; automatic: boolean; currency: string; orders: number; amount: number; };
export type SalesComparison = {
  event: ComparedEvent; other: ComparedEvent; differences: Difference[]; };
export type SalesGroup = {
  sold: number; refunded: number; gross_amount: number; refunded_amount: number; net_amount: number; discount_amount: number; fee_amount: number; tax_amount: number; by: "day" | "channel" | "promo_code"; key: string; currency: string; };
export type SalesLine = {
  sold: number; refunded: number; gross_amount: number; refunded_amount: number; net_amount: number; discount_amount: number; fee_amount: number; tax_amount: number; event_id: string; event_name: string; ticket_type_id: string | null; ticket_type_name: string;
  kind: "ticket" | "add_on" | "bundle" | "fee"; currency: string; };
export type SalesReport = {
  from_date: string | null; to_date: string | null; event_id: string | null; event_name: string | null; lines: SalesLine[]; groups: SalesGroup[]; totals: SalesTotal[]; };
export type SalesTotal = {
  sold: number; refunded: number; gross_amount: number; refunded_amount: number; net_amount: number; discount_amount: number; fee_amount: number; tax_amount: number; currency: string; };
export type SentTickets = {
  id: string; event_id: string; event_name: string; order_number: string; sent_to: string; tickets: number; };
export type SkippedRow = {
  row: number; name: string; reason: string; };
export type Space = {
  id: string; name: string; capacity: number | null; };
export type Sponsorship = {
  id: string; sponsor_id: string; sponsor_name: string; event_id: string; event_name: string; level: string; amount: number; currency: string; status: "enquiry" | "agreed" | "invoiced" | "paid" | "declined"; version: number; created_at: string; };
export type Ticket = {
  id: string; code: string; status: "valid" | "checked_in" | "cancelled" | "transferred"; };
export type TicketDetail = {
  id: string; attendee_name: string; attendee_email: string | null; status: "valid" | "checked_in" | "cancelled" | "transferred"; event_id: string; event_name: string; ticket_type_id: string; ticket_type_name: string; order_id: string; order_number: string; order_status: string;
  transferred_from: string | null; version: number; created_at: string; code: string; transferred_to: string | null; };
export type TicketType = {
  id: string; event_id: string; event_name: string; name: string; description: string; kind: "ticket" | "add_on" | "bundle"; price_amount: number; currency: string; fee_amount: number; fee_basis_points: number; tax_basis_points: number; tax_included: boolean; hidden: boolean;
  sales_start: string | null; sales_end: string | null; sale_status: "not_open" | "open" | "closed"; min_per_order: number; max_per_order: number | null; max_per_buyer: number | null; needs_approval: boolean; parts: PartOfBundle[]; quantity: number; sold: number; held: number;
  available: number; availability: "available" | "reserved" | "ordered" | "sold_out"; availability_reason: string; limited_by: QuotaRoom; version: number; created_at: string; };
export type ToSettle = {
  reason: "unpaid" | "part_paid" | "overpaid" | "payment_unknown" | "refund_failed" | "refund_unknown"; currency: string; orders: number; amount: number; };
export type TypeCount = {
  ticket_type_id: string; name: string; expected: number; entered: number; inside: number; };
export type Variant = {
  width: number; height: number; bytes: number; url: string | null; };
export type Venue = {
  id: string; name: string; description: string; city: string; address: string; capacity: number | null; timezone: string; spaces: Space[]; version: number; created_at: string; };
export type Vouchers = {
  id: string; event_id: string; event_name: string; ticket_type_id: string; ticket_type_name: string; kind: "voucher"; label: string; percent_basis_points: number | null; off_amount: number | null; price_amount: number | null; currency: string | null; max_uses: number;
  valid_until: string | null; places: number; codes: string[]; csv: string; };
export type WaitingEntry = {
  id: string; event_id: string; event_name: string; ticket_type_id: string; ticket_type_name: string; quantity: number; name: string; email: string; status: "waiting" | "offered" | "purchased" | "expired" | "cancelled"; position: number | null; offer_expires_at: string | null;
  order_number: string | null; version: number; created_at: string; };
export type WaitingList = {
  id: string; event_id: string; event_name: string; is_open: boolean; auto_offer: boolean; offer_hours: number; waiting: number; offered: number; version: number; created_at: string; };
export type Webhook = {
  id: string; url: string; description: string; kinds: string[]; active: boolean; disabled_reason: "gone" | "failing" | null; secret_number: number; secret_rotated_at: string | null; version: number; created_at: string; };
export type WebhookDelivery = {
  id: string; webhook_id: string; kind: string; payload: Record<string, unknown>; status: "waiting" | "delivered" | "given_up"; attempts: number; next_attempt_at: string | null; last_status: number | null; last_error: string | null; delivered_at: string | null;
  given_up_at: string | null; created_at: string; };
