"""A good call of the operations that the tests of operations do not list: those of proposals. Holds no test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.context import Role

if TYPE_CHECKING:
    from tests.proof.world import Estate


@dataclass(frozen=True)
class OwnCase:
    least: Role
    data: Callable[[Estate], dict[str, Any]]


def _steps(estate: Estate) -> list[dict[str, Any]]:
    return [{"operation": "update_venue", "input": {"venue": str(estate.shop.venue.id), "city": "Gouda"}}]


OWN_CASES: dict[str, OwnCase] = {
    "propose": OwnCase("staff", lambda estate: {"steps": _steps(estate)}),
    "revise_proposal": OwnCase("staff", lambda estate: {"proposal": str(estate.pending.id), "steps": _steps(estate)}),
    "approve_proposal": OwnCase(
        "staff", lambda estate: {"proposal": str(estate.pending.id), "digest": estate.pending.digest}
    ),
    "reject_proposal": OwnCase("staff", lambda estate: {"proposal": str(estate.pending.id)}),
    "undo_proposal": OwnCase("staff", lambda estate: {"proposal": str(estate.applied.id)}),
    "restore_step": OwnCase("staff", lambda estate: {"proposal": str(estate.applied.id), "step": 0}),
    "get_proposal": OwnCase("viewer", lambda estate: {"proposal": str(estate.applied.id)}),
    "list_proposals": OwnCase("viewer", lambda _: {}),
}
