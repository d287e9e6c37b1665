"""Files that somebody else may have put there: no link is followed out of a folder, and nothing is waited for.

A folder of studies may come from anybody. A link in it could name a file of the person who opens it, a pipe would
never answer, a device is no file at all.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from autostyle.errors import BadInput
from autostyle.sentences import Sentence

_KINDS = (
    (stat.S_ISLNK, Sentence("a link")),
    (stat.S_ISDIR, Sentence("a folder")),
    (stat.S_ISFIFO, Sentence("a pipe")),
    (stat.S_ISSOCK, Sentence("a socket")),
)
_HINT = Sentence("it may come from somebody else: look at it, take it away, then run the same command again")


_confined: dict[Path, Path] = {}
"""A root as paths begin with it -> where it really is."""
_looked_at: dict[Path, Path] = {}
"""A folder as paths begin with it -> where its root really is: what is read below it lies there, too."""


def confine(root: Path, folder: str | None = None) -> None:
    """See to it that from now on nothing is written below ``root`` through a link that leads out of it, and that
    nothing is read so below ``folder`` in it.

    It holds for this process and for every function of this module and of :mod:`autostyle.atomic`, however fast
    somebody else swaps a folder, or a file, for a link.
    """
    with contextlib.suppress(OSError, RuntimeError):
        real = root.resolve()
        _confined.update({root.absolute(): real, real: real})
        if folder is not None:
            _looked_at.update({root.absolute() / folder: real, real / folder: real})


@contextlib.contextmanager
def folder_of(path: Path) -> Iterator[int]:
    """A descriptor of the folder that ``path`` is in.

    Raises:
        BadInput: ``path`` is below a root that is confined, and its folder really is not.
        OSError: there is no such folder.
    """
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        absolute = path.parent.absolute()
        for root, real in _confined.items():
            if absolute.is_relative_to(root) and not _really(handle, path.parent).is_relative_to(real):
                raise BadInput("{path} leads out of {root}", _HINT, path=path, root=root)
        yield handle
    finally:
        os.close(handle)


def _really(handle: int, path: Path) -> Path:
    """Where the file or folder that is open is; where the system does not tell, where its ``path`` leads now."""
    try:
        return Path(f"/proc/self/fd/{handle}").readlink()
    except OSError:
        return path.resolve()


def open_file(path: Path, flags: int = os.O_RDONLY, mode: int = 0o666, *, follow: bool = False) -> int:
    """A descriptor of the regular file at ``path`` (``os.open``'s ``flags`` and ``mode``); no pipe is waited for.

    Args:
        follow: go where a link leads: for files that a person named.

    Raises:
        BadInput: a link, a folder, a pipe, a socket or a device is there, or its folder leads out of a confined root.
        OSError: whatever else the system says.
    """
    hint = "name a file" if follow else _HINT
    named = path
    path = _followed(path) if follow else path
    refuse_other_kinds(path, hint)
    with folder_of(path) as folder:
        flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        handle = os.open(path.name, flags, mode, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # put there since
            raise _no_file(path, hint)
        for looked_at, real in _looked_at.items():
            if named.absolute().is_relative_to(looked_at) and not _really(handle, path).is_relative_to(real):
                raise BadInput("{named} leads out of {real}", _HINT, named=named, real=real)
    except BaseException:
        os.close(handle)
        raise
    return handle


def reading(path: Path, *, follow: bool = True) -> BufferedReader:
    """The file at ``path``, open; arguments and errors as for :func:`open_file`. What is checked is what is read."""
    return os.fdopen(open_file(path, follow=follow), "rb")


def _followed(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # before Python 3.13, of a link that leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def append(path: Path, text: str) -> None:
    """Add ``text`` to the file at ``path``, which is made if it is not there; raises as :func:`open_file` does."""
    with os.fdopen(open_file(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "a", encoding="utf-8") as file:
        file.write(text)


def read(path: Path, most: int, *, follow: bool = False) -> bytes:
    """At most ``most`` bytes of the file at ``path``; raises as :func:`open_file` does, ValueError if it has more."""
    with reading(path, follow=follow) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"larger than {most} bytes")
    return data


def read_named(path: Path, most: int) -> bytes:
    """All of a file that a person named, at most ``most`` bytes.

    Raises:
        BadInput: it is missing, empty, may not be read, or is no file.
        ValueError: it has more.
    """
    try:
        data = read(path, most, follow=True)
    except FileNotFoundError as error:
        raise BadInput("there is no file {path}", "check the path", path=path) from error
    except PermissionError as error:
        raise BadInput("{path} may not be read", "check the file's permissions", path=path) from error
    if not data:
        raise BadInput("{path} is empty", "a copy or download may have been cut off", path=path)
    return data


def refuse_other_kinds(path: Path, hint: str = _HINT) -> None:
    """Raises BadInput where something else than a regular file is at ``path``; nothing there is fine."""
    try:
        kind = path.lstat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(kind):
        raise _no_file(path, hint)


def place(root: Path, *parts: str | Path) -> Path:
    """The path ``parts`` below ``root``, if the folder it is in really lies there; raises BadInput otherwise.

    What is at the path itself may still be a link: replacing it, deleting it and :func:`open_file` do not follow one.
    """
    path = root.joinpath(*parts)
    if ".." in Path(*parts).parts or not _lies_in(path.parent, root):
        raise BadInput("{path} leads out of {root}", _HINT, path=path, root=root)
    return path


def inside(root: Path, *parts: str | Path) -> Path:
    """The path ``parts`` below ``root``, if what is there really lies there; raises BadInput otherwise."""
    path = place(root, *parts)
    if not _lies_in(path, root):
        raise BadInput("{path} leads out of {root}", _HINT, path=path, root=root)
    return path


def check_folder(folder: Path, root: Path, *, flat: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> None:
    """See that everything in ``folder`` is a file or a folder, or a link to one within ``root``.

    Args:
        folder: in ``root``; it need not exist.
        flat: subfolders of it that hold nothing but files.
        files: what of it can only be files.

    Raises:
        BadInput: a link leads out of ``root`` or to nothing; a pipe, a socket or a device is there; a file and a folder
            are in each other's place.
    """
    if not os.path.lexists(folder):
        return
    if not _lies_in(folder, root):
        raise BadInput(
            "{folder} is a link that leads out of {root}",
            "{hint}; a link to all of {root} is followed",
            folder=folder,
            root=root,
            hint=_HINT,
        )
    if not folder.is_dir():
        raise BadInput("{folder} is no folder", _HINT, folder=folder)
    for entry in _entries(folder):
        path, inner = Path(entry.path), Path(entry.path).relative_to(folder).parts
        if entry.is_symlink() and not (_lies_in(path, root) and path.exists()):
            raise BadInput("{path} is a link that leads out of {root}", _HINT, path=path, root=root)
        is_folder = entry.is_dir()
        if not is_folder and not entry.is_file():
            raise _no_file(path)
        if is_folder and (entry.name in files if len(inner) == 1 else inner[0] in flat):
            raise BadInput("{path} is a folder in a file's place", _HINT, path=path)
        if not is_folder and len(inner) == 1 and entry.name in flat:
            raise BadInput("{path} is a file in a folder's place", _HINT, path=path)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in ``folder`` and below, links not followed."""
    with os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path))


def _lies_in(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False


def _no_file(path: Path, hint: str = _HINT) -> BadInput:
    with contextlib.suppress(OSError):
        kind = path.lstat().st_mode
        for test, name in _KINDS:
            if test(kind):
                return BadInput("{path} is {kind}", hint, path=path, kind=Sentence(name))
    return BadInput("{path} is no file", hint, path=path)
