"""What a person has chosen for the app: their language by their environment, and values in their own config.toml."""

from __future__ import annotations

import os

from autostyle import safe_files
from autostyle.atomic import atomic_write_text
from autostyle.config import MAX_BYTES, USER_FILE
from autostyle.errors import BadInput
from autostyle.resources import config_folder


def language() -> str:
    """Of the terminal: ``ko`` where its locale is ``ko_KR.UTF-8``, English where it has none."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = locale.partition("_")[0].partition(".")[0].lower()
    return code if len(code) == 2 else "en"


def keep(section: str, key: str, value: str) -> None:
    """Write ``key = value`` under ``[section]`` of config.toml; all else stays as they wrote it.

    Raises:
        BadInput: the file cannot be read or written; it is left alone.
        Missing: no space is left.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = (config_folder() / USER_FILE).resolve()  # a link stays one
    try:
        document = tomlkit.parse(safe_files.read(path, MAX_BYTES).decode("utf-8") if path.exists() else "")
        document.setdefault(section, tomlkit.table())[key] = value
    except (TOMLKitError, TypeError, ValueError, OSError, BadInput) as error:
        raise BadInput(
            "{path} cannot be changed: {error}",
            "write {key} under [{section}] yourself",
            path=path,
            error=error,
            key=key,
            section=section,
        ) from error
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write_text(path, tomlkit.dumps(document))
