"""The way of a file into the store: may it, what is it, a row, its contents, and only then is it there.

Each step can be the last one, if the process dies there: a row whose contents never came is given up after an hour, and contents are
never without a row that knows of them. Repeated under the same key, an upload goes on where it stopped.
"""

from __future__ import annotations

import secrets
from typing import BinaryIO
from uuid import UUID

import structlog

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound, Upstream
from tools.files import repository, rules
from tools.files.examining import Examined
from tools.files.models import Belonging, File, KeptFile, StoredFile, UploadFile
from tools.files.resolve import belonging_of
from tools.files.studio import Studio
from tools.operation import Effect, enter, operation
from tools.store.files import FileGateway, FileServerRefused

_REMOVED_AT_ONCE = 100
_log = structlog.get_logger("greenroom.files")

_studio = Studio()


async def begin(greenroom: Greenroom, caller: Caller, wanted: UploadFile) -> Belonging:
    """Whether the caller may upload this, and what it will be of, before a byte is read.

    Raises Forbidden, NotFound, InvalidInput, StorageFull.
    """
    rules.require_belonging(wanted)
    async with enter(greenroom, caller) as (tx, standing):
        ctx = Context(greenroom, caller, standing, tx)
        ctx.require(keep_file.scope)
        of = await belonging_of(ctx, wanted)
        # What is full already needs no content to tell; whether this one fits is decided with its size, under the same lock.
        await _require_room(ctx, 1)
        return of


async def upload(
    greenroom: Greenroom, caller: Caller, wanted: UploadFile, of: Belonging, content: BinaryIO, size: int
) -> File:
    """The file, complete. Raises FileRefused, TooLarge, StorageFull, Busy, Upstream; then there is no file."""
    store = greenroom.files
    if store is None:
        raise Upstream("No file server is connected.")
    if greenroom.scanner is not None and (found := await greenroom.scanner.look(content)):
        raise rules.FileRefused.because("virus", f"The virus scanner found {found} in it.")
    examined = await _studio.look(caller.user_id, wanted.kind, content, size)
    kept = KeptFile(
        kind=wanted.kind,
        name=wanted.name,
        of=of,
        media_type=examined.media_type,
        bytes=len(examined.content),
        sha256=examined.sha256,
        width=examined.width,
        height=examined.height,
        variants=[(copy.width, copy.height, len(copy.content)) for copy in examined.variants],
    )
    made = await keep_file(greenroom, caller, kept)
    await _store(store, made.path, examined)
    return await _completed(greenroom, caller, made, examined, store)


@operation(
    scope="files:write",
    effect=Effect.write,
    errors=(rules.StorageFull,),
    describe=rules.told_kept,
    proposable=False,
)
async def keep_file(ctx: Context, data: KeptFile) -> StoredFile:
    """Note a file whose content was examined and is about to be stored."""
    await _require_room(ctx, data.bytes + sum(size for _, _, size in data.variants))
    file_id = ctx.ids.new_id()
    path = rules.place(ctx.org_id, file_id, secrets.token_hex(16), data.media_type)
    variants = [
        {"width": width, "height": height, "bytes": size, "path": rules.variant_place(path, width)}
        for width, height, size in data.variants
    ]
    await repository.create(ctx.tx, ctx.org_id, file_id, ctx.caller.user_id, data, path, variants)
    return StoredFile(id=file_id, event_id=data.of.event_id, kind=data.kind, name=data.name, path=path)


async def _require_room(ctx: Context, adding: int) -> None:
    stored = await repository.stored(ctx.tx, ctx.org_id)
    rules.require_room(stored, adding, ctx.greenroom.most_files, ctx.greenroom.most_file_bytes)


async def _store(store: FileGateway, path: str, examined: Examined) -> None:
    for copy in examined.variants:
        await store.put(rules.variant_place(path, copy.width), copy.content, "image/webp")
    await store.put(path, examined.content, examined.media_type)


async def _completed(
    greenroom: Greenroom, caller: Caller, made: StoredFile, examined: Examined, store: FileGateway
) -> File:
    async with enter(greenroom, caller) as (tx, standing):
        await repository.complete(tx, standing.org_id, made.id)
        file = await repository.get(tx, standing.org_id, made.id)
    if file is None:
        # It was deleted, or given up, while its contents were on their way: they go too.
        await store.delete([made.path, *(rules.variant_place(made.path, each.width) for each in examined.variants)])
        raise NotFound.named("file", str(made.id))
    return file


async def sweep(greenroom: Greenroom) -> None:
    """Gives up uploads that stopped, and removes the contents of files that are gone."""
    store = greenroom.files
    if store is None:
        return
    async with greenroom.database.session(None) as tx:
        await repository.give_up_uploads(tx, rules.UPLOAD_HOURS)
    async with greenroom.database.session(None) as tx:
        removals = await repository.removals(tx, _REMOVED_AT_ONCE)
    if not removals:
        return
    gone = await _remove(store, removals)
    async with greenroom.database.session(None) as tx:
        await repository.removed(tx, gone)
        await repository.put_behind(tx, [removal for removal, _ in removals if removal not in gone])


async def _remove(store: FileGateway, removals: list[tuple[UUID, list[str]]]) -> list[UUID]:
    """Those whose contents are gone: all at once, or one by one where the server does not take all."""
    try:
        await store.delete([path for _, paths in removals for path in paths])
    except FileServerRefused:
        if len(removals) == 1:
            _log.warning("file_not_removed", removal=str(removals[0][0]))
            return []
        return [gone for removal in removals for gone in await _remove(store, [removal])]
    return [removal for removal, _ in removals]
