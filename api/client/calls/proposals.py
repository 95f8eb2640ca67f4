"""Calls of proposals. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.proposals import (
    ApproveProposalBody,
    ListProposalsQuery,
    PageProposal,
    Proposal,
    Propose,
    RejectProposalBody,
    ReviseProposalBody,
    UndoProposalBody,
)


class ProposalsCalls(Calls):
    """What `proposals` offers."""

    def list_proposals(self, **fields: Unpack[ListProposalsQuery]) -> PageProposal:
        """List proposals, newest first, by status or conversation.

        Needs the scope `proposals:read`.
        """
        return cast("PageProposal", self._ask("GET", "/api/proposals", query=fields))

    def propose(self, *, idempotency_key: str | None = None, **fields: Unpack[Propose]) -> Proposal:
        """Propose a list of operations and see exactly what they would change.

        The steps are run for real and rolled back: rows, totals, warnings and conflicts are exact. Nothing is
        written until a person approves the digest of what was shown, within 15 minutes.

        Needs the scope `proposals:write`.
        """
        return cast("Proposal", self._ask("POST", "/api/proposals", body=fields, keyed=True, key=idempotency_key))

    def get_proposal(self, id: str) -> Proposal:
        """Show one proposal: its steps, what they would change or changed, and its state.

        Needs the scope `proposals:read`.
        """
        return cast("Proposal", self._ask("GET", f"/api/proposals/{segment(id)}"))

    def revise_proposal(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[ReviseProposalBody]
    ) -> Proposal:
        """Edit or untick steps of a waiting proposal and see what would change now. The digest changes with it.

        Needs the scope `proposals:write`.
        """
        return cast(
            "Proposal",
            self._ask(
                "PATCH",
                f"/api/proposals/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def approve_proposal(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[ApproveProposalBody]
    ) -> Proposal:
        """Say yes to exactly what a proposal shows, and have it done: all steps or none.

        Needs the scopes of its steps. When the world changed so that the result would differ, nothing is
        written and a fresh preview is shown.

        Needs the scope `proposals:write`.
        """
        return cast(
            "Proposal",
            self._ask("POST", f"/api/proposals/{segment(id)}/approve", body=fields, keyed=True, key=idempotency_key),
        )

    def reject_proposal(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[RejectProposalBody]
    ) -> Proposal:
        """Say no to a proposal. Nothing is written but the no.

        Needs the scope `proposals:write`.
        """
        return cast(
            "Proposal",
            self._ask("POST", f"/api/proposals/{segment(id)}/reject", body=fields, keyed=True, key=idempotency_key),
        )

    def undo_proposal(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[UndoProposalBody]
    ) -> Proposal:
        """Propose to take back what a proposal did: rows are put back as they were, sales are refunded.

        Use for "undo that". It answers a new proposal that shows what would change; what can not be undone is
        named.

        Needs the scope `proposals:write`.
        """
        return cast(
            "Proposal",
            self._ask("POST", f"/api/proposals/{segment(id)}/undo", body=fields, keyed=True, key=idempotency_key),
        )
