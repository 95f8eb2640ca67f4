"""Who is let in: tokens good and bad, what is counted, what browsers of other sites may do, and what answers carry."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from tests.builders import URL, Service, make_event, serving
from tests.forging import bad_tokens
from tests.postgres import ClonedDatabase

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_token_that_is_not_good_opens_no_door(service: Service) -> None:
    before = await service.count("events")
    for name, token in bad_tokens(service).items():
        client = service.client(token)
        for answer in (
            await client.get("/api/events"),
            await client.post("/api/events", json={"name": "x", "start_date": "2030-01-01T00:00:00Z"}),
            await client.post("/api/actions/list_events", json={}),
            await client.get("/api/auth/me"),
        ):
            assert answer.status_code == 401, name
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert await service.count("events") == before


async def test_a_good_token_of_somebody_without_an_organisation_is_known_but_let_in_nowhere(service: Service) -> None:
    client = service.client(service.token(uuid4()))
    answer = await client.get("/api/events")
    assert (answer.status_code, answer.json()["reason"]) == (403, "no_organization")
    assert (await client.get("/api/auth/me")).json()["organization"] is None


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer ", "Basic YTpi", "bearer", "Token x", "Bearer a b"])
async def test_a_header_without_a_token_is_no_sign_in(service: Service, value: str) -> None:
    answer = await service.stranger.get("/api/events", headers={"Authorization": value})
    assert answer.status_code == 401


async def test_the_token_in_the_address_is_no_sign_in(service: Service) -> None:
    person = await service.make_person()
    answer = await service.stranger.get("/api/events", params={"access_token": person.token})
    assert answer.status_code == 401


async def test_every_catalogued_route_asks_who_calls(service: Service) -> None:
    catalog = service.parts.greenroom.catalog.values()
    for http in (each for operation in catalog for each in operation.http):
        path = "/api" + http.path.replace("{id}", str(uuid4()))
        answer = await service.stranger.request(http.method, path)
        assert answer.status_code == 401, f"{http.method} {path}"


async def test_each_answer_carries_its_request_id_and_the_headers_that_keep_a_page_safe(service: Service) -> None:
    person = await service.make_person()
    given = await person.client.get("/api/events", headers={"X-Request-Id": "trace-1.2_3"})
    assert given.headers["X-Request-Id"] == "trace-1.2_3"
    for junk in ("a" * 65, "a b", "<script>"):
        made = await person.client.get("/api/events", headers={"X-Request-Id": junk})
        assert made.headers["X-Request-Id"] not in (junk, "")
    missing = await service.stranger.get("/nothing/here.js")
    for answer in (given, missing, await service.stranger.get("/docs"), await service.stranger.get("/api/events")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "http" not in policy
        assert "Strict-Transport-Security" not in answer.headers


async def test_a_failure_of_ours_tells_an_id_and_nothing_else(
    service: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    person = await service.make_person()

    async def broken(*_: object, **__: object) -> None:
        raise psycopg.errors.UndefinedColumn("postgresql://greenroom:hunter2@/ select secret from canary@example.org")

    monkeypatch.setattr("tools.store.database.Database._begin", broken)
    answer = await person.client.get("/api/events")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, "bug")
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    logged = capsys.readouterr()
    for leak in ("hunter2", "select", "canary", "psycopg", "Traceback", "/tools/"):
        assert leak not in answer.text
    for leak in ("hunter2", "canary@example.org"):
        assert leak not in logged.out + logged.err
    assert problem["request_id"] in logged.out + logged.err


ORIGINS = [
    ("https://tickets.example.org", True),
    ("null", False),
    ("https://example.org", False),
    ("https://evil-tickets.example.org", False),
    ("https://tickets.example.org.evil.test", False),
    ("http://tickets.example.org", False),
    ("https://tickets.example.org:8443", False),
    ("https://TICKETS.example.org/", False),
    ("https://sub.tickets.example.org", False),
    ("file://", False),
    ("https://tickets.example.org, https://evil.test", False),
    ("*", False),
]


async def test_only_a_site_of_the_exact_list_may_read_answers(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path, cors_origins=["https://tickets.example.org"]) as service:
        for origin, allowed in ORIGINS:
            asked = {
                "Origin": origin,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "Authorization",
            }
            before = await service.stranger.options("/api/events", headers=asked)
            answer = await service.stranger.get("/healthz", headers={"Origin": origin})
            for each in (before, answer):
                assert (each.headers.get("Access-Control-Allow-Origin") == origin) == allowed, origin
                assert "Access-Control-Allow-Credentials" not in each.headers


async def test_without_a_list_no_other_site_may_read_answers(service: Service) -> None:
    for origin, _ in ORIGINS:
        answer = await service.stranger.get("/healthz", headers={"Origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_form_of_another_site_changes_nothing(service: Service) -> None:
    """A browser sends such requests without asking; without a token in a header they are nobody's."""
    before = await service.count("events")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = await service.stranger.post(
            "/api/events",
            content=b'{"name": "x", "start_date": "2030-01-01T00:00:00Z"}',
            headers={"Content-Type": kind, "Origin": "https://evil.test", "Cookie": "session=1"},
        )
        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers
    assert await service.count("events") == before


