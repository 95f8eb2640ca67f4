"""What every input of an operation has in common: no unknown field, and a reference may be written as the answer writes it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Input(BaseModel):
    """Refuses unknown fields, so that nothing is assigned by accident. `venue_id` is taken for `venue` where that is a reference."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _reference_by_id(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        return {_named(cls, name, sent): value for name, value in sent.items()}


def _named(model: type[BaseModel], name: Any, sent: dict[Any, Any]) -> Any:
    if not isinstance(name, str) or name in model.model_fields or not name.endswith("_id"):
        return name
    bare = name.removesuffix("_id")
    return bare if bare in model.model_fields and bare not in sent else name
