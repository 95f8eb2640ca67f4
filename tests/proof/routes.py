"""Every address the application answers, found by walking it: nobody has to remember to add one. Holds no test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.rest import PREFIX
from tests.builders import Service
from tools.shop.operations import SHOP

Route = tuple[str, str]
"""Method and path, as `GET`, `/api/events/{id}`."""

STAND_INS = {
    "/auth/v1": "tests/contract/test_auth_contract.py",
    "/storage/v1": "tests/contract/test_storage_contract.py",
    "/sandbox/payments": "tests/tools/payments/test_stripe_provider.py",
}
"""What is mounted on one machine in place of a service outside, which our rights do not rule; and where it is tested."""


def operation_routes(service: Service) -> dict[Route, str]:
    """Where REST offers an operation."""
    catalog = service.parts.greenroom.catalog
    return {(http.method, PREFIX + http.path): name for name, each in catalog.items() for http in each.http}


def other_routes(service: Service) -> set[Route]:
    """Everything else that is routed."""
    shop = {(each.http.method, PREFIX + each.http.path) for each in SHOP}
    walked = set(_walked(service.app.router.routes, ""))
    # The shop's addresses choose by method themselves.
    paths = {path for _, path in shop}
    return {route for route in walked if route[1] not in paths} | shop


def _walked(routes: Any, before: str) -> Iterator[Route]:
    for route in routes:
        path = before + getattr(route, "path", "")
        inner = getattr(route, "original_router", route)
        if getattr(inner, "routes", None):
            yield from _walked(inner.routes, path)
        elif not hasattr(route, "methods"):
            yield "*", path
        else:
            yield from ((method, path) for method in (route.methods or {"*"}) - {"HEAD"})
