"""A study leans on what is too large to be copied: told by its bytes, read once, never followed for somebody else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle import fingerprints
from autostyle.cli import app
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput, Untrusted
from autostyle.jobs import studies
from autostyle.jobs.recipes import linked_beside
from autostyle.mediums import links
from autostyle.plan import MethodPlan, Plan
from autostyle.report import recipe as recipes
from autostyle.tuning import inputs
from autostyle.tuning.catalog import list_studies
from autostyle.tuning.load import load_record
from autostyle.tuning.runner import tune
from autostyle.tuning.study import hold_study
from autostyle.use_cases import files

HEAP = '''
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autostyle.codecs.image import save_image
from autostyle.mediums.files import shown
from autostyle.mediums.image.medium import DrawnPicture, ImageMedium
from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.methods.aids import NONE
from autostyle.methods.contract import ImageInputs, ignore

SPEC = MediumSpec(
    name="heap",
    one="heap",
    many="heaps",
    readable=(".heap",),
    writable=(".heap",),
    recognises_folder=lambda folder: (folder / "heap.txt").is_file(),
    scale=SizeRange("px", "long side", 32, 512, 64, 512, 512),
    best="heap.heap",
    kept=".heap",
    run={"heap": "heap:Heaps"},
    styles=("image",),
    borrows={"image": "Painted as a picture."},
)


@dataclass(frozen=True)
class Heap:
    """A file or a folder of which only the size is looked at."""

    path: Path
    notes = ()
    alpha = None
    bit_depth = 8


@dataclass(frozen=True)
class Drawn(DrawnPicture):
    def save(self, path, *, recipe=None, overwrite=False):
        path.write_bytes(self.sample.tobytes())
        return ()


class Heaps(ImageMedium):
    spec = SPEC

    def load(self, path):
        return Heap(path)

    def size(self, content):
        return 64

    def preview(self, content):
        return np.full((64, 64, 3), 0.5, np.float32)

    def inputs(self, content, style, aids=NONE):
        return ImageInputs(self.preview(content), style, aids=aids)

    def draw(self, method, content, order, place, on_iterate=ignore):
        prepared = method.prepare(self.inputs(content, order.style, order.aids), order.size)
        result = method.run(prepared, order.params, seed=order.seed, on_iterate=on_iterate)
        return Drawn(result.image, result.stopped, result.notes, content)

    def keep(self, path, made):
        path.write_bytes(made.tobytes())
        save_image(shown(path), made, overwrite=True)

    def still(self, made):
        return made
'''
LARGE = 250 * 2**20


@pytest.fixture(autouse=True)
def heap(install: Callable[..., Path]) -> None:
    """A medium of large files and of folders, as another package brings it."""
    install("heaps", {}, {"heap.py": HEAP}, {"heap": "heap:SPEC"})


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file over a limit that is as small."""
    monkeypatch.setattr(links, "LARGEST_COPY", 2**14)
    (tmp_path / "big one.heap").write_bytes(b"heap" + bytes(2**14))
    return tmp_path / "big one.heap"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is one work."""
    scene = tmp_path / "a scene"
    (scene / "parts").mkdir(parents=True)
    (scene / "heap.txt").write_text("two parts")
    for name in "ab":
        (scene / "parts" / name).write_text(name)
    return scene


@pytest.fixture
def asked(plan: Callable[..., Plan], large: Path) -> Callable[..., Plan]:
    """A plan of two trials on the large file."""

    def make(**fields: Any) -> Plan:
        return plan(**{"content": large, "medium": "heap", "final_size": 64, "trials": 2, **fields})

    return make


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read as a whole."""
    found: list[Path] = []
    whole = fingerprints.sha256

    def counted(path: Path) -> str:
        found.append(path)
        return whole(path)

    monkeypatch.setattr(fingerprints, "sha256", counted)
    fingerprints._digest.cache_clear()
    return found


