"""What the settings say of files, as the service has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from api.app import create_app
from api.composition import Outside, compose
from tools.kit.settings import Settings
from tools.store.files import VirusScanner

HOSTED = "https://ref.supabase.co"


def settings(folder: Path, **given: Any) -> Settings:
    return Settings(_env_file=None, greenroom_data=folder, **given)


def outside(url: str) -> Outside:
    return Outside(
        "host=nowhere", "host=nowhere", url, "sb_publishable_x", "sb_secret_x", "a secret of thirty-two characters"
    )


@pytest.mark.parametrize(
    ("address", "scanner"),
    [
        ("unix:/run/clamav/clamd.ctl", VirusScanner(path="/run/clamav/clamd.ctl")),
        ("clamd.internal:3310", VirusScanner(host="clamd.internal", port=3310)),
        ("[::1]:3310", VirusScanner(host="::1", port=3310)),
        ("", None),
        (None, None),
    ],
)
def test_room_and_scanner_are_as_the_settings_say(
    tmp_path: Path, address: str | None, scanner: VirusScanner | None
) -> None:
    wanted = settings(tmp_path, clamd_address=address, files_per_organization=7, file_megabytes_per_organization=2)
    greenroom = compose(wanted, outside(HOSTED)).greenroom
    assert (greenroom.scanner, greenroom.most_files, greenroom.most_file_bytes) == (scanner, 7, 2 * 1024 * 1024)
    usual = compose(settings(tmp_path), outside(HOSTED)).greenroom
    assert (usual.most_files, usual.most_file_bytes) == (5000, 5 * 1024**3)


@pytest.mark.parametrize(
    "address", ["clamd", "unix:clamd", "tcp://clamd:3310", "clamd:", "clamd:x", "a b:1", "clamd:65536", "clamd:0"]
)
def test_an_address_that_is_none_stops_the_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(ValidationError, match="unix:/path/of/the/socket or host:port"):
        settings(tmp_path, clamd_address=address)


async def test_pages_may_show_pictures_of_the_hosted_bucket_and_of_nothing_else_there(tmp_path: Path) -> None:
    async def policy(wanted: Settings, url: str) -> str:
        app = create_app(compose(wanted, outside(url)), page=tmp_path)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://greenroom.test") as client:
            return (await client.get("/nothing.js")).headers["content-security-policy"]

    hosted = settings(
        tmp_path, supabase_url=f"{HOSTED}/", supabase_publishable_key=SecretStr("sb_publishable_x"),
        supabase_secret_key=SecretStr("sb_secret_x"),
    )  # fmt: skip
    there = f"{HOSTED}/storage/v1/object/sign/greenroom/"
    assert f"img-src 'self' data: blob: {there};" in await policy(hosted, HOSTED)
    assert HOSTED not in (await policy(hosted, HOSTED)).replace(there, "")
    assert "img-src 'self' data: blob:;" in await policy(settings(tmp_path), "http://127.0.0.1:1")