async def test_who_calls_too_often_is_told_when_to_come_back(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path, requests_per_minute=5) as service:
        ada, bob = await service.make_person(), await service.make_person()
        answers = [await ada.client.get("/api/events") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert answers[0].headers["RateLimit-Policy"] == '"person";q=5;w=60'
        assert answers[0].headers["RateLimit"].startswith('"person";r=4;t=')
        refused = answers[-1]
        assert refused.json()["code"] == "rate_limited"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert refused.headers["RateLimit"].startswith('"person";r=0;t=')
        # Somebody else is not held up by it.
        assert (await bob.client.get("/api/events")).status_code == 200


@pytest.mark.parametrize("guesses", [50, pytest.param(1_000, marks=pytest.mark.long)])
async def test_a_forged_forwarding_header_gains_no_further_guess(
    database: ClonedDatabase, tmp_path: Path, guesses: int
) -> None:
    async with serving(database, tmp_path, requests_per_minute=100) as service:
        statuses = [
            (
                await service.stranger.post(
                    "/api/auth/login",
                    json={"email": "nobody@example.org", "password": f"guess {number}"},
                    headers={
                        "X-Forwarded-For": f"198.51.{number // 250}.{number % 250}",
                        "Forwarded": f"for=198.51.100.{number % 250}",
                    },
                )
            ).status_code
            for number in range(guesses)
        ]
        assert statuses == [401] * 5 + [429] * (guesses - 5)
        elsewhere = service.client(peer="198.51.100.1")
        answer = await elsewhere.post("/api/auth/login", json={"email": "nobody@example.org", "password": "x"})
        assert answer.status_code == 401


async def test_tokens_that_are_not_good_are_counted_by_address(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path, requests_per_minute=40) as service:
        statuses = [(await service.client("junk.junk.junk").get("/api/events")).status_code for _ in range(12)]
        assert statuses == [401] * 10 + [429] * 2
        person = await service.make_person()
        assert (await person.client.get("/api/events")).status_code == 200


async def test_outside_development_browsers_are_told_to_stay_with_https(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    outside_development: dict[str, Any] = {
        "greenroom_env": "production",
        "supabase_url": "https://project.supabase.test",
        "supabase_publishable_key": "p",
        "supabase_secret_key": "s",
        "database_url": "postgresql://x/y?sslmode=verify-full",
        "greenroom_secret": "a secret of thirty-two characters",
        "greenroom_field_keys": f"1:{'A' * 43}=",
        "redis_url": "redis://127.0.0.1:1/0",
        "public_url": "https://tickets.test",
        "smtp_url": "smtps://mail.test",
        "mail_from": "tickets@example.org",
    }
    async with serving(module_database, tmp_path, **outside_development) as service:
        answer = await service.stranger.get("/healthz")
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
        # Its Redis is down: the service goes on and counts for itself, more strictly.
        person = await service.make_person()
        known = await person.client.get("/api/events")
        assert (known.status_code, known.headers["RateLimit-Policy"]) == (200, '"person";q=250000;w=60')


async def test_the_logs_name_no_person_and_no_secret(service: Service, capsys: pytest.CaptureFixture[str]) -> None:
    person = await service.make_person()
    event = await make_event(person, name="Canary wedding")
    await person.client.get("/api/events/Canary%20wedding")
    await person.client.get("/api/events", params={"query": "Canary"})
    await service.stranger.post("/api/auth/login", json={"email": "canary@example.org", "password": "hunter2"})
    printed = capsys.readouterr()
    logged = printed.out + printed.err
    assert "/api/events/{id}" in logged
    for leak in ("anary", "hunter2", person.email, person.token, event["id"], str(person.user_id), "203.0.113.7"):
        assert leak not in logged


async def test_metrics_count_by_route_and_name_nobody(service: Service) -> None:
    person = await service.make_person()
    event = await make_event(person, name="Canary gala")
    await person.client.get(f"/api/events/{event['id']}")
    await service.stranger.request("BREW", "/api/events")
    metrics = (await service.stranger.get("/metrics")).text
    assert 'greenroom_requests_total{method="GET",route="/api/events/{id}",status="200"}' in metrics
    assert 'method="other"' in metrics
    for leak in ("Canary", event["id"], person.email, str(person.org_id)):
        assert leak not in metrics


async def test_health_says_what_the_service_runs_on(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    healthy = await service.stranger.get("/healthz")
    assert (healthy.status_code, healthy.json()["status"], healthy.json()["database"]) == (200, "ok", "ok")
    assert healthy.json()["model"]["provider"] == "rules"
    assert (await service.stranger.get("/readyz")).status_code == 200

    async def gone(*_: object, **__: object) -> None:
        raise psycopg.OperationalError("server closed the connection")

    monkeypatch.setattr("tools.store.database.Database._begin", gone)
    assert (await service.stranger.get("/healthz")).json()["status"] == "degraded"
    assert (await service.stranger.get("/readyz")).status_code == 503


async def test_the_page_answers_every_address_that_is_no_file_and_no_door(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Greenroom</title>")
    (page / "assets" / "index-abc123.js").write_text("1")
    async with serving(module_database, tmp_path) as service:
        for path in ("/", "/events", "/events/some%20name", "/sign-in"):
            answer = await service.stranger.get(path)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
            assert "Greenroom" in answer.text
        asset = await service.stranger.get("/assets/index-abc123.js")
        assert "immutable" in asset.headers["Cache-Control"]
        for path in (
            "/assets/missing.js",
            "/api/nothing",
            "/auth/nothing",
            "/..%2f..%2fidentity.json",
            "/%2e%2e/identity.json",
        ):
            missing = await service.stranger.get(httpx.URL(URL).copy_with(raw_path=path.encode()))
            assert missing.status_code == 404, path
            assert "signing_keys" not in missing.text
