"""Where a followed link may lead: back to this site or to an address that was configured, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from embedded.auth.settings import AuthSettings

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LONGEST = 2000


def allowed(settings: AuthSettings, wanted: str | None) -> str:
    """The wanted address if a link may lead there, else this site's."""
    site = settings.url.rstrip("/")
    if not wanted or len(wanted) > _LONGEST or not wanted.isprintable() or not wanted.isascii() or "\\" in wanted:
        return site
    try:
        target, home = urlsplit(wanted), urlsplit(site)
        same_port = target.port == home.port or target.hostname in _LOOPBACK
    except ValueError:
        return site
    if target.username is not None or target.password is not None:
        return site
    if same_port and (target.scheme, target.hostname) == (home.scheme, home.hostname):
        return wanted
    return wanted if wanted.partition("#")[0] in settings.redirects else site


def with_fragment(address: str, members: Mapping[str, str]) -> str:
    """Browsers keep the fragment to themselves: no server on the way reads what it holds."""
    return _without_fragment(address) + "#" + urlencode(dict(members))


def with_query(address: str, members: Mapping[str, str]) -> str:
    parts = urlsplit(_without_fragment(address))
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *members.items()])
    return SplitResult(parts.scheme, parts.netloc, parts.path, query, "").geturl()


def _without_fragment(address: str) -> str:
    return address.partition("#")[0]
