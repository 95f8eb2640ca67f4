"""The words for each value of the ticket office's closed lists and switches. No decisions."""

from __future__ import annotations

import re

from agent.guard.cues import cue

CHOICES: dict[str, dict[str, re.Pattern[str]]] = {
    "buyers": {
        "let_choose": cue(
            r"choos\w*|choice|decide what|decide for themselves|pick|themselves|up to them|let (?:\w+ ){1,4}decide"
        ),
        "decide_later": cue(
            r"decide (?:that |it |this )?later|later|leave (?:the |their )?(?:orders|money)|no refunds? (?:yet|for now)"
        ),
        "refund_all": cue(
            r"refund\w* (?:\w+ ){0,3}(?:every(?:one|body)|all|them|buyers?|people|guests?|holders?|tickets?|customers?)|"
            r"(?:every(?:one|body)|all|buyers?|people|they|them|guests?|holders?|customers?) (?:\w+ ){0,5}"
            r"(?:refund\w*|(?:his |her |their )?money back)|full refunds?|all refunded|money back for (?:all|every\w+)"
        ),
    },
    "kind": {
        "add_on": cue(r"add-?ons?|extras?|t-?shirts?|parking|merch\w*|drinks?|catering|locker"),
        "bundle": cue(r"bundles?|duo|combo|package|family ticket|group ticket|set of"),
    },
    "provider": {"manual": cue(r"manual\w*|bank|cash|transfer"), "sandbox": cue(r"sandbox"), "stripe": cue(r"stripe")},
}
"""The words for each value of a closed list; the first that was said, and not negated, is meant."""
OPTIONS = {
    "refund": cue(r"refund\w*|money back"),
    "keep": cue(r"keep\w*|tickets? stay"),
    "donate": cue(r"donat\w*"),
    "credit": cue(r"credit\w*|voucher"),
}
SWITCHES: dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]] = {
    "refund_difference": (cue(r"refund\w*|(?:pay|give|send)\w* (?:\w+ ){0,5}back|money back"), None),
    "all_or_nothing": (cue(r"all or nothing|all or none|none if"), None),
    "auto_offer": (
        cue(r"auto\w*|by (?:itself|themselves)|straight away|as (?:they|places) come"),
        cue(r"by hand|manual\w*|myself|not auto\w*"),
    ),
    "hidden": (cue(r"hidden|hide|secret|only with (?:a |the )?code|not public"), cue(r"show|visible|public|unhide")),
    "needs_approval": (
        cue(r"approv\w*|confirm\w*|check each|by hand"),
        cue(r"without approv\w*|no approval|no longer"),
    ),
    "tax_included": (cue(r"incl\w*|including"), cue(r"plus|excl\w*|on top|without|added|before tax")),
    "reentry": (cue(r"re-?entry|come back|in again|go out"), cue(r"no re-?entry|once only|not (?:\w+ ){0,3}again")),
    "active": (
        cue(r"activat\w*|enable|again|resume|switch on"),
        cue(r"deactivat\w*|disabl\w*|stop\w*|pause\w*|switch off|end\w*|block"),
    ),
}
"""The words for yes and for no; a switch nobody spoke of stays as it is."""
CLEARED = {
    "sales_start": cue(r"sales? start|start of (?:the )?sales?|from when"),
    "sales_end": cue(r"sales? end|end of (?:the )?sales?|deadline"),
    "max_per_order": cue(r"per order|limit|max\w*"),
    "max_per_buyer": cue(r"per (?:buyer|person|customer)|limit|max\w*"),
    "budget_amount": cue(r"budget"),
    "max_uses": cue(r"uses?|times|limit"),
    "valid_from": cue(r"start\w*|from"),
    "valid_until": cue(r"until|end\w*|expir\w*|deadline"),
    "ticket_types": cue(r"all (?:ticket )?types|every type|types"),
}
TAKES_AWAY = cue(r"no|without|remove\w*|lift\w*|drop\w*|unlimited|take (?:\w+ ){0,4}away|any number|clear|forget|end")
