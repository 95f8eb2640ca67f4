"""Calls of api_keys. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.api_keys import ApiKey, CreateApiKey, ListApiKeysQuery, PageApiKey


class ApiKeysCalls(Calls):
    """What `api_keys` offers."""

    def list_api_keys(self, **fields: Unpack[ListApiKeysQuery]) -> PageApiKey:
        """List keys, the newest first, with when each was last used; also those that ended.

        Needs the scope `api_keys:write`.
        """
        return cast("PageApiKey", self._ask("GET", "/api/api-keys", query=fields))

    def create_api_key(self, *, idempotency_key: str | None = None, **fields: Unpack[CreateApiKey]) -> ApiKey:
        """Make a key with which a program acts for the organisation. The key is shown once.

        It has the rights of its role, of which `scopes` may leave some; it approves nothing and decides nothing
        about members.

        Needs the scope `api_keys:write`.
        """
        return cast("ApiKey", self._ask("POST", "/api/api-keys", body=fields, keyed=True, key=idempotency_key))

    def revoke_api_key(self, id: str, *, idempotency_key: str | None = None) -> ApiKey:
        """End a key at once and for good.

        Needs the scope `api_keys:write`.
        """
        return cast("ApiKey", self._ask("DELETE", f"/api/api-keys/{segment(id)}", keyed=True, key=idempotency_key))
