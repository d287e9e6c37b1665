"""A watched folder: half-written files wait, what was made is made once, and one bad file stops nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.errors import BadInput, Missing
from autostyle.report.recipe import Original, Recipe, RecipeStyle
from autostyle.use_cases import watching
from autostyle.use_cases.watching import ArrivedFile, WatchedFolder, watch

RECIPE = Recipe(
    method="adain",
    params={},
    size=64,
    content=Original(name="photo.png"),
    styles=(RecipeStyle(name="paint.png"),),
)


Between = Callable[[int], object]


class Folder:
    """A folder that is watched, with a clock that stands still until it is moved."""

    def __init__(self, root: Path) -> None:
        self.inside, self.out = root / "in", root / "out"
        self.inside.mkdir()
        self.now = 100.0
        self.painted: list[str] = []
        self.heard: list[tuple[str, Any]] = []
        self.fails: Callable[[ArrivedFile], None] = lambda one: None

    def put(self, name: str, data: bytes = b"picture", at: int = 1) -> Path:
        path = self.inside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, ns=(at, at))
        return path

    def watched(self, **more: Any) -> WatchedFolder:
        return WatchedFolder(self.inside, self.out, more.pop("recipe", RECIPE), clock=lambda: self.now, **more)

    def paint(self, one: ArrivedFile) -> dict[str, Any]:
        self.fails(one)
        self.painted.append(one.target.relative_to(self.out).as_posix())
        one.target.parent.mkdir(parents=True, exist_ok=True)
        one.target.write_bytes(b"made")
        return {"images": [{"input": str(one.source), "image": str(one.target)}], "failed": []}

    def run(
        self, watched: WatchedFolder, looks: int = 0, between: Callable[[int], None] = lambda look: None
    ) -> list[Any]:
        """Watch for some looks, or until all is made; ``between`` is what happens before each further look."""
        done = 0

        def wait(seconds: float) -> bool:
            nonlocal done
            if seconds:
                done += 1
                self.now += seconds
                between(done)
            return bool(looks) and done >= looks

        return watch(watched, self.paint, lambda what, about: self.heard.append((what, about)), wait, once=not looks)

    def names(self, what: str) -> list[str]:
        return [Path(about["input"]).name for kind, about in self.heard if kind == what]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_what_is_there_is_made_with_its_folders_and_nothing_twice(folder: Folder) -> None:
    for name in ("b.jpg", "trip/a.png", "trip/c.heic", ".hidden.png", "notes.txt", ".thumbs/x.png"):
        folder.put(name)
    first = folder.watched()
    assert folder.run(first) == [] and first.skipped == {}
    assert folder.painted == ["b.jpg", "trip/a.png", "trip/c.heic.png"]
    (folder.out / "b.jpg").unlink()  # taken away by whoever waits for results
    again = folder.watched()
    folder.run(again)
    assert len(folder.painted) == 3 and list(again.skipped.values()) == ["made"] * 3


def test_a_file_that_grows_is_waited_for(folder: Folder) -> None:
    def between(look: int) -> None:
        if look < 4:
            folder.put("a.png", b"x" * look, at=look)

    folder.put("a.png", b"")
    folder.run(folder.watched(settle=3.0), looks=8, between=between)
    made = [folder.now for what, _ in folder.heard if what == "made"]
    assert folder.painted == ["a.png"] and len(made) == 1
    assert (folder.out / "a.png").is_file() and folder.heard[0][0] == "made"


def test_one_that_cannot_be_read_is_named_once_and_tried_when_it_changes(folder: Folder) -> None:
    def fails(one: ArrivedFile) -> None:
        if one.source.read_bytes() == b"half":
            raise BadInput("{path} is damaged", "", path=one.source.name)

    folder.fails = fails
    folder.put("a.png", b"half")
    folder.put("b.png")
    left = folder.run(folder.watched(), looks=9, between=lambda look: look == 5 and folder.put("a.png", b"whole", 2))
    assert left == [], "what was made after all is no failure"
    assert folder.painted == ["b.png", "a.png"] and folder.names("failed") == ["a.png"]


def test_a_picture_that_has_changed_is_made_again_over_what_was_made_of_it(folder: Folder) -> None:
    folder.put("a.png")
    arrived: list[ArrivedFile] = []
    folder.fails = arrived.append
    folder.run(folder.watched(), looks=9, between=lambda look: look == 4 and folder.put("a.png", b"edited", 2))
    folder.put("a.png", b"edited again", 3)
    folder.run(folder.watched())
    assert [one.again for one in arrived] == [False, True, True]


def test_what_no_watch_made_is_left_alone_unless_forced(folder: Folder) -> None:
    folder.put("a.png")
    folder.out.mkdir()
    (folder.out / "a.png").write_bytes(b"mine")
    watched = folder.watched()
    folder.run(watched)
    assert folder.painted == [] and list(watched.skipped.values()) == ["exists"]
    folder.run(folder.watched(force=True), looks=5)
    assert folder.painted == ["a.png"]


def test_another_recipe_makes_its_own(folder: Folder) -> None:
    folder.put("a.png")
    folder.run(folder.watched())
    (folder.out / "a.png").unlink()
    folder.run(folder.watched(recipe=RECIPE.model_copy(update={"params": {"alpha": 0.5}})))
    assert folder.painted == ["a.png", "a.png"]


def test_what_lacks_something_is_tried_again_after_ever_longer_pauses(folder: Folder) -> None:
    full = True

    def fails(one: ArrivedFile) -> None:
        if full and one.source.name == "b.png":
            raise Missing("no space is left", "")

    def between(look: int) -> None:
        nonlocal full
        full = look < 60

    folder.fails = fails
    folder.put("a.png")
    folder.put("b.png")
    folder.run(folder.watched(), looks=130, between=between)
    assert folder.painted == ["a.png", "b.png"]
    assert [about["again"] for what, about in folder.heard if what == "later"] == [30.0, 60.0, 120.0]


def test_a_file_that_fails_again_is_counted_once(folder: Folder) -> None:
    def fails(one: ArrivedFile) -> None:
        if one.source.name == "b.png":
            raise BadInput("{path} is damaged", "", path=one.source.name)

    folder.fails = fails
    folder.put("a.png")
    folder.put("b.png")
    left = folder.run(folder.watched(), looks=9, between=lambda look: look == 4 and folder.put("b.png", b"worse", 2))
    assert folder.names("failed") == ["b.png", "b.png"] and [Path(one["input"]).name for one in left] == ["b.png"]
    assert [about for what, about in folder.heard if what == "idle"] == [{"made": 1, "failed": 1}] * 2


def test_what_lacks_for_the_first_lacks_for_all_and_ends_it(folder: Folder) -> None:
    def fails(one: ArrivedFile) -> None:
        raise Missing("no weights are here", "get them")

    folder.fails = fails
    folder.put("a.png")
    with pytest.raises(Missing, match="no weights"):
        folder.run(folder.watched())


def test_a_folder_that_goes_away_is_waited_for(folder: Folder) -> None:
    def between(look: int) -> None:
        if look == 2:
            folder.inside.rename(folder.inside.with_name("away"))
        elif look == 5:
            folder.inside.with_name("away").rename(folder.inside)

    folder.run(folder.watched(), looks=8, between=between)
    assert [what for what, _ in folder.heard] == ["lost", "back"]


def test_results_inside_of_the_folder_are_no_pictures_that_come(folder: Folder) -> None:
    folder.out = folder.inside / "styled"
    folder.put("a.png")
    folder.run(folder.watched())
    folder.run(folder.watched())
    assert folder.painted == ["a.png"]


def test_folders_that_cannot_be_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="there is no folder"):
        watching.check(tmp_path / "nowhere", tmp_path / "out")
    with pytest.raises(BadInput, match="is a file"):
        watching.check(tmp_path / "in", tmp_path / "file")
    with pytest.raises(BadInput, match="lies in"):
        watching.check(tmp_path / "in", tmp_path)
    with (
        watching.held(tmp_path / "out"),
        pytest.raises(BadInput, match="another watch"),
        watching.held(tmp_path / "out"),
    ):
        pass