def test_a_large_file_is_linked_and_read_once(
    asked: Callable[..., Plan], large: Path, home: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "LARGEST_COPY", 64 * 2**20)
    os.truncate(large, LARGE)  # 250 MB that take no room on the disk
    with hold_study(asked(), home) as (handle, _):
        assert handle.plan.content == Path("inputs/content.link")
        assert handle.input(handle.plan.content) == large
    assert sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) < 2**20
    assert (home / "s/inputs/content.preview.png").is_file()
    for again in (asked(), Plan.from_yaml((home / "s/plan.yaml").read_text()).placed(home / "s")):
        fingerprints._digest.cache_clear()  # another process
        with hold_study(again, home) as (handle, resumed):
            assert resumed and handle.input(handle.plan.content) == large
    assert reads.count(large) == 1

    os.utime(large, ns=(1, 1))
    for _ in range(2):
        fingerprints._digest.cache_clear()
        assert handle.input(handle.plan.content) == large, "it was touched, and is the same"
    assert reads.count(large) == 2


def test_what_is_gone_or_has_changed_ends_it_in_one_line(asked: Callable[..., Plan], large: Path, home: Path) -> None:
    with hold_study(asked(), home) as (handle, _):
        pass
    own = Plan.from_yaml((home / "s/plan.yaml").read_text()).placed(home / "s")
    moved = large.rename(large.with_name("moved.heap"))
    for act in (lambda: handle.input(Path("inputs/content.link")), lambda: hold_study(own, home).__enter__()):
        with pytest.raises(BadInput, match=r"big one\.heap is gone, and the study has no copy of it") as caught:
            act()
        assert "\n" not in caught.value.message and caught.value.hint
    with hold_study(asked(content=moved), home) as (handle, resumed):
        assert resumed and handle.input(handle.plan.content) == moved, "named where it is now, it goes on"

    with moved.open("r+b") as file:
        file.seek(1)
        file.write(b"x")
    with pytest.raises(BadInput, match=r"moved\.heap has changed since the study began"):
        handle.input(Path("inputs/content.link"))
    with pytest.raises(BadInput, match="the content picture differs"), hold_study(asked(content=moved), home):
        pass
    links.to(moved, "heap").write(home / "s/inputs/content.link")
    with pytest.raises(BadInput, match=r"content\.link is no link of this study"):
        handle.input(Path("inputs/content.link"))
    assert linked_beside(home / "s/recipe.json") == {}, "nor for a recipe of it"


