"""The pay page: what is paid for, three buttons, and in large letters that no money moves. One file, no script."""

from __future__ import annotations

from html import escape
from typing import Any

_NO_MINOR_UNITS = frozenset(
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"]
)
_THOUSANDTHS = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])

_STYLE = """
:root { color-scheme: light dark; --ground: #f4f4f1; --card: #fff; --ink: #1c1c1a; --soft: #66665f; --line: #deded8;
  --go: #1d6b4f; --go-ink: #fff; --note: #fff3d6; --note-ink: #5c4300; --bad: #a8281e; }
@media (prefers-color-scheme: dark) { :root { --ground: #161614; --card: #20201d; --ink: #f1f1ec; --soft: #a5a59c; --line: #3a3a35;
  --go: #7ed0ab; --go-ink: #10241b; --note: #3b2f10; --note-ink: #ffe3a1; --bad: #ff9d92; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; }
.note { margin: 0; padding: .75rem 1.5rem; background: var(--note); color: var(--note-ink); font-weight: 600; }
section { padding: 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1rem; font-weight: 500; color: var(--soft); overflow-wrap: anywhere; }
.amount { margin: 0 0 1.25rem; font-size: 2.25rem; font-weight: 700; line-height: 1.2; font-variant-numeric: tabular-nums; }
form { display: grid; gap: .6rem; }
button, a.button { display: block; width: 100%; min-height: 3rem; padding: .6rem 1rem; border-radius: .6rem; border: 1px solid var(--line);
  background: none; color: inherit; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.go { background: var(--go); border-color: var(--go); color: var(--go-ink); }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
.bad { color: var(--bad); font-weight: 600; }
.back { margin: 1rem 0 0; text-align: center; } .back a { color: var(--soft); }
"""


def pay_page(row: dict[str, Any], *, late_seconds: float, declined: bool) -> str:
    """The page of one session, in whatever state that is."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pay (sandbox)</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main>"
        '<p class="note" role="note">Sandbox: this page only pretends. No money moves.</p>'
        f"<section><h1>{escape(row['description'])}</h1>"
        f'<p class="amount">{escape(said_amount(row["amount"], row["currency"]))}</p>'
        f"{_part(row, late_seconds, declined)}</section></main></body></html>"
    )


def _part(row: dict[str, Any], late_seconds: float, declined: bool) -> str:
    back = escape(row["success_url"], quote=True)
    if row["status"] == "complete":
        said = "Paid." if row["payment_status"] == "paid" else "The money is on its way."
        return f'<p role="status">{said}</p><a class="button" href="{back}">Go on</a>'
    leave = f'<p class="back"><a href="{escape(row["cancel_url"], quote=True)}">Back without paying</a></p>'
    if row["status"] == "expired" or row["over"]:
        return f'<p role="status">This page has expired. Nothing was paid.</p>{leave}'
    trouble = '<p class="bad" role="alert">The card was declined. Nothing was paid; try again.</p>' if declined else ""
    return (
        f'{trouble}<form method="post">'
        '<button class="go" name="how" value="pay">Pay</button>'
        '<button name="how" value="fail">Pay, but the card is declined</button>'
        f'<button name="how" value="late">Pay late: the money arrives in {late_seconds:g} seconds</button>'
        f"</form>{leave}"
    )


def said_amount(amount: int, currency: str) -> str:
    """`2500, eur` -> `25.00 EUR`, counted as Stripe counts."""
    digits = 0 if currency in _NO_MINOR_UNITS else 3 if currency in _THOUSANDTHS else 2
    whole, rest = divmod(amount, 10**digits)
    return f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "") + f" {currency.upper()}"
