"""What may be set about the sandbox, and what tests may wish of it while it runs."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ConfigDict, Field


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`url` is where the app is mounted, `hook_url` where webhooks go. `transport` stands in for the network on the way there."""

    url: str
    api_key: str
    webhook_secret: str
    hook_url: str
    transport: httpx.AsyncBaseTransport | None = None
    # After each failed attempt; the last one is repeated until the event is three days old.
    retry_seconds: tuple[float, ...] = (1, 5, 30, 120, 600, 3600)
    # Late payments, expired sessions and webhooks whose time has come are looked for this often.
    look_seconds: float = 2.0


class Knobs(BaseModel):
    """Trouble on demand. Counts go down by one each time they were used."""

    model_config = ConfigDict(extra="forbid")

    delay_seconds: float = Field(0, ge=0, le=60, description="Before each answer of the API")
    lose_requests: int = Field(0, ge=0, description="Calls that change something and never arrive")
    lose_answers: int = Field(0, ge=0, description="Calls that change something and whose answer never arrives")
    decline: int = Field(0, ge=0, description="Attempts to pay that the bank declines")
    fail_refunds: int = Field(0, ge=0, description="Refunds that are taken on and fail later")
    send_webhooks: bool = Field(True, description="False: webhooks wait until they are sent again")
    copies: int = Field(1, ge=1, le=20, description="How often each webhook is delivered")
    shuffle: bool = Field(False, description="Webhooks go out in any order")
    late_seconds: float = Field(60, ge=0, le=86400, description="How long a late payment takes")
