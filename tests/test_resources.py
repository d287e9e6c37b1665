"""prompts/ is read in one place: the user's file wins, and a broken one is never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle import resources
from autostyle.errors import BadInput, Missing


@pytest.fixture
def prompts(own_settings: Path) -> Path:
    folder = own_settings / "prompts"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["decision_table.yaml", "agent.md", "style_keywords.md", "critique.md"])
def test_the_shipped_file_is_read_where_the_user_has_none(name: str) -> None:
    found = resources.read(name)

    assert not found.yours
    assert found.text == (Path(__file__).parents[1] / "prompts" / name).read_text(encoding="utf-8")


def test_the_users_file_wins(prompts: Path) -> None:
    (prompts / "agent.md").write_text("Speak like a pirate. ☠", encoding="utf-8")

    found = resources.read("agent.md")

    assert found.yours
    assert found.text == "Speak like a pirate. ☠"
    assert found.path == str(prompts / "agent.md")
    assert not resources.read("critique.md").yours


def test_the_config_folder_follows_the_platform_unless_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AUTOSTYLE_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert resources.config_folder() == tmp_path / "autostyle"

    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path / "elsewhere"))
    assert resources.config_folder() == tmp_path / "elsewhere"


def _not_utf8(path: Path) -> None:
    path.write_bytes("naïve".encode("latin-1"))


def _too_large(path: Path) -> None:
    path.write_bytes(b"x" * (resources.MAX_BYTES + 1))


def _dangling(path: Path) -> None:
    path.symlink_to("gone.md")


@pytest.mark.parametrize("spoil", [_not_utf8, _too_large, _dangling, Path.mkdir])
def test_a_broken_override_is_one_clear_error(prompts: Path, spoil: object) -> None:
    path = prompts / "agent.md"
    assert callable(spoil)
    spoil(path)

    with pytest.raises(BadInput) as caught:
        resources.read("agent.md")

    assert caught.value.message.startswith("cannot read your agent.md: ")
    assert "\n" not in caught.value.message
    assert str(path) in caught.value.hint


def test_a_file_nobody_ships_is_missing() -> None:
    with pytest.raises(Missing, match=r"lacks prompts/nothing\.md"):
        resources.read("nothing.md")
