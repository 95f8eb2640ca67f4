"""Which addresses a webhook may lead to: public ones, however they are spelt and whatever a name turns into. Connects to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from tools.errors import InvalidInput

PORTS = (443, 8443)
_PRINTABLE = re.compile(r"[!-~]{1,2000}")
_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
"""At least two labels, the last of which begins with a letter: no spelling of a bare address does."""
_INSIDE = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "corp",
    "home",
    "arpa",
    "onion",
    "test",
    "invalid",
    "example",
)
"""Last labels that no public name has."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_PUBLIC_SIX = IPv6Network("2000::/3")
_NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # Teredo, ORCHID and other special purposes
        "2002::/16",  # 6to4: any IPv4 address within
        "2001:db8::/32",
        "3fff::/20",  # documentation, RFC 9637; Python 3.11 takes it for global
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


class WebhookAddressRefused(InvalidInput):
    code = "webhook_address"
    title = "A webhook can not be sent there"
    default_remedy = "Give an https address with a public host name, on port 443 or 8443."


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked address, in the parts a connection needs, so that nobody parses it a second time and finds another host."""

    scheme: str
    host: str
    port: int
    target: str
    loopback: bool = False

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == {"https": 443, "http": 80}[self.scheme] else f"{host}:{self.port}"


def destination(url: str, *, loopback: bool = False) -> Destination:
    """Raises WebhookAddressRefused. `loopback`: this machine is allowed too, also without TLS and on any port."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise WebhookAddressRefused("This is not an address.") from None
    if not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise WebhookAddressRefused("The address has a character that must be written as %xx, or in punycode.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise WebhookAddressRefused("The address must not carry a name or a password.")
    if parts.fragment or url.endswith("#"):
        raise WebhookAddressRefused("The address must not have a fragment (#…).")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if loopback and host in LOOPBACK and parts.scheme in ("http", "https"):
        return Destination(parts.scheme, host, port or (443 if parts.scheme == "https" else 80), target, loopback=True)
    if parts.scheme != "https":
        raise WebhookAddressRefused("The address must begin with https://.")
    if not _NAME.fullmatch(host) or host.rpartition(".")[2] in _INSIDE:
        raise WebhookAddressRefused("The host must be a public name; addresses in numbers and local names are refused.")
    if (port or 443) not in PORTS:
        raise WebhookAddressRefused("The port must be 443 or 8443.")
    return Destination("https", host, port or 443, target)


def is_public(address: str) -> bool:
    """Whether an IP address leads out to the public internet. What can not be read does not."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return _is_public_six(found)
    return _is_public_four(found)


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _is_public_four(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved and not _excepted(address)


def _is_public_six(address: IPv6Address) -> bool:
    within = address.ipv4_mapped
    if within is None and address in _NAT64:
        within = IPv4Address(int(address) & 0xFFFFFFFF)
    if within is not None:
        return _is_public_four(within)
    return address in _PUBLIC_SIX and address.is_global and not _excepted(address)


def _excepted(address: IPv4Address | IPv6Address) -> bool:
    return any(address.version == network.version and address in network for network in _NOT_PUBLIC)
