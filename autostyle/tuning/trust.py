"""Whose a study is: those made on this machine are signed with a key that only the person has.

A folder of studies may come from anybody. One that this person neither made nor said to trust is looked at, and no
more: nothing in it is run, and its database is not written. The signature lies in the study's database, so a home that
is copied or moved stays its owner's; the key lies in the person's data folder, and whoever works on several machines
copies it there, or trusts the studies once more. A study on a database server is its users': they named the server.

The signature tells who began a study, not what was done to it since; what its database says is checked in any case.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from autostyle.errors import Untrusted
from autostyle.tuning.folder import check_name
from autostyle.tuning.handle import FROZEN, SIGNATURE, Handle
from autostyle.tuning.signing import ENVIRONMENT, is_signed, signature
from autostyle.tuning.storage import is_server, open_storage


def require(handle: Handle, storage_url: str | None) -> None:
    """Raises Untrusted where a study that exists is neither the person's own nor trusted."""
    if not is_trusted(handle, storage_url):
        raise Untrusted.of(handle.name)


def is_trusted(handle: Handle, storage_url: str | None) -> bool:
    """Whether more may be done with a study than to look at it."""
    if is_server(storage_url) or os.environ.get(ENVIRONMENT) == "1":
        return True
    if not handle.exists:
        # Its creator was killed half-way, and it is made anew; but no creator of ours leaves trials then.
        return not any(handle.trials().values())
    return any(is_signed([handle.name, handle.get(FROZEN)], found) for found in handle.numbered(SIGNATURE))


def sign(handle: Handle, frozen: dict[str, Any]) -> None:
    """Sign a study that began with ``frozen`` as the person's own; raises Missing where they can keep no key."""
    handle.append(SIGNATURE, signature([handle.name, frozen]))


def trust(home: Path, name: str, storage_url: str | None = None) -> None:
    """Take a study as the person's own from now on; raises BadInput where there is none, Missing as :func:`sign`."""
    handle = Handle.find(home, name, storage_url)
    if not is_trusted(handle, storage_url):
        sign(handle, handle.get(FROZEN))


def trust_if_there(home: Path, name: str, storage_url: str | None = None) -> None:
    """:func:`trust`, where there is such a study."""
    handle = Handle(home, check_name(name), open_storage(home, storage_url))
    handle.refresh()
    if handle.exists:
        trust(home, name, storage_url)
