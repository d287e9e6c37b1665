"""What every server on loopback needs: it answers the pages of its own browser only, and says why its port is none."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from autostyle.errors import BadInput
from autostyle.sentences import reason

HOST = "127.0.0.1"


def is_own(port: int, host: str | None, origin: str | None) -> bool:
    """Whether ``Host`` and, where there is one, ``Origin`` are those of a request of a page of the server on ``port``.

    A foreign page may reach loopback by a name of its own that resolves to it (DNS rebinding), which shows in Host, or
    across origins, which shows in Origin.
    """
    own = {f"{HOST}:{port}", f"localhost:{port}"}
    return host in own and (origin is None or origin in {f"http://{name}" for name in own})


@contextlib.contextmanager
def explain_port_errors(port: int) -> Iterator[None]:
    """Raises BadInput where what is done here cannot have ``port``: it is taken, or is not everybody's."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise BadInput(
            "port {port} cannot be used: {why}",
            "give another --port, or 0 for a free one",
            port=port,
            why=reason(error),
        ) from error
