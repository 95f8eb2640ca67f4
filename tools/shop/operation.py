"""What a stranger may ask of the shop: operations without a standing. Knows no door and no ticket."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from tools.context import Greenroom
from tools.errors import AppError
from tools.operation import Http

In = TypeVar("In", bound=BaseModel)
Out = TypeVar("Out", bound=BaseModel)

Pace = Literal["read", "hold"]
"""Which allowance a call counts against: looking, or taking and paying."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody nobody vouches for. `peer` is a keyed fingerprint of their network address, never the address."""

    peer: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class ShopOperation(Generic[In, Out]):
    name: str
    description: str
    input: type[In]
    output: type[Out]
    run: Callable[[Greenroom, Visitor, In], Awaitable[Out]]
    http: Http
    pace: Pace
    errors: tuple[type[AppError], ...] = ()

    async def __call__(self, greenroom: Greenroom, visitor: Visitor, data: In) -> Out:
        """Raises AppError; then nothing was written."""
        return await self.run(greenroom, visitor, data)


AnyShopOperation = ShopOperation[Any, Any]


def shop_operation(
    *, http: Http, pace: Pace, errors: tuple[type[AppError], ...] = ()
) -> Callable[[Callable[[Greenroom, Visitor, In], Awaitable[Out]]], ShopOperation[In, Out]]:
    """Make a function an operation of the shop. Its name and docstring are public, like those of other operations."""

    def wrap(run: Callable[[Greenroom, Visitor, In], Awaitable[Out]]) -> ShopOperation[In, Out]:
        hints = inspect.get_annotations(run, eval_str=True)
        return ShopOperation(
            name=run.__name__,
            description=inspect.cleandoc(run.__doc__ or ""),
            input=hints[list(inspect.signature(run).parameters)[2]],
            output=hints["return"],
            run=run,
            http=http,
            pace=pace,
            errors=errors,
        )

    return wrap
