"""Where a person decides about a proposal."""

from __future__ import annotations

from uuid import UUID

from tools.context import Greenroom


def approval_link(greenroom: Greenroom, proposal: UUID, organization: UUID) -> str:
    """The page with the proposal's card; whoever stands in several organisations is taken to the one that was meant."""
    return f"{greenroom.public_url}/?proposal={proposal}&organization={organization}"
