"""The shop's page as whoever shows a link to it reads it."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.builders import Person, Service, make_event, serving, version
from tests.doors.test_files import poster
from tests.postgres import ClonedDatabase
from tests.tools.files.hostile import picture

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHOP = Path(__file__).parents[2] / "web" / "shop.html"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(module_database: ClonedDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    folder = tmp_path_factory.mktemp("service")
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text("<title>Greenroom</title>")
    (folder / "page" / "shop.html").write_bytes(SHOP.read_bytes())
    async with serving(module_database, folder, public_url="https://tickets.example") as running:
        yield running


def told(page: str) -> dict[str, str]:
    return {
        name: html.unescape(text)
        for name, text in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page)
    }


async def test_a_link_to_an_event_shows_its_name_and_poster(service: Service, owner: Person) -> None:
    event = await make_event(owner, name='Gala "2030" <script>', description="One night.\n" + "Long. " * 100)
    await poster(owner, event, picture("PNG", 1200, 630))
    await owner.client.post(f"/api/events/{event['id']}/publish", headers=version(event["version"]))
    async with service.stranger as stranger:
        answer = await stranger.get(f"/e/{event['id']}")
        tags = told(answer.text)
        assert tags["og:title"] == 'Gala "2030" <script>'
        assert "<title>Gala &quot;2030&quot; &lt;script&gt;</title>" in answer.text
        assert (tags["og:url"], tags["og:type"]) == (f"https://tickets.example/e/{event['id']}", "website")
        assert tags["og:description"].startswith("One night. Long.")
        assert len(tags["og:description"]) <= 200
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        shown = await stranger.get(tags["og:image"].removeprefix("https://tickets.example"))
        assert (shown.status_code, shown.headers["content-type"]) == (200, "image/webp")
        known = await stranger.get(f"/e/{event['id']}", headers={"If-None-Match": answer.headers["etag"]})
        assert known.status_code == 304
        assert (await stranger.head(f"/e/{event['id']}?code=X")).status_code == 200


@pytest.mark.parametrize("which", ["draft", "nonsense", "%00"])
async def test_what_is_not_on_show_is_told_to_nobody(service: Service, owner: Person, which: str) -> None:
    event = await make_event(owner, name="Secret plans")
    name = event["id"] if which == "draft" else which
    async with service.stranger as stranger:
        answer = await stranger.get(f"/e/{name}")
    assert (answer.status_code, answer.text) == (200, SHOP.read_text())
