"""What people install is whole: wheel, sdist and editable install carry the code, the prompts and the models."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROMPTS = sorted(path.name for path in (ROOT / "prompts").iterdir())
LOOK = """
import json, sys, site
installation, dependencies, names = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
site.addsitedir(installation)
sys.path += dependencies  # as plain folders: an editable autostyle among them stays out of sight
import autostyle
from autostyle import decision, resources
found = [resources.read(name) for name in names]
print(json.dumps({
    "package": autostyle.__file__,
    "paths": [r.path for r in found],
    "yours": [r.name for r in found if r.yours],
    "choice": decision.choose(decision.Situation()).method,
}))
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that is built from it; no isolated environment, hence no network."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=110)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel alone, without its dependencies, which are here already."""
    target = tmp_path_factory.mktemp("installed")
    pip_install(wheel, target)
    return target


def pip_install(what: Path, target: Path, *options: str) -> None:
    alone = ["--quiet", "--no-compile", "--no-deps", "--no-index", "--no-build-isolation", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *alone, *options, str(what)], check=True, timeout=60)


def look(installation: Path, cwd: Path) -> dict[str, object]:
    """What a fresh Python sees that knows nothing of the checkout but ``installation``."""
    dependencies = json.dumps(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}))
    command = [sys.executable, "-I", "-S", "-c", LOOK, str(installation), dependencies, json.dumps(PROMPTS)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert isinstance(seen, dict)
    return seen


def test_a_wheel_reads_the_prompts_it_carries(installed: Path, tmp_path: Path) -> None:
    seen = look(installed, tmp_path)

    assert seen["package"] == str(installed / "autostyle" / "__init__.py")
    assert seen["paths"] == [str(installed / "autostyle" / "prompts" / name) for name in PROMPTS]
    assert seen["choice"] == "gatys"


def test_a_users_override_wins_over_the_wheels_copy(installed: Path, own_settings: Path, tmp_path: Path) -> None:
    table = (ROOT / "prompts" / "decision_table.yaml").read_text(encoding="utf-8")
    mine = own_settings / "prompts" / "decision_table.yaml"
    mine.parent.mkdir()
    mine.write_text(
        table[: table.index("rows:")]
        + "rows: [{id: mine, when: {}, prefer: [adain], fallback: [], reason: I like it.}]\n"
    )

    seen = look(installed, tmp_path)

    assert (seen["yours"], seen["choice"]) == (["decision_table.yaml"], "adain")


def test_an_editable_install_reads_the_checkout(tmp_path: Path) -> None:
    pip_install(ROOT, tmp_path / "site", "--editable")

    seen = look(tmp_path / "site", tmp_path)

    assert seen["package"] == str(ROOT / "autostyle" / "__init__.py")
    assert seen["paths"] == [str(ROOT / "prompts" / name) for name in PROMPTS]


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    tracked = subprocess.run(["git", "ls-files", "autostyle", "prompts"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("no git checkout to compare with")
    wanted = {name if name.startswith("autostyle/") else f"autostyle/{name}" for name in tracked.stdout.splitlines()}

    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert wanted <= names
    assert {name.partition("/")[0] for name in names} == {"autostyle"}


def test_the_wheel_brings_the_command_and_the_licence(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    info = next(name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name)

    assert "autostyle = autostyle.cli:main" in archive.read(f"{info}/entry_points.txt").decode()
    assert "MIT License" in archive.read(f"{info}/licenses/LICENSE").decode()


def test_the_sdist_can_be_tested_and_demonstrated(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    wanted = {
        "Makefile",
        "constraints.txt",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "tests/conftest.py",
        "training/data.py",
    }
    assert wanted | {f"prompts/{name}" for name in PROMPTS} <= names
    assert not {name for name in names if name.startswith((".venv", "studies/")) and "examples" not in name}


def test_every_dependency_is_pinned_to_the_tested_version() -> None:
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]

    assert all(line.count("==") == 1 and "+" not in line and "/" not in line for line in pins)
    assert len({line.partition("==")[0].lower() for line in pins}) == len(pins)
