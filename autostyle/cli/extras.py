"""Packages that only some commands need: an extra of autostyle's brings them."""

from __future__ import annotations

import importlib.util

from autostyle.errors import Missing


def require(extra: str, *modules: str, command: str = "") -> None:
    """See that the ``modules`` of an extra are installed; raises Missing with how to get them.

    Args:
        command: that needs them; that of the extra's name where it is left out.
    """
    for name in modules:
        if importlib.util.find_spec(name) is None:
            raise Missing(
                "{command} needs the package {package}, which is not installed",
                "pip install 'autostyle[{extra}]'",
                command=f"autostyle {command or extra}",
                package=name.replace("_", "-"),
                extra=extra,
            )
