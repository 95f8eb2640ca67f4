"""Many callers at once for one scarce thing, and what became of each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from typing import Any

from tools.errors import AppError, Busy

START, END = "2030-12-12T19:00:00+01:00", "2030-12-12T22:00:00+01:00"

NAIVE_TAKE = """
    create or replace function app.take_quota(org uuid, ticket_type uuid, delta integer) returns void
        language plpgsql set search_path = ''
        as $$
        declare
            room record;
        begin
            for room in
                select q.id, q.size - q.held - q.sold as free
                from public.quotas q join public.quota_ticket_types l on l.org_id = q.org_id and l.quota_id = q.id
                where q.org_id = org and l.ticket_type_id = ticket_type
            loop
                if room.free < delta then
                    raise exception 'only % left', room.free using errcode = '23514', constraint = 'quotas_never_oversold';
                end if;
                update public.quotas set sold = sold + delta where id = room.id;
            end loop;
        end $$;
    alter table public.quotas drop constraint quotas_never_oversold;
"""
"""Look, then take: how it is usually done."""


async def outcomes(calls: Iterable[Awaitable[Any]]) -> Counter[str]:
    """How often each came out: `done`, or the code of the refusal. What is no refusal is raised."""
    answers = await asyncio.gather(*calls, return_exceptions=True)
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, AppError):
            raise answer
    return Counter(answer.code if isinstance(answer, AppError) else "done" for answer in answers)


async def persistently(office: Any, operation: str, /, **data: Any) -> Any:
    """Calls again when told that others are at it, as a client that honours `retry_after` does; without the wait."""
    while True:
        try:
            return await office.do(operation, **data)
        except Busy:
            continue
