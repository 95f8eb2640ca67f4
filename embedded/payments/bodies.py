"""What Stripe's clients send: forms with names like `line_items[0][price_data][currency]`, read into the calls the sandbox knows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from embedded.payments.problems import SandboxProblem

Body = TypeVar("Body", bound=BaseModel)
_PART = re.compile(r"\[([^\[\]]*)\]")
_MOST_FIELDS = 200
_DEEPEST = 6
# Stripe's own bounds of a Checkout session's life.
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
_LARGEST = 99_999_999_999_999

Metadata = Annotated[dict[str, Annotated[str, Field(max_length=500)]], Field(max_length=50)]


def _listed(value: Any) -> Any:
    """`{"0": …, "1": …}` as forms spell a list."""
    return [value[key] for key in sorted(value, key=str)] if isinstance(value, dict) else value


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProductData(_Form):
    name: Annotated[str, Field(min_length=1, max_length=5000)]


class PriceData(_Form):
    currency: Annotated[str, Field(pattern="^[a-z]{3}$")]
    unit_amount: Annotated[int, Field(ge=1, le=_LARGEST)]
    product_data: ProductData


class LineItem(_Form):
    price_data: PriceData
    quantity: Annotated[int, Field(ge=1, le=1)]


class IntentData(_Form):
    metadata: Metadata = {}
    description: str | None = None


class NewSession(_Form):
    mode: Annotated[str, Field(pattern="^payment$")]
    line_items: Annotated[list[LineItem], BeforeValidator(_listed), Field(min_length=1, max_length=1)]
    success_url: Annotated[str, Field(pattern="^https?://", max_length=5000)]
    cancel_url: Annotated[str, Field(pattern="^https?://", max_length=5000)]
    expires_at: Annotated[int, Field(ge=0, le=2**36)] | None = None
    client_reference_id: Annotated[str, Field(max_length=200)] | None = None
    customer_email: Annotated[str, Field(max_length=512, pattern="^[^@\\s]+@[^@\\s]+$")] | None = None
    metadata: Metadata = {}
    payment_intent_data: IntentData = IntentData()

    def ends(self, now: datetime) -> datetime:
        """When the session expires. Raises SandboxProblem outside 30 minutes to 24 hours."""
        if self.expires_at is None:
            return now + LONGEST
        ends = datetime.fromtimestamp(self.expires_at, UTC)
        if not now + SHORTEST - timedelta(seconds=60) <= ends <= now + LONGEST + timedelta(seconds=60):
            raise SandboxProblem(
                400,
                "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
                param="expires_at",
            )
        return ends


class NewRefund(_Form):
    payment_intent: Annotated[str, Field(max_length=255)]
    amount: Annotated[int, Field(ge=1, le=_LARGEST)] | None = None
    reason: Annotated[str, Field(pattern="^(duplicate|fraudulent|requested_by_customer)$")] | None = None
    metadata: Metadata = {}


class Nothing(_Form):
    pass


class Created(_Form):
    gte: Annotated[int, Field(ge=0, le=2**36)] | None = None
    lte: Annotated[int, Field(ge=0, le=2**36)] | None = None


class Listing(_Form):
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    starting_after: str | None = None
    created: Created = Created()
    payment_intent: str | None = None


def read_form(raw: bytes | str, model: type[Body]) -> Body:
    """The call a form makes. Raises SandboxProblem as Stripe refuses: 400, naming the parameter."""
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise SandboxProblem(400, "The request body could not be read as a form.") from None
    nested: dict[str, Any] = {}
    for name, value in pairs:
        _put(nested, name, value)
    try:
        return model.model_validate(nested)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = [str(part) for part in first["loc"]]
        param = place[0] + "".join(f"[{part}]" for part in place[1:]) if place else None
        unknown = first["type"] == "extra_forbidden"
        raise SandboxProblem(
            400,
            f"Received unknown parameter: {param}" if unknown else f"Invalid {param}: {first['msg']}",
            code="parameter_unknown" if unknown else "parameter_invalid",
            param=param,
        ) from None


def _put(nested: dict[str, Any], name: str, value: str) -> None:
    head, bracket, _ = name.partition("[")
    path = [head, *(_PART.findall(name) if bracket else [])]
    if len(path) > _DEEPEST or "\x00" in name + value:
        raise SandboxProblem(400, "The request body could not be read as a form.")
    place = nested
    for part in path[:-1]:
        inner = place.setdefault(part, {})
        if not isinstance(inner, dict):
            raise SandboxProblem(400, f"Invalid {head}: given twice", param=head)
        place = inner
    place[path[-1]] = value
