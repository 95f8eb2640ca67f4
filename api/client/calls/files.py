"""Calls of files. Made by api/client_making.py of the API's description; not edited by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack, cast

from api.client.connection import Calls, segment
from api.client.shapes.files import (
    AttachedFile,
    AttachFileBody,
    File,
    FileLinks,
    ListFilesQuery,
    PageFile,
    UploadFileQuery,
)


class FilesCalls(Calls):
    """What `files` offers."""

    def get_file(self, id: str) -> FileLinks:
        """Show one file, with links that work for five minutes.

        Whoever has a link sees the file, so pass it on to nobody. Ask again for a new one.

        Needs the scope `files:read`.
        """
        return cast("FileLinks", self._ask("GET", f"/api/files/{segment(id)}"))

    def delete_file(self, id: str, *, if_match: str = "*", idempotency_key: str | None = None) -> File:
        """Delete a file for good. Its content can not be brought back.

        Needs the scope `files:write`.
        """
        return cast(
            "File", self._ask("DELETE", f"/api/files/{segment(id)}", if_match=if_match, keyed=True, key=idempotency_key)
        )

    def list_files(self, **fields: Unpack[ListFilesQuery]) -> PageFile:
        """List files, of one kind, event, sponsor, venue or conversation, or all.

        Needs the scope `files:read`.
        """
        return cast("PageFile", self._ask("GET", "/api/files", query=fields))

    def attach_file(
        self, id: str, *, if_match: str = "*", idempotency_key: str | None = None, **fields: Unpack[AttachFileBody]
    ) -> AttachedFile:
        """Use a file from the conversation as a poster, a logo or a contract.

        A picture becomes the poster of an event or the logo of a sponsor, a PDF a contract. Whoever may see
        those sees it then; the poster of a published event is shown to everybody. What is a poster, logo or
        contract already moves.

        Needs the scope `files:write`.
        """
        return cast(
            "AttachedFile",
            self._ask(
                "POST",
                f"/api/files/{segment(id)}/attach",
                body=fields,
                if_match=if_match,
                keyed=True,
                key=idempotency_key,
            ),
        )

    def upload_file(
        self, content: bytes | Iterable[bytes], *, idempotency_key: str | None = None, **fields: Unpack[UploadFileQuery]
    ) -> File:
        """Upload a file: what it is in the address, its content as the body.

        Posters and logos are PNG, JPEG or WebP of up to 10 MB, contracts PDF, attachments either, up to 25 MB.
        Pictures are stored anew without what rode along with them, and in narrower copies. Sent again with the
        same Idempotency-Key, it is one file.

        Needs the scope `files:write`.
        """
        return cast(
            "File", self._ask("POST", "/api/uploads", query=fields, content=content, keyed=True, key=idempotency_key)
        )
