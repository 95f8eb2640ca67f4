"""The words without which an operation is never taken for granted: those of the trade, and those of the ticket office. No decisions."""

from __future__ import annotations

import re

from agent.guard import cues
from agent.guard.cues import cue

_TAKES_OVER = (
    r"transfer\w*|giv(?:e|es|ing)|goes to|go to|hand\w* over|pass(?:es|ing)? (?:\w+ ){0,3}(?:on|to)|takes? (?:\w+ ){0,4}over|"
    r"mov(?:e|es|ing) (?:[\w'-]+ ){1,7}tickets?|instead|in (?:his|her|their) place|"
    r"replac\w*|reassign\w*|takes? (?:\w+ ){0,3}tickets?|put (?:\w+ ){1,4}in (?:\w+ )?name"
)
_CODES = r"codes?|vouchers?|coupons?|discounts?|promo\w*|kortingscode"
_OFFERS = r"offer\w*|hand (?:\w+ ){0,3}out|invite\w*|aanbied\w*"
_BACK = (
    r"refund\w*|reimburs\w*|money back|(?:pay|give|send|return|take)\w* (?:\w+ ){0,8}back|"
    r"return (?:the |their |his |her )?money|get (?:\w+ ){0,4}back"
)
_CHANGE = r"swap\w*|chang\w*|exchang\w*|upgrad\w*|downgrad\w*|switch\w*|add\w*|remov\w*|replac\w*|turn\w*|make|convert\w*|instead|become"
_ENDS = cues.DELETE + r"|end\w*|stop\w*|deactivat\w*|disabl\w*"

DESTRUCTIVE: dict[str, re.Pattern[str]] = cues.DESTRUCTIVE | {
    "postpone_event": cue(
        r"postpon\w*|mov(?:e|es|ed|ing)|reschedul\w*|delay\w*|push\w*|put (?:\w+ ){1,3}(?:off|back)|shift\w*|verplaats\w*"
    ),
    "refund_event": cue(_BACK),
    "refund_tickets": cue(_BACK),
    "offer_refund_choice": cue(r"choos\w*|choice|decid\w*|pick|option\w*|ask\w*|offer\w*|let"),
    "change_order": cue(_CHANGE),
    "cancel_order": cue(r"cancel\w*|void\w*|annul\w*|drop\w*"),
    "approve_order": cue(r"approv\w*|accept\w*|confirm\w*|allow\w*|let (?:\w+ ){1,4}in|say yes"),
    "decline_order": cue(r"declin\w*|reject\w*|refus\w*|turn\w* (?:\w+ ){0,4}down|say no|deny|denied"),
    "extend_order": cue(r"exten\w*|longer|more time|until|till|wait\w*|prolong\w*"),
    "transfer_ticket": cue(_TAKES_OVER),
    "send_tickets": cue(r"(?:re)?send\w*|(?:re-?)?mail\w*|e-?mail\w*|sent|forward\w*|deliver\w*"),
    "offer_places": cue(_OFFERS),
    "remove_from_waiting_list": cue(cues.DELETE + r"|no longer wait\w*|cross (?:\w+ ){0,4}off"),
    "request_payment": cue(
        r"request\w*|pay(?:ment)?|pay link|payment link|ask\w*|remind\w*|collect\w*|charge\w*|bill\w*"
    ),
    "record_payout": cue(
        r"payout\w*|paid out|transfer\w*|arriv\w*|came in|received|deposit\w*|book\w*|record\w*|register\w*"
    ),
    "void_payout": cue(r"void\w*|" + cues.DELETE + r"|undo|wrong|mistake|revers\w*"),
    "import_attendees": cue(r"import\w*|upload\w*|load\w*|read in|bring in"),
    "create_promo_code": cue(_CODES + r"|\d+ ?% off|percent off|off"),
    "update_promo_code": cue(_CODES + r"|change|extend|raise|lower|limit|stop|pause"),
    "create_vouchers": cue(r"codes|vouchers?|coupons?"),
    "delete_promo_code": cue(_ENDS),
    "delete_quota": cue(_ENDS),
    "delete_check_in_list": cue(_ENDS),
    "release_hold": cue(
        r"releas\w*|free\w*|give (?:\w+ ){0,5}back|let (?:\w+ ){0,4}go|drop\w*|no longer need\w*|end\w*|" + cues.DELETE
    ),
    "close_waiting_list": cue(r"clos\w*|end\w*|stop\w*|shut\w*"),
}
"""Operations that cannot be taken for granted: a word of that meaning must have been said, and not been negated."""

ASKED_FOR: dict[str, re.Pattern[str]] = cues.ASKED_FOR | {
    "create_quota": cue(r"quotas?|shar\w*|together|limit\w*|pool\w*|at most|max\w*|cap\w*|in total|altogether"),
    "update_quota": cue(r"quotas?|shar\w*|together|limit\w*|pool\w*|places|rais\w*|lower\w*|max\w*|cap\w*"),
    "hold_tickets": cue(
        r"hold\w*|keep\w*|kept|reserv\w*|(?:set|put) (?:\w+ ){0,9}aside|block (?:\w+ ){0,3}(?:tickets?|seats?|places)|save|guard"
    ),
    "extend_hold": cue(r"exten\w*|longer|hold\w*|keep\w*|prolong\w*"),
    "open_waiting_list": cue(r"waiting ?lists?|wait ?lists?|waitlist\w*|wachtlijst"),
    "add_to_waiting_list": cue(r"waiting ?lists?|wait ?lists?|waitlist\w*|in line|queue|wachtlijst"),
    "create_check_in_list": cue(r"check-?in\w*|door\w*|entrance|scan\w*|list"),
    "update_check_in_list": cue(r"check-?in\w*|door\w*|entrance|scan\w*|list|re-?entry"),
    "rename_attendee": cue(r"renam\w*|misspel\w*|correct\w*|spel\w*|typo|name\w*|chang\w*|fix\w*|called|wrong"),
    "check_in": cue(r"check\w*|scan\w*|admit\w*|arriv\w*|let (?:\w+ ){1,4}in|here|came"),
    "check_in_order": cue(r"check\w*|scan\w*|admit\w*|arriv\w*|let (?:\w+ ){1,4}in|here|came"),
    "undo_check_in": cue(r"undo|mistake|wrong\w*|take (?:\w+ ){0,3}back|not (?:\w+ ){0,2}(?:in|here)|revert"),
    "renew_order_link": cue(r"link\w*|renew\w*"),
    "attach_file": cue(
        r"posters?|banners?|flyers?|logos?|contracts?|attach\w*|us(?:e|ing)|pictures?|images?|photos?|files?|pdf|affiche|afbeelding"
    ),
}
"""Softer cues: without any of them in the thread the call answers something nobody said."""
