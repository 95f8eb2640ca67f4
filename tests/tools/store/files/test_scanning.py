"""The virus scanner: what clamd says, what is done when it says nothing, and the same of the real one where it is installed."""

from __future__ import annotations

import asyncio
import io
import shutil
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.tools.files.hostile import EICAR
from tools.errors import Upstream
from tools.store.files import VirusScanner, scanning

_MOST = 1024 * 1024
Answer = Callable[[bytes], bytes]


def judged(content: bytes) -> bytes:
    """As clamd answers, with the one signature everybody has."""
    if len(content) > _MOST:
        return b"INSTREAM size limit exceeded. ERROR\0"
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@asynccontextmanager
async def speaking(answer: Answer, *, unix: Path | None = None) -> AsyncIterator[VirusScanner]:
    """A server that speaks clamd's protocol."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
        writer.write(answer(content))
        await writer.drain()
        writer.close()

    if unix:
        server = await asyncio.start_unix_server(serve, unix)
        address = f"unix:{unix}"
    else:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield VirusScanner.at(address)


@asynccontextmanager
async def installed(folder: Path) -> AsyncIterator[VirusScanner]:
    """clamd itself, with a database of that one signature."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("clamd is not installed: what it really answers was not tried")
    (folder / "own.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    socket, settings = folder / "clamd.sock", folder / "clamd.conf"
    settings.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {folder}\nForeground yes\nStreamMaxLength 1M\nTemporaryDirectory {folder}\n"
    )
    process = await asyncio.create_subprocess_exec(program, "--config-file", str(settings), stdout=-3, stderr=-3)
    try:
        async with asyncio.timeout(60):
            while not socket.exists():
                assert process.returncode is None, "clamd did not start"
                await asyncio.sleep(0.05)
        yield VirusScanner.at(f"unix:{socket}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@pytest_asyncio.fixture(params=["unix", "tcp", pytest.param("clamd", marks=pytest.mark.long)])
async def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[VirusScanner]:
    made = (
        installed(tmp_path)
        if request.param == "clamd"
        else speaking(judged, unix=tmp_path / "s" if request.param == "unix" else None)
    )
    async with made as found:
        yield found


async def test_what_is_found_is_named_and_what_is_clean_is_not(scanner: VirusScanner) -> None:
    assert str(await scanner.look(io.BytesIO(EICAR))).startswith("Eicar-Test-Signature")
    assert str(await scanner.look(io.BytesIO(b"%PDF-1.4\n" + bytes(200_000) + EICAR))).startswith("Eicar")
    content = io.BytesIO(b"%PDF-1.4\nhello" + bytes(300_000))
    content.seek(5)
    assert await scanner.look(content) is None
    assert await scanner.look(io.BytesIO()) is None


async def test_what_was_not_looked_at_is_not_clean(scanner: VirusScanner) -> None:
    with pytest.raises(Upstream):
        await scanner.look(io.BytesIO(bytes(_MOST * 4)))


@pytest.mark.parametrize(
    "answer", [b"", b"stream: OK", b"\0", b"OK\0", b"stream: \xff\0", b"x" * 10_000, b"UNKNOWN COMMAND\0"]
)
async def test_an_answer_that_is_none_lets_nothing_in(answer: bytes) -> None:
    async with speaking(lambda _: answer) as scanner:
        with pytest.raises(Upstream):
            await scanner.look(io.BytesIO(b"x"))


async def test_nobody_there_and_nobody_answering_let_nothing_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Upstream):
        await VirusScanner.at(f"unix:{tmp_path / 'none'}").look(io.BytesIO(b"x"))
    monkeypatch.setattr(scanning, "_SECONDS", 0.1)

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_unix_server(silent, tmp_path / "s")
    with pytest.raises(Upstream):
        await VirusScanner.at(f"unix:{tmp_path / 's'}").look(io.BytesIO(b"x"))
    server.close()