def test_what_was_touched_is_followed_where_that_cannot_be_noted(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "content.link"
    links.to(large, "heap").write(file)
    os.utime(large, ns=(1, 1))

    def refuse(*_: object) -> None:
        raise BadInput("it may not be written")

    monkeypatch.setattr(links, "atomic_write_text", refuse)
    assert links.follow(file) == large


@pytest.mark.slow
def test_a_folder_is_one_content_and_goes_through_a_search(
    asked: Callable[..., Plan], folder: Path, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert files.contents([folder]) == files.expand_folders([folder]) == (folder,)
    record = tune(asked(content=folder), home, offline=True, device="cpu", runtime="fake_runtime:make")
    assert record.count("complete") == 2 and (home / "s/heap.heap").is_file()
    said = "a scene (0 MB) is kept where it is: the study has a link, no copy"
    assert said in record.notes

    summary = studies.report(home, "s", None, tmp_path / "out", overwrite=False)
    assert summary["trials"]["complete"] == 2
    entry = {"file": "inputs/content.link", "name": "a scene", "bytes": 11, "sha256": fingerprints.digest(folder)}
    assert json.loads((tmp_path / "out/manifest.json").read_text())["elsewhere"] == [entry]
    assert said in (tmp_path / "out/report.md").read_text()
    assert not (tmp_path / "out/inputs/content.link").exists(), "a report names no path"
    assert str(folder) not in "".join(f.read_text() for f in (tmp_path / "out").glob("*.[jm]*"))
    assert (tmp_path / "out/inputs/content.preview.png").is_file()

    (study,) = list_studies(home)
    assert study.elsewhere == (str(folder),) and study.note == ""
    assert app.run(["studies", "--home", str(home)]) == 0
    assert "made from" in " ".join(capsys.readouterr().out.split())

    recipe = recipes.load(tmp_path / "out/recipe.json")
    assert (recipe.content.name, recipe.content.sha256) == ("a scene", entry["sha256"])
    assert linked_beside(home / "s/recipe.json") == {entry["sha256"]: folder}
    (folder / "parts" / "a").write_text("b")
    assert linked_beside(home / "s/recipe.json") == {}


def test_a_folder_is_told_by_names_and_bytes(folder: Path, tmp_path: Path) -> None:
    first = fingerprints.digest(folder)
    shutil.copytree(folder, tmp_path / "copy")
    assert fingerprints.digest(tmp_path / "copy") == first
    (tmp_path / "copy/parts/b").rename(tmp_path / "copy/parts/c")
    assert fingerprints.digest(tmp_path / "copy") != first
    (tmp_path / "copy/parts/c").unlink()
    (tmp_path / "copy/parts/b").symlink_to(folder / "parts/b")
    with pytest.raises(BadInput, match="parts/b is a link"):
        fingerprints.digest(tmp_path / "copy")


def test_what_somebody_else_linked_is_not_opened(
    asked: Callable[..., Plan], large: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hold_study(asked(), home):
        pass
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "other"))
    for name in ("follow", "stamp", "digest"):
        monkeypatch.setattr(links, name, lambda path: pytest.fail(f"{path} was looked at"))

    assert studies.report(home, "s", None, None, overwrite=False)["trials"]["total"] == 0
    assert load_record(home, "s").elsewhere[0]["name"] == "big one.heap"
    assert list_studies(home)[0].elsewhere == (str(large),)
    assert linked_beside(home / "s/recipe.json") == {}
    own = Plan.from_yaml((home / "s/plan.yaml").read_text()).placed(home / "s")
    with pytest.raises(Untrusted):
        tune(own, home, offline=True, device="cpu", runtime="fake_runtime:make")
    (home / "autostyle.db").unlink()
    for elsewhere in (home, tmp_path / "mine"):  # the same plan in a home that has no such study
        with pytest.raises(BadInput, match=r"content\.link is a link of a study"), hold_study(own, elsewhere):
            pass


@pytest.mark.parametrize(
    "changes",
    [{"path": "relative.heap"}, {"path": "/a\nb"}, {"sha256": "0"}, {"bytes": "many"}, {"medium": "../x"}, {"more": 1}],
)
def test_a_link_that_says_something_else_is_none(large: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    file = tmp_path / "content.link"
    links.to(large, "heap").write(file)
    assert links.read(file).name == "big one.heap"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    assert links.read_link(file) is None
    with pytest.raises(BadInput, match=r"content\.link is no link of a study"):
        links.follow(file)


def test_a_large_aid_and_a_large_style_are_linked_too(
    plan: Callable[..., Plan], home: Path, pictures: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(links, "LARGEST_COPY", pictures[1].stat().st_size - 1)
    lora = tmp_path / "brand.safetensors"
    lora.write_bytes(bytes(2**20))
    small = tmp_path / "small.png"
    save_image(small, np.zeros((48, 64, 3), np.float32))
    made = plan(content=small, methods=(MethodPlan(name="style_lora"),), aids={"lora": (lora,)})
    with hold_study(made, home) as (handle, _):
        assert handle.plan.files == tuple(
            Path("inputs", name) for name in ("content.png", "style-1.link", "aid-lora-1.link")
        )
        assert [handle.input(path).name for path in handle.plan.files[1:]] == ["swirl.png", "brand.safetensors"]
    record = load_record(home, "s")
    assert [entry["name"] for entry in record.elsewhere] == ["swirl.png", "brand.safetensors"]
    assert record.aids["lora"][0]["name"] == "brand.safetensors"
    assert inputs.sources(home / "s") == ("small.png", "swirl.png")
    assert studies.report(home, "s", None, None, overwrite=False)["trials"]["total"] == 0
    assert "style-1.preview.png" in (home / "s/report.md").read_text()
