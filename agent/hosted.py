"""An OpenAI-compatible endpoint as the model. Imported only where one is set: the client library is a second of every start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import openai
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI

from agent.model import ModelUnavailable
from tools.kit.settings import Settings


class HostedModel(ChatOpenAI):
    """Its library's failures are told in our words."""

    async def _astream(self, *arguments: Any, **options: Any) -> AsyncIterator[ChatGenerationChunk]:
        try:
            async for chunk in super()._astream(*arguments, **options):
                yield chunk
        except openai.RateLimitError as error:
            raise ModelUnavailable("The language model is overloaded.", retry_after=30) from error
        except openai.OpenAIError as error:
            raise ModelUnavailable() from error


def hosted_model(settings: Settings) -> HostedModel:
    return HostedModel(
        model=settings.greenroom_model or "",
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        timeout=httpx.Timeout(settings.model_timeout_seconds, connect=10),
        # The package waits between tries as the endpoint's Retry-After says.
        max_retries=2,
        stream_usage=True,
        temperature=0,
    )
