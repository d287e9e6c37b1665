"""What a person chooses in the app for good: a value in their own config.toml; all else stays as they wrote it."""

from __future__ import annotations

from autostyle import safe_files
from autostyle.atomic import atomic_write_text
from autostyle.config import MAX_BYTES, USER_FILE
from autostyle.errors import BadInput
from autostyle.resources import config_folder


def keep(section: str, key: str, value: str) -> None:
    """Write ``key = value`` under ``[section]``.

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
