import sys, os, json
import pytest
from tests.doors.copilot.chat import chat_with
from tests.doors.copilot.conftest import *
from tests.conftest import *

pytest_plugins = ()
SEED = [
    ("create_venue", dict(name="Loft 21", city="Utrecht", capacity=80)),
    ("create_venue", dict(name="Grand Hall", city="Rotterdam", capacity=500)),
    ("create_venue", dict(name="Harbour Stage", city="Rotterdam", capacity=1200)),
    ("create_event", dict(name="Winter Gala", start_date="2027-12-18T20:00:00+01:00", venue="Grand Hall")),
    ("create_event", dict(name="Tech Meetup", start_date="2027-12-02T18:30:00+01:00", venue="Loft 21")),
    ("create_event", dict(name="Spring Picnic", start_date="2028-04-16T12:00:00+02:00")),
    ("create_ticket_type", dict(event="Winter Gala", name="VIP", price_amount=9000, quantity=40)),
    ("create_ticket_type", dict(event="Tech Meetup", price_amount=1500, quantity=60)),
]
CONVS = json.load(open("/tmp/wild/convs.json"))


async def test_probe(office, database):
    for op, data in SEED:
        await office.do(op, **data)
    await office.do("publish_event", event="Winter Gala")
    await office.do("publish_event", event="Tech Meetup")
    out = open("/tmp/wild/probe.txt", "w")
    async with chat_with(office, database) as chat:
        for conv in CONVS:
            chat.visitor = chat.visitor.elsewhere()
            print("=====", file=out)
            for t in conv:
                if t in ("!ok", "!no") and not chat.card:
                    r = "   !! NO CARD"
                elif t == "!ok":
                    r = "   << " + await chat.approve()
                elif t == "!no":
                    r = "   << " + await chat.reject()
                else:
                    a = await chat.say(t)
                    r = (
                        "   "
                        + a.text
                        + "  "
                        + (
                            "CARD " + json.dumps(a.steps)
                            if a.card
                            else "READ " + json.dumps(a.read)[:300]
                            if a.read
                            else ""
                        )
                    )
                print(">", t, "\n", r, file=out, flush=True)
