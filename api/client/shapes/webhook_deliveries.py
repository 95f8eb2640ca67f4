"""Shapes of webhook_deliveries. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import TypedDict


class NamedDeliveryBody(TypedDict):
    pass
