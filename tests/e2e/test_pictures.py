"""What a page may show of a file server at another origin, asked of Chromium: our bucket's links, and nothing else there."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image

from api.edge import page_policy
from tests.e2e.running import ROOT
from tests.e2e.test_shop_story import CHROMIUM
from tools.store.files import FileGateway


@contextmanager
def answering(content: bytes, media_type: str, policy: str = "") -> Iterator[str]:
    """An origin that answers the same to everything."""

    class Same(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Same)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.browser
@pytest.mark.parametrize("hosted", [True, False])
async def test_a_page_shows_links_of_our_bucket_at_another_origin_and_nothing_else_there(hosted: bool) -> None:
    assert CHROMIUM, "the browser story needs Chromium: sudo apt-get install chromium"
    written = io.BytesIO()
    Image.new("RGB", (7, 7)).save(written, "PNG")
    with answering(written.getvalue(), "image/png") as project:
        async with FileGateway(project, "sb_secret_x") as files:
            link = f"{files.links_start}org/file/320.webp?token=t"
        shown = {
            "link": link,
            "other_bucket": link.replace("/greenroom/", "/elsewhere/"),
            "climbing": link.replace("org/file", "../elsewhere/file"),
            "no_link": f"{project}/storage/v1/object/public/greenroom/a.png",
            "elsewhere": f"{project}/track.png?said=secret",
        }
        page = "".join(f'<img id="{name}" src="{address}">' for name, address in shown.items())
        policy = page_policy(files.links_start if hosted else None)
        with answering(f"<!doctype html>{page}".encode(), "text/html", policy) as ours:
            told = subprocess.run(
                ["node", "tests/pictures-story.mjs"],
                cwd=ROOT / "web",
                env={**os.environ, "BASE_URL": ours, "CHROMIUM": CHROMIUM},
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == dict.fromkeys(shown, 0) | {"link": 7 if hosted else 0}
