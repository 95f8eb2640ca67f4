"""Links to the page of an order: whoever has one is taken for its buyer. They never expire; counting up the order's version voids them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tools.context import Greenroom

PAGE = "/o/"
_PURPOSE = "order link"


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a genuine link says: good while `version` is still the order's `link_version`."""

    order_id: UUID
    version: int


def order_token(greenroom: Greenroom, order_id: UUID, version: int = 1) -> str:
    """`version` is the order's `link_version`, which is 1 until its links were renewed."""
    return greenroom.signer.seal(_PURPOSE, order_id.bytes + version.to_bytes(2, "big"))


def order_link(greenroom: Greenroom, order_id: UUID, version: int = 1) -> str:
    """The address of the order's page; see `order_token`."""
    return f"{greenroom.public_url}{PAGE}{order_token(greenroom, order_id, version)}"


def order_of_token(greenroom: Greenroom, token: str) -> OpenedLink | None:
    """None for what we did not sign. The order may have gone, or have a newer link, all the same."""
    body = greenroom.signer.unseal(_PURPOSE, token)
    if body is None:
        return None
    return OpenedLink(UUID(bytes=body[:16]), int.from_bytes(body[16:], "big"))
