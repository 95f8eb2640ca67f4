"""Where a webhook can not be made to lead: each spelling of an inner address, a name that turns into one, a name that turns twice.

No connection of these tests leaves the machine: what would be dialled is recorded.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tools.webhooks.receiving import receiving
from tools.webhooks.addresses import Destination, WebhookAddressRefused, destination, is_loopback, is_public
from tools.webhooks.posting import Answered, NotPosted, Poster, Resolve

SPELLINGS = (
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://017700000001/",
    "https://0177.0.0.1/", "https://127.0.0.1./", "https://0/", "https://0.0.0.0/", "https://10.0.0.1/", "https://172.16.0.1/",
    "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data", "https://100.64.0.1/", "https://198.18.0.1/",
    "https://224.0.0.1/", "https://255.255.255.255/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/", "https://[0:0:0:0:0:ffff:10.0.0.1]/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[fec0::1]/",
    "https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::a00:1]/", "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/",
    "https://8.8.8.8/", "https://[2606:4700::1111]/", "https://localhost/", "https://LOCALHOST/", "https://crm.localhost/",
    "https://metadata.google.internal/", "https://db.local/", "https://intranet/", "https://router.lan/", "https://①②⑦.0.0.1/",
    "https://127。0。0。1/", "https://%31%32%37.0.0.1/", "https://crm.example.net@127.0.0.1/", "https://user:word@crm.example.net/",
    "https://crm.example.net\\@127.0.0.1/", "https://crm.example.net#@127.0.0.1/", "https://127.0.0.1:443\\.example.net/",
    "http://crm.example.net/", "ftp://crm.example.net/", "file:///etc/passwd", "gopher://crm.example.net/", "//crm.example.net/",
    "https://crm.example.net:22/", "https://crm.example.net:80/", "https://crm.example.net:99999/", "https://crm.example.net:x/",
    "https:///hook", "https://", "https://-crm.example.net/", "https://crm..example.net/", "https://crm_.example.net/", "https://[::1/",
    "https://crm.example.net/\r\nHost: 127.0.0.1", "https://crm.example.net/a b", "https://crm.example.net/#",
)  # fmt: skip

INNER = (
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2002:a00:1::1", "3fff::1", "5f00::1",
    "not an address", "",
)  # fmt: skip
PUBLIC = (
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
)


class Dialled(httpcore.AsyncNetworkBackend):
    """Connects to nothing and keeps what it was asked to connect to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.addresses.append(host)
        raise httpcore.ConnectError


