"""Runs as a script between our process and Postgres: gives up root, asks to die with its parent, becomes the program.

A script of its own instead of a hook between fork and exec, because such a hook may deadlock in a process with threads.
Uses the standard library alone and imports all of it before root is given up: the interpreter may live where only root reads.
Arguments: parent's process id, signal to get when the parent dies, user id, group id (-1 keeps them), program, its arguments.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
"""prctl(2), linux/prctl.h."""


def become(parent: int, death_signal: int, user: int, group: int, command: list[str]) -> None:
    """Replace this process by `command`; exits with 1 when the parent is already gone."""
    if user >= 0:
        os.setgroups([group])
        os.setgid(group)
        os.setuid(user)
    if sys.platform == "linux":
        # After setuid: the kernel forgets the wish when credentials change.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    parent_id, signal_number, user_id, group_id = (int(argument) for argument in sys.argv[1:5])
    become(parent_id, signal_number, user_id, group_id, sys.argv[5:])
