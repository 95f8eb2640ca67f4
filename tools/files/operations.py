"""What happens to files, in words of the trade."""

from __future__ import annotations

from datetime import timedelta

from tools.context import Caller, Context, Greenroom
from tools.errors import NotFound
from tools.events.resolve import event_id_of, event_of
from tools.files import repository, rules
from tools.files.models import AttachedFile, AttachFile, Belonging, File, FileLinks, ListFiles, NamedFile
from tools.files.resolve import owners_of, sponsor_id_of
from tools.kit.paging import Page
from tools.kit.versions import require_version
from tools.operation import Effect, Http, operation
from tools.venues.resolve import venue_of


async def _with_links(greenroom: Greenroom, _: Caller, found: FileLinks) -> FileLinks:
    """Addresses for a few minutes; asked for after the transaction, as everything that is asked of another server."""
    if greenroom.files is None:
        return found
    inline = rules.is_shown(found)
    url = await greenroom.files.signed_url(
        found.path, rules.LINK_SECONDS, save_as=None if inline else rules.name_to_save(found)
    )
    narrow = await greenroom.files.signed_urls([each.path for each in found.variants], rules.LINK_SECONDS)
    variants = [each.model_copy(update={"url": narrow.get(each.path)}) for each in found.variants]
    return found.model_copy(update={"url": url, "variants": variants})


@operation(
    scope="files:read",
    effect=Effect.read,
    http=(Http("GET", "/files/{id}", target="file"),),
    describe=rules.told_shown,
    then=_with_links,
)
async def get_file(ctx: Context, data: NamedFile) -> FileLinks:
    """Show one file, with links that work for five minutes.

    Whoever has a link sees the file, so pass it on to nobody. Ask again for a new one.
    """
    file = await _file_of(ctx, data)
    until = ctx.now + timedelta(seconds=rules.LINK_SECONDS) if ctx.greenroom.files else None
    return FileLinks(**dict(file), expires_at=until)


@operation(scope="files:read", effect=Effect.read, http=(Http("GET", "/files"),))
async def list_files(ctx: Context, data: ListFiles) -> Page[File]:
    """List files, of one kind, event, sponsor, venue or conversation, or all."""
    of = Belonging(
        event_id=await event_id_of(ctx, data.event) if data.event else None,
        sponsor_id=await sponsor_id_of(ctx, data.sponsor) if data.sponsor else None,
        venue_id=(await venue_of(ctx, data.venue)).id if data.venue else None,
        thread_id=data.thread,
    )
    after = ctx.greenroom.cursors.after("files", data.cursor)
    found = await repository.find(ctx.tx, ctx.org_id, data, of, after)
    return ctx.greenroom.cursors.page(Page[File], "files", found, data.limit, lambda last: [last.created_at, last.id])


@operation(
    scope="files:write",
    effect=Effect.write,
    http=(Http("POST", "/files/{id}/attach", target="file", needs_version=True),),
    card="file",
    undo="restore",
    errors=(rules.FileInUse,),
    describe=rules.told_attached,
)
async def attach_file(ctx: Context, data: AttachFile) -> AttachedFile:
    """Use a file from the conversation as a poster, a logo or a contract.

    A picture becomes the poster of an event or the logo of a sponsor, a PDF a contract. Whoever may see those sees it then;
    the poster of a published event is shown to everybody. What is a poster, logo or contract already moves.
    """
    await repository.lock(ctx.tx, ctx.org_id, data.file)
    file = await _file_of(ctx, NamedFile(file=data.file))
    require_version(ctx.caller.if_match, file.version)
    kind = rules.becomes(file, data)
    of = await owners_of(ctx, data)
    if kind == "event_poster" and (await event_of(ctx, str(of.event_id))).status == "published":
        ctx.warn("The event is published: everybody sees this poster at once.")
    await repository.become(ctx.tx, ctx.org_id, file.id, kind, of)
    attached = await _file_of(ctx, NamedFile(file=file.id))
    return AttachedFile(**dict(attached), of=", ".join(await repository.names(ctx.tx, ctx.org_id, of)))


@operation(
    scope="files:write",
    effect=Effect.external,
    http=(Http("DELETE", "/files/{id}", target="file", needs_version=True),),
    describe=rules.told_deleted,
    proposable=False,
)
async def delete_file(ctx: Context, data: NamedFile) -> File:
    """Delete a file for good. Its content can not be brought back."""
    await repository.lock(ctx.tx, ctx.org_id, data.file)
    file = await _file_of(ctx, data)
    require_version(ctx.caller.if_match, file.version)
    await repository.delete(ctx.tx, ctx.org_id, file.id)
    return file


async def _file_of(ctx: Context, data: NamedFile) -> File:
    file = await repository.get(ctx.tx, ctx.org_id, data.file)
    if file is None:
        raise NotFound.named("file", str(data.file))
    return file
