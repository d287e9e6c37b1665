"""What the prompt offers while somebody types."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from autostyle.agent.understanding import clauses, paths
from autostyle.tui.completion import complete

COMMANDS = [("help", "what can be done", False), ("report", "write it", False), ("resume", "go on", True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("photo.jpg", "Painting.png", "my photo.jpg", ".hidden.jpg"):
        (tmp_path / name).touch()
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "beach.jpg").touch()
    return tmp_path


def offered(before: str, folder: Path) -> list[tuple[str, str]]:
    found = complete(before, COMMANDS, folder)
    return [(option.label, option.insert) for option in found.options] if found else []


def test_a_slash_at_the_start_offers_commands(folder: Path) -> None:
    assert [label for label, _ in offered("/", folder)] == ["/help", "/report", "/resume"]
    assert [label for label, _ in offered("/re", folder)] == ["/report", "/resume"]


def test_only_a_command_that_needs_no_more_may_be_sent_as_it_stands(folder: Path) -> None:
    found = complete("/re", COMMANDS, folder)
    assert found is not None
    assert [option.final for option in found.options] == [True, False]


def test_a_slash_elsewhere_is_a_slash(folder: Path) -> None:
    assert offered("photo.jpg and/", folder) == []
    assert offered("/report to", folder) == []


def test_at_offers_files_folders_first_hidden_ones_not(folder: Path) -> None:
    assert offered("make @", folder) == [
        ("holiday/", "@holiday/"),
        ("my photo.jpg", '"my photo.jpg" '),
        ("Painting.png", "Painting.png "),
        ("photo.jpg", "photo.jpg "),
    ]


def test_it_replaces_the_word_from_its_at_on(folder: Path) -> None:
    found = complete("make @pho", COMMANDS, folder)
    assert found is not None and found.start == len("make ")
    assert [option.insert for option in found.options] == ["photo.jpg "]


def test_case_does_not_matter(folder: Path) -> None:
    assert offered("@pain", folder) == [("Painting.png", "Painting.png ")]


def test_a_folder_leads_on_inside(folder: Path) -> None:
    assert offered("@holiday/", folder) == [("holiday/beach.jpg", "holiday/beach.jpg ")]


def test_hidden_files_and_absolute_paths_for_those_who_ask(folder: Path) -> None:
    assert offered("@.h", folder) == [(".hidden.jpg", ".hidden.jpg ")]
    assert offered(f"@{folder}/pho", Path("/")) == [(f"{folder}/photo.jpg", f"{folder}/photo.jpg ")]


def test_a_mail_address_and_a_folder_that_is_not_there_offer_nothing(folder: Path) -> None:
    assert offered("write to me@example", folder) == []
    assert offered("@nowhere/x", folder) == []


def test_a_name_is_offered_whatever_its_form_and_found_again_by_what_is_inserted(tmp_path: Path) -> None:
    names = [
        unicodedata.normalize("NFD", "바다.jpg"),
        os.fsdecode("바람.jpg".encode("cp949")),
        """바 "b" it's.jpg""",
        "바\u202egpj.jpg",
    ]
    for name in names:
        (tmp_path / name).touch()
    found = complete("paint @바", COMMANDS, tmp_path)
    assert found is not None and len(found.options) == len(names)
    for option in found.options:
        option.insert.encode("utf-8")
        (named,) = paths.find(clauses.normal(f"paint {option.insert}"), tmp_path)
        assert named.exists and str(named.path) in names
