"""The commands of `greenroom`, and its exit codes: 1 refused, 2 misused, 3 sign in first, 4 no answer."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from api import VERSION
from api.client import Greenroom, Refused, Unreachable
from api.terminal import files, keeping, showing
from api.terminal.commands import add_commands, read_json, require_yes
from api.terminal.session import LOCAL, URL, Misused, NotSignedIn, Session

REFUSED, MISUSED, SIGN_IN, NO_ANSWER = 1, 2, 3, 4
_UNAUTHENTICATED = 401

Input = Annotated[str, typer.Option("--json", help="The input as JSON; @file reads a file, - what is piped in.")]

app = typer.Typer(
    name="greenroom",
    help="Greenroom from the command line: the same operations as on the page and in the chat.",
    epilog="Ends with 0 done, 1 refused, 2 misused, 3 sign in first, 4 no answer. GREENROOM_API_KEY calls with a key instead of"
    " the kept sign-in.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def begin(
    ctx: typer.Context,
    url: Annotated[str | None, typer.Option(envvar=URL, help="Where the service is.")] = None,
    organization: Annotated[
        str | None, typer.Option(help="Id of the organisation meant, for who belongs to several.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print answers as JSON.")] = False,
) -> None:
    ctx.obj = Session(url=url, organization=organization, as_json=as_json)


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(VERSION)


@app.command()
def login(
    ctx: typer.Context,
    email: Annotated[
        str | None, typer.Option(help="Your address; the password is asked for, or read from a pipe.")
    ] = None,
    key: Annotated[bool, typer.Option("--key", help="Sign in with an API key, asked for or read from a pipe.")] = False,
) -> None:
    """Sign in, and stay signed in on this machine."""
    session: Session = ctx.obj
    url = (session.url or LOCAL).rstrip("/")
    if key:
        sign_in = keeping.SignIn(url, _secret("API key"), organization=session.organization)
        with Greenroom(url, sign_in.token, organization=session.organization) as client:
            _require_taken(client)
    else:
        email = email or typer.prompt("E-mail")
        with Greenroom(url) as client:
            opened = client.auth.log_in(email=email, password=_secret("Password"))
        sign_in = keeping.SignIn(url, opened["access_token"], opened["refresh_token"], email, session.organization)
    path = keeping.save(sign_in)
    session.err.print(Text(f"Signed in at {url}. Kept in {path}."))


@app.command()
def logout(ctx: typer.Context) -> None:
    """Sign out, and forget the sign-in on this machine."""
    session: Session = ctx.obj
    kept = keeping.load()
    if kept is not None and kept.refresh_token is not None:
        try:
            with Greenroom(kept.url, kept.token) as client:
                client.auth.log_out()
        except (Refused, Unreachable):
            session.err.print("The service was not told; the session ends there by itself.")
    session.err.print("Signed out." if keeping.forget() else "You were not signed in.")


@app.command()
def whoami(ctx: typer.Context) -> None:
    """Show who is signed in, where, and what they may do."""
    session: Session = ctx.obj
    session.show(session.client.auth.me())


@app.command()
def call(
    ctx: typer.Context, operation: str, sent: Input = "{}", yes: Annotated[bool, typer.Option("--yes", "-y")] = False
) -> None:
    """Call any operation by name and print its answer as JSON."""
    session: Session = ctx.obj
    given = _object(sent)
    require_yes(session, operation, yes=yes)
    showing.show(session.out, session.client.call(operation, given), as_json=True)


@app.command()
def preview(ctx: typer.Context, operation: str, sent: Input = "{}") -> None:
    """Show what an operation would change, and change nothing."""
    session: Session = ctx.obj
    answer = session.client.call(operation, _object(sent), preview=True)
    shown = {"title": operation, "status": "preview", "id": "", "digest": "", "steps": [], "preview": answer}
    session.show(answer if session.as_json else shown)


@app.command()
def propose(ctx: typer.Context, operation: str, sent: Input = "{}") -> None:
    """Propose an operation: it is shown, and done when somebody approves it."""
    session: Session = ctx.obj
    proposal = session.client.proposals.propose(steps=[{"operation": operation, "input": _object(sent)}])
    session.show(proposal)
    if not session.as_json:
        session.err.print(Text(f"Approve it with: greenroom approve {proposal['id']}"))
        where = session.organization or session.sign_in.organization
        there = f"&organization={where}" if where else ""
        session.err.print(Text(f"or on the page: {session.sign_in.url}/?proposal={proposal['id']}{there}"))


@app.command()
def approve(
    ctx: typer.Context, proposal: str, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False
) -> None:
    """Show a proposal, and say yes to exactly what it shows."""
    session: Session = ctx.obj
    shown = session.client.proposals.get_proposal(proposal)
    if not yes:
        showing.show(session.err, shown, as_json=False)
        if not sys.stdin.isatty():
            raise Misused("Say --yes where nobody can be asked.")
        typer.confirm("Approve this?", abort=True)
    session.show(session.client.proposals.approve_proposal(proposal, digest=shown["digest"]))


@app.command()
def reject(ctx: typer.Context, proposal: str, reason: str | None = None) -> None:
    """Say no to a proposal."""
    session: Session = ctx.obj
    session.show(session.client.proposals.reject_proposal(proposal, reason=reason))


@app.command()
def undo(ctx: typer.Context, proposal: str) -> None:
    """Propose to take back what an applied proposal did."""
    session: Session = ctx.obj
    session.show(session.client.proposals.undo_proposal(proposal))


add_commands(app, files.GROUPS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; answers the exit code."""
    said = Session()
    try:
        app(args=None if arguments is None else list(arguments))
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except NotSignedIn as missing:
        said.err.print(Text(str(missing)))
        return SIGN_IN
    except Misused as misused:
        said.err.print(showing.plain(misused))
        return MISUSED
    except Unreachable as failure:
        said.err.print(showing.plain(failure))
        return NO_ANSWER
    except Refused as refusal:
        showing.show_refusal(said.err, refusal)
        return SIGN_IN if refusal.status == _UNAUTHENTICATED else NO_ANSWER if refusal.retryable else REFUSED
    return 0


def _object(text: str) -> dict[str, Any]:
    """The input as it was given. Raises Misused."""
    if text == "-":
        text = sys.stdin.read()
    elif text.startswith("@"):
        try:
            text = Path(text[1:]).read_text()
        except (OSError, UnicodeDecodeError) as failure:
            raise Misused(f"{text[1:]} can not be read.") from failure
    value = read_json(text)
    if not isinstance(value, dict):
        raise Misused("The input must be a JSON object.")
    return value


def _secret(name: str) -> str:
    """Typed unseen, or the first line of what is piped in: never an argument, which others on the machine can see."""
    secret: str = typer.prompt(name, hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    return secret.strip()


def _require_taken(client: Greenroom) -> None:
    """Raises Refused for a key that is none; one that may do little is a key all the same."""
    try:
        client.events.list_events(limit=1)
    except Refused as refusal:
        if refusal.status == _UNAUTHENTICATED:
            raise