def answering(*answers: list[str]) -> Resolve:
    """A resolver that says one thing after another; the last one for good."""
    left = list(answers)

    async def resolve(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


async def as_the_system_reads_it(host: str, port: int) -> list[str]:
    """What the C library makes of a host in numbers, without asking anybody."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(address[0]) for *_, address in found]


@pytest.mark.parametrize("url", SPELLINGS)
async def test_no_spelling_of_an_address_that_is_not_a_public_name_is_taken(url: str) -> None:
    with pytest.raises(WebhookAddressRefused):
        destination(url)


@pytest.mark.parametrize("url", SPELLINGS)
async def test_with_loopback_allowed_only_this_machine_by_its_plain_names_is(url: str) -> None:
    try:
        allowed = destination(url, loopback=True)
    except WebhookAddressRefused:
        return
    assert allowed.loopback
    assert allowed.host in ("localhost", "127.0.0.1", "::1")


@pytest.mark.parametrize("address", INNER)
async def test_a_name_that_turns_into_an_inner_address_is_not_dialled(address: str) -> None:
    dialled = Dialled()
    for answer in ([address], ["8.8.8.8", address], [address, "8.8.8.8"]):
        with pytest.raises(NotPosted, match="not public"):
            await Poster(resolve=answering(answer), network=dialled).post(
                destination("https://crm.example.net/"), {}, b"{}"
            )
    assert dialled.addresses == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "::ffff:7f00:1", "10.0.0.1", "fe80::1"]
)
async def test_a_spelling_that_got_past_the_first_look_stops_at_the_second(host: str) -> None:
    dialled = Dialled()
    slipped = Destination("https", host, 443, "/")
    with pytest.raises(NotPosted, match="not public"):
        await Poster(resolve=as_the_system_reads_it, network=dialled).post(slipped, {}, b"{}")
    assert dialled.addresses == []


@pytest.mark.parametrize("address", PUBLIC)
async def test_a_public_address_is_dialled_as_it_was_looked_at(address: str) -> None:
    dialled = Dialled()
    with pytest.raises(NotPosted, match="could not connect"):
        await Poster(resolve=answering([address]), network=dialled).post(
            destination("https://crm.example.net/"), {}, b"{}"
        )
    assert dialled.addresses == [address]


async def test_a_name_that_answers_differently_the_second_time_is_not_asked_a_second_time() -> None:
    dialled = Dialled()
    rebinding = answering(["93.184.216.34"], ["127.0.0.1"])
    with pytest.raises(NotPosted, match="could not connect"):
        await Poster(resolve=rebinding, network=dialled).post(destination("https://crm.example.net/"), {}, b"{}")
    assert dialled.addresses == ["93.184.216.34"]
    with pytest.raises(NotPosted, match="not public"):
        await Poster(resolve=rebinding, network=dialled).post(destination("https://crm.example.net/"), {}, b"{}")
    assert dialled.addresses == ["93.184.216.34"]


async def test_with_the_guard_off_the_same_name_reaches_this_machine() -> None:
    """The control: what keeps the tests above from connecting is the guard."""
    async with receiving() as receiver:
        led_inside = Destination("http", "crm.example.net", receiver.port, "/")
        inside = answering(["127.0.0.1"])
        assert await Poster(resolve=inside, may_reach=lambda _: True).post(led_inside, {}, b"{}") == Answered(204)
        assert len(receiver.messages) == 1
        with pytest.raises(NotPosted):
            await Poster(resolve=inside).post(led_inside, {}, b"{}")
    assert len(receiver.messages) == 1


async def test_a_machine_of_ones_own_may_not_lead_further_in() -> None:
    dialled = Dialled()
    here = destination("http://localhost:8123/", loopback=True)
    for answer in ("10.0.0.1", "8.8.8.8"):
        with pytest.raises(NotPosted, match="not public"):
            await Poster(resolve=answering([answer]), network=dialled).post(here, {}, b"{}")
    assert dialled.addresses == []


async def test_a_name_nobody_knows_is_said_to_be_unknown() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(NotPosted, match="the name was not found"):
        await Poster(resolve=unknown).post(destination("https://crm.example.net/"), {}, b"{}")


async def test_settings_of_a_proxy_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    dialled = Dialled()
    with pytest.raises(NotPosted):
        await Poster(resolve=answering(["8.8.8.8"]), network=dialled).post(
            destination("https://crm.example.net/"), {}, b""
        )
    assert dialled.addresses == ["8.8.8.8"]


async def test_what_is_allowed_is_taken_apart_once() -> None:
    assert destination("https://CRM.Example.net./in?a=1") == Destination("https", "crm.example.net", 443, "/in?a=1")
    assert destination("https://crm.example.net:8443").authority == "crm.example.net:8443"
    assert destination("https://xn--caf-dma.example.net").host == "xn--caf-dma.example.net"


@given(st.ip_addresses())
async def test_nothing_private_is_public(address: IPv4Address | IPv6Address) -> None:
    bare = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
    )
    if bare and not _holds_a_public_one(address):
        assert not is_public(str(address))
    assert not (is_public(str(address)) and is_loopback(str(address)))


def _holds_a_public_one(address: IPv4Address | IPv6Address) -> bool:
    """An IPv4 address within, written as IPv6 for sockets (::ffff:) or for a translator (64:ff9b::)."""
    wrapped = address.version == 6 and int(address) >> 32 in (0xFFFF, 0x64FF9B << 64)
    return wrapped and ip_address(int(address) & 0xFFFFFFFF).is_global


@given(st.text(max_size=60))
async def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://crm.example.net{text}"):
        try:
            found = destination(url)
        except WebhookAddressRefused:
            continue
        assert found.host.isascii()
        assert "." in found.host
