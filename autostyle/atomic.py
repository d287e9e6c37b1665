"""Writing a file whole or not at all: a full disk, a crash or a kill never leaves half a file under its name."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.safe_files import folder_of, reading

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.EEXIST}


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """The place of a hidden file beside ``path``, moved there if the block that fills it ends without an error.

    The bytes go to the same folder (a rename is atomic only within one file system). A file that is replaced keeps
    its permissions; readers see the old file or the new one. A link is replaced itself, not what it leads to.

    Raises:
        Missing: no space is left.
        BadInput: the place cannot be written: no such folder, no permission, a folder of that name, or it leads out
            of a confined root.
    """
    path = Path(path)
    name = f".autostyle-{secrets.token_hex(8)}.part"
    with explain_write_errors(path), folder_of(path) as folder:
        try:
            yield _within(folder, path.parent) / name
            with contextlib.suppress(FileNotFoundError):
                before = os.lstat(path.name, dir_fd=folder).st_mode  # a link is replaced, never followed
                if stat.S_ISREG(before):
                    os.chmod(name, stat.S_IMODE(before), dir_fd=folder)
            os.replace(name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
            # Make the rename itself survive a power cut, where the file system can.
            with contextlib.suppress(OSError):
                os.fsync(folder)
        finally:
            # After the rename the hidden name is gone; before it, whatever went wrong, nothing is left behind.
            with contextlib.suppress(OSError):
                os.unlink(name, dir_fd=folder)


@contextlib.contextmanager
def explain_write_errors(path: Path) -> Iterator[None]:
    """Turn what the system says when ``path`` cannot be written into an error with a hint, where one would help.

    Raises:
        Missing: no space is left.
        BadInput: the place cannot be written.
    """
    try:
        yield
    except OSError as error:
        friendly = _explained(error, path)
        if friendly is None:
            raise
        raise friendly from error


def _within(folder: int, path: Path) -> Path:
    """The open ``folder`` as a path that leads into that very one, whatever ``path`` leads to by now."""
    opened = Path(f"/proc/self/fd/{folder}")
    return opened if opened.is_dir() else path


def atomic_write_bytes(path: str | Path, data: bytes, *, mode: int = 0o666) -> None:
    """Put ``data`` under ``path`` by way of :func:`replacing`, whose errors it raises.

    Args:
        mode: permissions of a new file before the umask is applied (0o600 for private ones).
    """
    with replacing(path) as part:
        _write_new(part, data, mode)


def atomic_write_text(path: str | Path, text: str, *, mode: int = 0o666) -> None:
    """:func:`atomic_write_bytes` of ``text`` as UTF-8; what is no Unicode in it is written as JSON escapes it."""
    atomic_write_bytes(path, text.encode("utf-8", "backslashreplace"), mode=mode)


def atomic_copy(source: Path, path: str | Path, *, follow: bool = True) -> None:
    """Put a copy of the file ``source`` under ``path`` by way of :func:`replacing`, whose errors it raises; it is never
    in memory as a whole, for clips may be larger.

    Args:
        follow: go where a link leads: not for what somebody else may have put there.
    """
    with replacing(path) as part, reading(source, follow=follow) as file, part.open("xb") as made:
        shutil.copyfileobj(file, made)
        made.flush()
        os.fsync(made.fileno())


def _explained(error: OSError, path: Path) -> AutostyleError | None:
    """``error``, met while writing ``path``, with a hint; None for what no hint would help (a dying disk)."""
    if error.errno in _FULL:
        return Missing(
            "no space left to write {path}", "free some space on that disk, or write to another one", path=path
        )
    if error.errno in _FORBIDDEN:
        return BadInput(
            "{path} may not be written", "check the folder's permissions, or write somewhere else", path=path
        )
    if error.errno in _NO_FOLDER:
        return BadInput("there is no folder {folder}", "make it first, or write somewhere else", folder=path.parent)
    if error.errno == errno.EISDIR:
        return BadInput("{path} is a folder", "name a file inside it", path=path)
    if error.errno == errno.ENAMETOOLONG:
        return BadInput("the name {name}... is too long for this disk", "use a shorter name", name=path.name[:40])
    return None


def _write_new(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
