"""What the person could say next, made from the world around them: always possible, never invented, and it costs no model call."""

from __future__ import annotations

from tools.threads.models import World

MOST = 3


def suggestions(world: World) -> list[dict[str, str]]:
    """At most three, each a short `title` for a button and the whole sentence it sends."""
    today = world.now.isoformat()
    coming = [event for event in world.events if event["start_date"] >= today and event["status"] != "cancelled"]
    found: list[dict[str, str]] = []
    if not world.venues:
        found.append({"title": "Add a venue", "message": "Add a venue: the Blue Room in Berlin, 200 people."})
    if coming:
        first = coming[0]["name"]
        found.append({"title": "How is it selling?", "message": f"How are the tickets for {first} selling?"})
        drafts = [event["name"] for event in coming if event["status"] == "draft"]
        if drafts:
            found.append({"title": f"Publish {drafts[0]}"[:60], "message": f"Publish {drafts[0]}."})
        found.append({"title": "What is coming up?", "message": "Which events are coming up in the next 30 days?"})
    else:
        found.append(
            {"title": "Plan an event", "message": "Create an event: Summer Night, next Saturday from 19:00 to 23:00."}
        )
    found.append({"title": "Sales so far", "message": "Show me the sales report."})
    return found[:MOST]
