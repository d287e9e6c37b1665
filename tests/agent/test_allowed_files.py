"""A brain may touch what the person named, and the studies' home; nothing else."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from autostyle.agent import allowed_files
from autostyle.agent.workspace import Workspace
from autostyle.config import Config
from autostyle.errors import BadInput, NotBuilt


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holiday").mkdir()
    (tmp_path / "studies" / "s").mkdir(parents=True)
    for name in ("photo.png", "secret.png", "clip.mp4", "holiday/a.png", "studies/s/best.png"):
        Path(name).touch()
    return Workspace(Config())


def test_a_named_file_is_the_same_however_it_is_written(workspace: Workspace, tmp_path: Path) -> None:
    allowed_files.hear(workspace, "paint photo.png please")
    for spelling in ("photo.png", "./photo.png", str(tmp_path / "photo.png"), "holiday/../photo.png"):
        assert allowed_files.allowed(workspace, spelling).samefile("photo.png")


def test_the_only_picture_here_is_named_by_whoever_asks_for_a_style_and_names_none(workspace: Workspace) -> None:
    allowed_files.hear(workspace, "make my photo look painted")
    with pytest.raises(BadInput, match="has not named"):
        allowed_files.allowed(workspace, "photo.png")
    Path("secret.png").unlink()
    allowed_files.hear(workspace, "how are you?")
    with pytest.raises(BadInput, match="has not named"):
        allowed_files.allowed(workspace, "photo.png")
    allowed_files.hear(workspace, "make my photo look painted")
    assert allowed_files.allowed(workspace, "photo.png").samefile("photo.png")


@pytest.mark.parametrize(
    "name", ["secret.png", "/etc/passwd", "photo.png/../secret.png", "~/.ssh/id_rsa", "studies/../secret.png"]
)
def test_what_was_not_named_is_refused(workspace: Workspace, name: str) -> None:
    allowed_files.hear(workspace, "paint photo.png please")
    with pytest.raises(BadInput, match="has not named"):
        allowed_files.allowed(workspace, name)


def test_a_slip_in_a_name_opens_the_picture_that_is_asked_about_and_no_other(workspace: Workspace) -> None:
    allowed_files.hear(workspace, "paint phtoo.png please")
    assert allowed_files.allowed(workspace, "photo.png")
    with pytest.raises(BadInput, match="has not named"):
        allowed_files.allowed(workspace, "secret.png")


def test_a_named_folder_brings_what_is_in_it_but_no_link_out_of_it(workspace: Workspace) -> None:
    allowed_files.hear(workspace, "all of holiday/ please")
    Path("holiday/link.png").symlink_to(Path("secret.png").resolve())
    assert allowed_files.allowed(workspace, "holiday/a.png")
    with pytest.raises(BadInput):
        allowed_files.allowed(workspace, "holiday/link.png")


def test_the_home_of_the_studies_is_open(workspace: Workspace) -> None:
    assert allowed_files.allowed(workspace, "studies/s/best.png")


def test_another_medium_is_told_and_no_picture_taken_for_it(workspace: Workspace) -> None:
    allowed_files.hear(workspace, "paint clip.mp4")
    with pytest.raises(NotBuilt):
        allowed_files.styles(workspace, ["clip.mp4"], ())


def test_a_parameter_is_spoken_of_under_either_spelling(workspace: Workspace) -> None:
    allowed_files.hear(workspace, "set the Style Weight to 3")
    assert allowed_files.spoke_of(workspace, "style_weight") and not allowed_files.spoke_of(workspace, "alpha")


def test_a_place_to_write_to_is_a_word_the_person_said(workspace: Workspace, tmp_path: Path) -> None:
    allowed_files.hear(workspace, "put them into styled, and the report to out/")
    assert allowed_files.place(workspace, "styled") == tmp_path / "styled"
    assert allowed_files.place(workspace, "out/") == tmp_path / "out"
    for name in ("style", "..", "/", "elsewhere", "report/../../x"):
        with pytest.raises(BadInput):
            allowed_files.place(workspace, name)


def test_a_name_is_the_same_in_every_encoding_and_normal_form(workspace: Workspace, tmp_path: Path) -> None:
    sea, mountain = os.fsdecode("바다.png".encode("cp949")), unicodedata.normalize("NFD", "산.png")
    Path(sea).touch()
    Path(mountain).touch()
    allowed_files.hear(workspace, f"paint {sea} like 산.png, into {unicodedata.normalize('NFD', '결과')}")
    assert allowed_files.allowed(workspace, "바다.png") == allowed_files.allowed(workspace, sea) == tmp_path / sea
    assert allowed_files.allowed(workspace, "산.png") == tmp_path / mountain
    assert allowed_files.place(workspace, "결과") == tmp_path / "결과"
