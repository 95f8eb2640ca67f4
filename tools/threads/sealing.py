"""What the agent's saver keeps of conversations, sealed: the cipher of its serializer. Knows no saver and no SQL."""

from __future__ import annotations

from tools.kit.sealing import SealBroken, Sealer

CIPHER = "greenroom"
"""Stands behind a + in the type of what is sealed."""
_BOUND = b"a conversation of the copilot"


class ConversationCipher:
    """As LangGraph asks for one. It is told no place: what is sealed opens wherever a conversation is kept, and nowhere else."""

    def __init__(self, fields: Sealer) -> None:
        self._fields = fields

    def encrypt(self, plaintext: bytes) -> tuple[str, bytes]:
        return CIPHER, self._fields.seal_bytes(_BOUND, plaintext)

    def decrypt(self, ciphername: str, ciphertext: bytes) -> bytes:
        """Raises SealBroken, UnknownFieldKey."""
        if ciphername != CIPHER:
            raise SealBroken()
        return self._fields.open_bytes(_BOUND, ciphertext)

    def opened(self, kind: str, stored: bytes) -> tuple[str, bytes]:
        """Its type without the cipher, and the bytes; what was kept before conversations were sealed is as it is."""
        clear, plus, name = kind.partition("+")
        return (clear, self.decrypt(name, stored)) if plus else (kind, stored)
