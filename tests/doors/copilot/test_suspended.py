"""The copilot in an organisation the platform stopped: it answers what is asked, and plans nothing."""

from __future__ import annotations

from agent.guard import GroundingGuard
from embedded.planner.model import RulesPlanner
from tests.doors.copilot.test_offline import JAZZ
from tests.doors.copilot.visitor import interrupts, open_door, said, visit
from tests.office import Office
from tests.postgres import ClonedDatabase

_STOPPED = (
    "update public.organizations set suspended_reason = %s, suspended_at = case when %s then now() end where id = %s"
)


async def test_it_answers_and_plans_nothing_until_it_may_go_on(office: Office, database: ClonedDatabase) -> None:
    async with (
        open_door(office, database, RulesPlanner(), guard=GroundingGuard()) as door,
        visit(door, office) as [visitor],
    ):
        office.sql(_STOPPED, "Fraud", True, office.org_id)
        assert "Blue Room" in said(await visitor.say("Which venues do we have in Amsterdam?"))
        asked = await visitor.say(JAZZ)
        assert not interrupts(asked)
        assert "suspended" in said(asked)
        assert (office.count("events"), office.count("proposals")) == (0, 0)
        office.sql(_STOPPED, None, False, office.org_id)
        assert interrupts(await visitor.say(JAZZ))
