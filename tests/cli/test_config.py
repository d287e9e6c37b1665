"""Settings come in layers, and a folder that is not trusted cannot redirect anything."""

import os
from pathlib import Path

import pytest

from autostyle import config
from autostyle.errors import BadInput


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's config.toml; the working directory is ``tmp_path/here``."""
    for variable in config.ENVIRONMENT:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "config" / "config.toml"


def test_without_any_layer_the_defaults_hold(user: Path) -> None:
    assert config.load({}) == config.Config()


def test_later_layers_win_key_by_key(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user.write_text('device = "cuda"\nhome = "/a"\n[model]\nname = "openai/one"\ntimeout = 5\n[app]\nimages = "off"\n')
    Path("autostyle.toml").write_text('device = "cuda:1"\n')
    monkeypatch.setenv("AUTOSTYLE_MODEL", "openai/two")
    monkeypatch.setenv("AUTOSTYLE_THEME", "nord")
    loaded = config.load({"home": Path("/b"), "device": None})
    assert (loaded.device, loaded.home) == ("cuda:1", Path("/b"))
    assert (loaded.model.name, loaded.model.timeout) == ("openai/two", 5)
    assert (loaded.app.theme, loaded.app.images) == ("nord", "off")


def test_the_word_embedded_takes_a_configured_model_away(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user.write_text('[model]\nname = "openai/one"\n')
    monkeypatch.setenv("AUTOSTYLE_MODEL", "embedded")
    assert config.load({}).model.name is None


@pytest.mark.parametrize(
    "line",
    [
        'storage = "postgresql://elsewhere/db"',
        'model = { name = "openai/x", api_base = "http://elsewhere" }',
        'home = "../outside"',
        "offline = false",
        'trusted_folders = ["."]',
    ],
)
def test_a_folder_that_is_not_trusted_cannot_set(line: str, user: Path) -> None:
    user.write_text("offline = true\n")
    Path("autostyle.toml").write_text(line)
    loaded = config.load({})
    assert loaded.model_copy(update={"notes": ()}) == config.Config(offline=True)
    assert "not trusted" in loaded.notes[0]


def test_a_trusted_folder_sets_everything(user: Path) -> None:
    user.write_text(f'trusted_folders = ["{Path.cwd()}"]\n')
    Path("autostyle.toml").write_text('storage = "sqlite:///x.db"\n[model]\nname = "openai/x"\n')
    loaded = config.load({})
    assert (loaded.storage, loaded.model.name, loaded.notes) == ("sqlite:///x.db", "openai/x", ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour"),
        ("device = ", "config.toml"),
        ('device = "abacus"', "abacus"),
        ("[model]\nkey = 'k'", "model.key"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(text: str, named: str, user: Path) -> None:
    user.write_text(text)
    with pytest.raises(BadInput, match=named):
        config.load({})


def test_a_wrong_environment_variable_is_named(user: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSTYLE_TIMEOUT", "soon")
    with pytest.raises(BadInput, match=r"environment: model\.timeout"):
        config.load({})


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 6000, "a = 1\n" * 200_000])
def test_settings_that_no_file_can_mean_are_told(text: str, user: Path) -> None:
    Path("autostyle.toml").write_text(text)
    with pytest.raises(BadInput, match="cannot read"):
        config.load({})


def test_a_pipe_in_the_place_of_settings_is_not_waited_for(user: Path) -> None:
    os.mkfifo("autostyle.toml")
    with pytest.raises(BadInput, match="is a pipe"):
        config.load({})


def test_only_the_user_s_own_file_names_a_command_that_is_run(user: Path) -> None:
    user.write_text(f'notify_command = "notify-send -a autostyle"\ntrusted_folders = ["{Path.cwd()}"]\n')
    assert config.load({}).notify_command == ("notify-send", "-a", "autostyle")
    Path("autostyle.toml").write_text('notify_command = ["rm", "-rf"]\n')
    loaded = config.load({})
    assert loaded.notify_command == ("notify-send", "-a", "autostyle")
    assert loaded.notes == (f"autostyle.toml in this folder sets notify_command: ignored, only {user} may",)
    user.write_text("")
    assert config.load({}).notify_command == ()
