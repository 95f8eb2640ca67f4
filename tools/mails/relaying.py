"""From what happened to the mails and deliveries that follow: one transaction, so that none is lost and none made twice."""

from __future__ import annotations

from tools.context import Greenroom
from tools.mails import repository, rules
from tools.mails.rules import ROUTES, News
from tools.store.database import Transaction
from tools.webhooks.delivering import tell

AT_ONCE = 200
"""Rows of the outbox in one transaction."""

BUYERS_AT_ONCE = 1000
"""Mails that one row about a whole event makes in one transaction; the row waits until all have been made."""


async def relay(greenroom: Greenroom) -> bool:
    """Makes mails with their jobs, and deliveries to webhooks, of committed rows of the outbox. True when there may be more."""
    async with greenroom.database.session(None) as tx:
        passed = await repository.pass_over(tx, ROUTES)
        waiting = await repository.unrelayed(tx, ROUTES, AT_ONCE)
        done, mails = [], []
        for news in waiting:
            if ROUTES[news.kind].about == "buyers":
                mails += (made := await _to_buyers(tx, news))
                if made:
                    continue
            elif ROUTES[news.kind].about == "admins":
                mails += rules.mails_to_admins(news, await repository.admins(tx, news.org_id))
            else:
                mails += rules.mails_of(news)
            done.append(news.id)
        if mails:
            await repository.create(tx, mails)
        if done:
            await repository.mark_relayed(tx, done)
        await tell(tx, passed + done)
        return bool(passed or waiting)


async def _to_buyers(tx: Transaction, news: News) -> list[rules.NewMail]:
    """The next mails of a row about a whole event; none when everybody has theirs."""
    found = [
        buyer for kind in ROUTES[news.kind].always for buyer in await repository.buyers(tx, news, kind, BUYERS_AT_ONCE)
    ]
    return rules.mails_to(news, found)
