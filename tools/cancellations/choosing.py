"""What a buyer decides on the page of their order. Runs as the service: whoever calls has checked the buyer's link."""

from __future__ import annotations

from uuid import UUID, uuid4

from tools.cancellations import repository, rules
from tools.cancellations.models import Choice, RefundChoice
from tools.context import Greenroom


async def refund_choice_of(greenroom: Greenroom, order_id: UUID) -> RefundChoice | None:
    """What was offered for this order, and what became of it."""
    async with greenroom.database.session(None) as tx:
        return await repository.choice_of(tx, order_id)


async def choose_refund(greenroom: Greenroom, order_id: UUID, choice: Choice) -> RefundChoice:
    """The buyer's decision. The refund is given at once, on the terms that were promised, and is final; the rest may be thought over.

    Raises NothingOffered, ChoiceOver, ChoiceFinal, NotAnOption, OrderClosed. Choosing the same again changes nothing.
    """
    async with greenroom.database.session(None) as tx:
        await repository.choose(tx, order_id, choice, uuid4())
        chosen = await repository.choice_of(tx, order_id)
    if chosen is None:
        raise rules.NothingOffered()
    return chosen
