"""Calls of check_in_lists. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.check_in_lists import (
    CheckInList,
    CheckInOrderBody,
    CreateCheckInList,
    DeleteCheckInListQuery,
    DoorGuests,
    DownloadCheckInListQuery,
    GetCheckInListQuery,
    ListCheckInListsQuery,
    MakeCheckInBody,
    OfflineList,
    OrderCheckIn,
    PageCheckInList,
    SearchAttendeesAtDoorQuery,
    UpdateCheckInListBody,
    Upload,
    UploadCheckInsBody,
)
from api.client.shapes.shared import CheckIn


class CheckInListsCalls(Calls):
    """What `check_in_lists` offers."""

    def list_check_in_lists(self, **fields: Unpack[ListCheckInListsQuery]) -> PageCheckInList:
        """List check-in lists with live counts, of one event or of all.

        Needs the scope `check_ins:read`.
        """
        return cast("PageCheckInList", self._ask("GET", "/api/check-in-lists", query=fields))

    def create_check_in_list(
        self, *, idempotency_key: str | None = None, **fields: Unpack[CreateCheckInList]
    ) -> CheckInList:
        """Add a check-in list to an event: who may come in at a door, and when.

        Use before the doors open. Without ticket types it takes every type. One list for the whole event is
        usual; add others for a backstage door, a workshop or single days.

        Needs the scope `check_in_lists:write`.
        """
        return cast(
            "CheckInList", self._ask("POST", "/api/check-in-lists", body=fields, keyed=True, key=idempotency_key)
        )

    def get_check_in_list(self, id: str, **fields: Unpack[GetCheckInListQuery]) -> CheckInList:
        """Show a check-in list with live counts: how many are expected, how many came, how many are inside now.

        Use for "how many are in?" and "how many are still to come?".

        Needs the scope `check_ins:read`.
        """
        return cast("CheckInList", self._ask("GET", f"/api/check-in-lists/{segment(id)}", query=fields))

    def replace_check_in_list(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[UpdateCheckInListBody],
    ) -> CheckInList:
        """Change a check-in list's name, ticket types, opening times or whether people may come in again.

        Only what is given changes. What was scanned already stays as it was decided.

        Needs the scope `check_in_lists:write`.
        """
        return cast(
            "CheckInList",
            self._ask(
                "PUT",
                f"/api/check-in-lists/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def update_check_in_list(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[UpdateCheckInListBody],
    ) -> CheckInList:
        """Change a check-in list's name, ticket types, opening times or whether people may come in again.

        Only what is given changes. What was scanned already stays as it was decided.

        Needs the scope `check_in_lists:write`.
        """
        return cast(
            "CheckInList",
            self._ask(
                "PATCH",
                f"/api/check-in-lists/{segment(id)}",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def delete_check_in_list(
        self,
        id: str,
        *,
        if_match: str = "*",
        idempotency_key: str | None = None,
        **fields: Unpack[DeleteCheckInListQuery],
    ) -> CheckInList:
        """Delete a check-in list on which nothing was scanned.

        Needs the scope `check_in_lists:write`.
        """
        return cast(
            "CheckInList",
            self._ask(
                "DELETE",
                f"/api/check-in-lists/{segment(id)}",
                query=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def check_in(self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[MakeCheckInBody]) -> CheckIn:
        """Scan one ticket at the door, in or out.

        Answers whether the person may come in, and the reason if not. Send a nonce, and sending it again is the
        same scan. An admin may force a scan that would be refused; it is recorded as forced. Take a scan back
        with undo_check_in.

        Needs the scope `check_ins:write`.
        """
        return cast(
            "CheckIn",
            self._ask(
                "POST", f"/api/check-in-lists/{segment(id)}/check-ins", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def check_in_order(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[CheckInOrderBody]
    ) -> OrderCheckIn:
        """Check in everybody of one order at once, by its number.

        Use when a party arrives together. Each ticket has its own outcome; who is in already is refused, the
        others come in.

        Needs the scope `check_ins:write`.
        """
        return cast(
            "OrderCheckIn",
            self._ask(
                "POST",
                f"/api/check-in-lists/{segment(id)}/check-in-order",
                body=fields,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def upload_check_ins(
        self, id: str, *, idempotency_key: str | None = None, **fields: Unpack[UploadCheckInsBody]
    ) -> Upload:
        """Take in scans that a device made while it was offline, with the device's own times.

        Each scan has its own outcome. What several devices tell comes out the same in whatever order they tell
        it: the earlier scan of a ticket counts, and a person let in twice is reported as a conflict. Sending a
        scan again changes nothing.

        Needs the scope `check_ins:write`.
        """
        return cast(
            "Upload",
            self._ask(
                "POST", f"/api/check-in-lists/{segment(id)}/uploads", body=fields, keyed=True, key=idempotency_key
            ),
        )

    def search_attendees_at_door(self, id: str, **fields: Unpack[SearchAttendeesAtDoorQuery]) -> DoorGuests:
        """Find somebody at the door without their ticket: by part of a name, whole e-mail address, order number,
        or the end of the code.

        Needs the scope `check_ins:write`.
        """
        return cast("DoorGuests", self._ask("GET", f"/api/check-in-lists/{segment(id)}/attendees", query=fields))

    def download_check_in_list(self, id: str, **fields: Unpack[DownloadCheckInListQuery]) -> OfflineList:
        """What a scanning device needs to go on without a connection: codes as hashes, names, who is in.

        Answers page by page, then, with the last cursor, what changed since.

        Needs the scope `check_ins:write`.
        """
        return cast("OfflineList", self._ask("GET", f"/api/check-in-lists/{segment(id)}/download", query=fields))
