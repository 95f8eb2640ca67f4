"""Calls of check_ins. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.check_ins import UndoCheckInBody
from api.client.shapes.shared import CheckIn


class CheckInsCalls(Calls):
    """What `check_ins` offers."""

    def undo_check_in(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[UndoCheckInBody]
    ) -> CheckIn:
        """Take back a scan that let somebody in or out, as if it had not been.

        Use for a wrong scan. The ticket is valid again when no other entry is left.

        Needs the scope `check_ins:write`.
        """
        return cast(
            "CheckIn",
            self._ask("POST", f"/api/check-ins/{segment(id)}/undo", body=fields, keyed=True, key=idempotency_key),
        )
