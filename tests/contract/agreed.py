"""What each scenario must have seen, whichever client asked and whichever server answered."""

from __future__ import annotations

from typing import Any

Saw = dict[str, Any]

_EXPIRED = ["otp_expired", 403]
_WRONG = ["invalid_credentials", 400]
_TAKEN = ["email_exists", 422]

_ALWAYS: dict[str, Saw] = {
    "a_weak_password_is_named": {"refused": ["weak_password", 422], "reasons": ["length"]},
    "passwords_are_checked": {"same": True, "type": "bearer", "wrong": _WRONG, "unknown": _WRONG},
    "the_token_says_who_it_is": {
        "same": True,
        "role": "authenticated",
        "aud": "authenticated",
        "aal": "aal1",
        "method": "password",
        "issued": True,
    },
    "the_server_tells_who_is_signed_in": {"same": True, "forged": ["bad_jwt", 403]},
    "a_refresh_token_is_exchanged_for_the_next": {"same": True, "another": True, "repeated": True},
    "a_copied_refresh_token_ends_the_session": {"copied": ["refresh_token_already_used", 400], "successor": False},
    "signing_out_ends_what_it_says": {"others": [False, False], "local": [False, True], "global": [False, False]},
    "a_person_changes_password_and_name": {
        "name": "Bo",
        "city": "Paris",
        "same": ["same_password", 422],
        "old": _WRONG,
    },
    "an_administrator_keeps_accounts": {
        "plan": "venue",
        "same": True,
        "name": "Bo",
        "taken": _TAKEN,
        "gone": ["user_not_found", 404],
    },
    "accounts_come_in_pages": {"lengths": [1, 1], "another": True, "found": True},
    "administration_takes_the_secret_key": {"stranger": ["not_admin", 403], "person": ["not_admin", 403]},
    "a_banned_person_is_kept_out": {"banned": ["user_banned", 400]},
    "an_unconfirmed_address_waits": {"early": ["email_not_confirmed", 400]},
    "a_confirmation_link_is_good_once": {"session": True, "confirmed": True, "again": _EXPIRED},
    "a_recovery_code_opens_the_account": {"refused": _EXPIRED},
    "a_magic_link_signs_in": {"same": True, "type": "magiclink", "method": "otp"},
    "an_invitation_is_accepted": {"invited": True, "again": _TAKEN},
    "a_link_for_a_stranger_is_refused": {"recovery": ["user_not_found", 404]},
    "a_followed_link_brings_a_session": {"status": 303, "type": "recovery", "same": True, "again": "otp_expired"},
    "strangers_learn_nothing": {"recovery": True, "resent": True, "code": ["otp_disabled", 422]},
    "mails_are_not_sent_in_a_row": {"first": True, "second": ["over_email_send_rate_limit", 429]},
    "an_invitation_is_mailed_to_newcomers": {"invited": True, "name": "Cy", "known": _TAKEN},
    "a_made_up_refresh_token_is_refused": {"status": 400},
    "the_server_describes_itself": {"email": True, "told": "boolean", "health": "string", "keys": True},
}


def agreed(*, confirming: bool) -> dict[str, Saw]:
    """`confirming`: whether the server lets an account in only after its mail was answered."""
    again: Saw = {"refused": None, "same": False, "identities": 0}
    return _ALWAYS | {
        "a_person_signs_up": {
            "session": not confirming,
            "same": True,
            "name": "Ada",
            "confirmed": not confirming,
        },
        "a_known_address_signs_up_again": again if confirming else {"refused": ["user_already_exists", 422]},
        "a_change_of_address_is_confirmed": {"halfway": not confirming, "changed": True},
    }
