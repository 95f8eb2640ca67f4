"""Shapes of organization. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import Annotated, NotRequired, TypedDict


class UpdateOrganization(TypedDict):
    name: NotRequired[str | None]
    timezone: NotRequired[Annotated[str | None, "IANA zone, e.g. Europe/Amsterdam"]]
    currency: NotRequired[Annotated[str | None, "ISO 4217 code, e.g. EUR"]]
    locale: NotRequired[str | None]
    auto_apply: NotRequired[
        Annotated[
            bool | None, "Reversible steps the copilot proposes apply without asking; money and publishing always ask"
        ]
    ]
