"""What is decided about proposals, without a database: states, what is bound by an approval, how one is undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from tools.context import Caller
from tools.errors import Conflict, Forbidden
from tools.operation import AnyOperation, Effect
from tools.proposals.models import FieldChange, Preview, PreviewStep, Proposal, RowChange, Status, Step
from tools.store.addresses import INDEXES

LIFETIME = timedelta(minutes=15)

NEXT_STATES: dict[Status, tuple[Status, ...]] = {
    "proposed": ("approved", "rejected", "expired", "stale"),
    "stale": ("approved", "rejected", "expired", "proposed"),
    "expired": ("proposed",),
    "approved": ("applied", "stale", "failed"),
    "applied": ("undone",),
    "undone": ("applied",),
    "rejected": (),
    "failed": (),
}
"""The same table as app.proposal_next_states; a test holds them equal."""

# They differ between two runs of the same step without anything being different for the person; what is sealed differs each time.
VOLATILE = frozenset({
    "created_at", "updated_at", "paid_at", "confirmed_at", "cancelled_at", "done_at", "expires_at", "scanned_at", "received_at",
    "undone_at", "version", "number", "code", "held", "sold", "blocked", "uses", "spent_amount", "during", "deadline", "decided_at",
    "finished_at", "billing_address",
})  # fmt: skip
# A ticket's code is random, a promo code's is what was asked for.
_MATERIAL = {"promo_codes": frozenset({"code"})}
# Not worth a line on a card; names of what they point to stand in the step's sentence and result.
_UNSHOWN = frozenset({"id", "org_id"}) | INDEXES


class ProposalDecided(Conflict):
    code = "proposal_already_decided"
    title = "The proposal is decided already"


class ProposalExpired(Conflict):
    code = "proposal_expired"
    title = "The proposal has expired"
    default_remedy = "Revise it with the same steps to see what would change now, then approve that."


class ProposalChanged(Conflict):
    code = "proposal_changed"
    title = "This is not what the proposal shows now"
    constraints = ("proposals_approval_bound",)
    default_remedy = "Read the proposal again and approve the digest it has now."


class ProposalBlocked(Conflict):
    code = "proposal_blocked"
    title = "A step of the proposal can not be done"
    default_remedy = "Change or untick the step that is in conflict."


class ProposalStale(Conflict):
    code = "proposal_stale"
    title = "The world changed since this was shown; nothing was written"
    default_remedy = "Look at the fresh preview and approve it if it is still wanted."


class ProposalStateConflict(Conflict):
    code = "proposal_state"
    title = "The proposal's state does not allow this"
    constraints = ("proposals_state_transition",)


class ChangedSince(Conflict):
    code = "changed_since"
    title = "It was changed since, so it is not put back blindly"
    constraints = ("changed_since",)
    default_remedy = "Change what is there now instead of undoing."


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
    title = "There is nothing to undo"


def require_open(proposal: Proposal) -> None:
    """Raises ProposalExpired or ProposalDecided unless a decision is still to be made."""
    if proposal.status == "expired":
        raise ProposalExpired(details={"allowed_next_states": list(NEXT_STATES["expired"])})
    if proposal.status not in ("proposed", "stale"):
        raise ProposalDecided(
            f"The proposal is {proposal.status}.",
            details={"proposal_status": proposal.status, "allowed_next_states": list(NEXT_STATES[proposal.status])},
        )


def require_may_change(caller: Caller, created_by: UUID, by_agent: bool) -> None:
    """A key and a program change and take back what they proposed themselves; about anybody else's a person decides.

    Raises Forbidden.
    """
    own = created_by == caller.user_id and (by_agent or not caller.agent or caller.key_id is not None)
    if caller.kind != "person" and not own:
        raise Forbidden(
            "Somebody else proposed this.", remedy="Propose what is wanted; a person decides which is done."
        )


def operation_of(step: Step, catalog: Mapping[str, AnyOperation]) -> AnyOperation:
    """What a stored step runs. Raises ProposalBlocked for one that an older version stored and nothing here does any more."""
    found = catalog.get(step.operation)
    if found is None:
        raise ProposalBlocked(f"{step.operation!r} can not be done any more.", remedy="Propose it anew.")
    return found


def effect_of(step: Step, catalog: Mapping[str, AnyOperation]) -> Effect:
    found = catalog.get(step.operation)
    return found.effect if found else Effect.write


def _undo_of(step: Step, catalog: Mapping[str, AnyOperation]) -> str | None:
    found = catalog.get(step.operation)
    return found.undo if found else None


def digest_of(
    proposal_id: UUID, steps: Sequence[Step], changes: Sequence[Sequence[Mapping[str, Any]]], errors: Sequence[str]
) -> str:
    """Binds an approval: the enabled steps with their arguments, and every row they change but for what is volatile.

    `changes` are per step the captured rows {table_name, action, row_id, before, after}; `errors` the codes of failed steps.
    """
    bound = {
        "proposal": str(proposal_id),
        "steps": [[step.operation, step.input] for step in steps if step.enabled],
        "changes": [[_material(change) for change in of_step] for of_step in changes],
        "errors": list(errors),
    }
    return sha256(json.dumps(bound, sort_keys=True, separators=(",", ":"), default=str).encode()).hexdigest()


def _material(change: Mapping[str, Any]) -> list[Any] | None:
    before, after = change["before"] or {}, change["after"] or {}
    volatile = _volatile_in(change["table_name"])
    values = {name: after.get(name) for name in after if name not in volatile and before.get(name) != after.get(name)}
    if change["action"] == "update" and not values:
        return None
    return [change["table_name"], change["action"], str(change["row_id"]), values]


def _volatile_in(table: str) -> frozenset[str]:
    return VOLATILE - _MATERIAL.get(table, frozenset())


_NOUNS = {
    "events": "event",
    "venues": "venue",
    "spaces": "space",
    "bookings": "booking",
    "ticket_types": "ticket type",
    "bundle_items": "part of bundle",
    "promo_codes": "promo code",
    "promo_code_ticket_types": "ticket type of promo code",
    "quotas": "quota",
    "quota_ticket_types": "quota of ticket type",
    "orders": "order",
    "order_items": "order item",
    "tickets": "ticket",
    "payments": "payment",
    "refunds": "refund",
    "refund_runs": "refund of an event",
    "refund_choices": "choice of a buyer",
    "waiting_lists": "waiting list",
    "waiting_list_entries": "entry on the waiting list",
    "holds": "hold",
    "hold_items": "held places",
    "sponsors": "sponsor",
    "sponsorships": "sponsorship",
    "check_in_lists": "check-in list",
    "check_in_list_ticket_types": "ticket type of check-in list",
    "check_ins": "check-in",
    "payouts": "payout",
    "refund_run_orders": "order in the refund of an event",
}


def shown_change(change: Mapping[str, Any]) -> RowChange:
    """A captured row as the card shows it: what it is, and each field that changes."""
    before, after = change["before"] or {}, change["after"] or {}
    image = after or before
    noun = _NOUNS.get(change["table_name"], change["table_name"])
    hidden = _UNSHOWN | _volatile_in(change["table_name"])
    code = image.get("code") if "code" not in hidden else None
    name = image.get("name") or image.get("number") or image.get("level") or code or ""
    fields = [
        FieldChange(name=field, before=before.get(field), after=after.get(field))
        for field in image
        if field not in hidden
        and not field.endswith("_id")
        and before.get(field) != after.get(field)
        and not (before.get(field) in (None, "") and after.get(field) in (None, ""))
    ]
    return RowChange(
        table=change["table_name"],
        action=change["action"],
        id=change["row_id"],
        label=f"{noun} {name}".strip(),
        fields=fields,
    )


def without_secrets(value: Any) -> Any:
    """A result as it may be stored with the proposal: ticket codes stay out; a promo code, which has uses, is what was asked for."""
    if isinstance(value, dict):
        return {k: without_secrets(v) for k, v in value.items() if k != "code" or "held_uses" in value}
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    return value


def can_undo(status: Status, steps: Sequence[Step], catalog: Mapping[str, AnyOperation]) -> bool:
    return status == "applied" and any(step.enabled and _undo_of(step, catalog) for step in steps)


def undo_steps(proposal: Proposal, catalog: Mapping[str, AnyOperation]) -> tuple[list[Step], list[str]]:
    """Steps that take the proposal back, last first, and a sentence for each that can not be.

    Sales go back as refunds. An event that was created and sold in one go is cancelled instead of removed, since its orders
    stay in the books.
    """
    sold = any(step.enabled and _undo_of(step, catalog) == "refund" for step in proposal.steps)
    steps: list[Step] = []
    stays: list[str] = []
    for step in reversed(proposal.steps):
        shown = proposal.preview.steps[step.index]
        if not step.enabled:
            continue
        match _undo_of(step, catalog):
            case "refund":
                steps.append(
                    Step(operation="refund_order", input={"order": (shown.result or {})["id"], "reason": "Undone"})
                )
            case "release":
                steps.append(Step(operation="release_hold", input={"hold": (shown.result or {})["id"]}))
            case "restore" if sold and step.operation == "create_event":
                steps.append(
                    Step(operation="cancel_event", input={"event": (shown.result or {})["id"], "reason": "Undone"})
                )
            case "restore" if sold and step.operation in ("create_ticket_type", "book_venue"):
                continue
            case "restore":
                steps.append(Step(operation="restore_step", input={"proposal": str(proposal.id), "step": step.index}))
            case None:
                stays.append(f"This can not be undone and stays: {shown.summary}.")
    return steps, stays


def title_of(preview: Preview) -> str:
    """One step in its own words; several as what they are about and what they do, for lists and card heads."""
    done = [step for step in preview.steps if step.ok is not None]
    if len(done) == 1:
        return done[0].summary[:300]
    about = {name for step in done if (name := _subject(step))}
    deeds = ", ".join(dict.fromkeys(step.operation.replace("_", " ") for step in done))
    text = f"{about.pop()}: {deeds}" if len(about) == 1 else deeds.capitalize()
    return text[:300]


def _subject(step: PreviewStep) -> str | None:
    result = step.result or {}
    return result.get("event_name") or (result.get("name") if step.operation.endswith("_event") else None)
