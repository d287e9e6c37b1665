"""What may not be imported is not imported: shown in fresh processes, where no other test has left anything."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEAVY = ["torch", "torchvision", "optuna", "diffusers", "transformers", "litellm", "open_clip", "plotly"]
ROOT = Path(__file__).parents[1]


def heavy_after(code: str, heavy: list[str] = HEAVY) -> list[str]:
    """Those of ``heavy`` that a fresh Python has loaded after ``code``, whatever ``code`` printed."""
    watch = f"import sys, json; sys.stderr.write(json.dumps([m for m in {heavy} if m in sys.modules]))"
    script = f"try:\n    {code}\nexcept SystemExit as end:\n    assert not end.code, end.code\n{watch}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stderr.splitlines()[-1])
    assert isinstance(found, list)
    return found


def test_registry_table_and_plan_load_nothing_heavy() -> None:
    code = "import autostyle.methods.registry, autostyle.plan; from autostyle import decision; "
    assert heavy_after(code + "decision.choose(decision.Situation())") == []


@pytest.mark.parametrize("words", [["methods", "--json"], ["methods", "gatys"], ["--version"]])
def test_the_command_line_loads_nothing_heavy_at_start(words: list[str]) -> None:
    assert heavy_after(f"from autostyle.cli import main; main({words!r})") == []


def test_help_loads_nothing_that_only_commands_need() -> None:
    """It is asked for often, and each of these takes a tenth of its time or more."""
    commands_need = [*HEAVY, "pydantic", "asyncio", "textual", "numpy", "platformdirs", "jinja2", "sqlalchemy"]
    commands_need += ["mcp", "aiohttp", "textual_serve"]
    assert heavy_after("from autostyle.cli import main; main(['--help'])", commands_need) == []


def test_the_package_alone_loads_nothing_and_its_names_come_when_used() -> None:
    """Every process of ours imports it."""
    assert heavy_after("import autostyle; autostyle.__version__", [*HEAVY, "pydantic", "numpy", "PIL"]) == []
    every = "from autostyle import *; import autostyle; assert {*autostyle.__all__} <= {*globals()} & {*dir(autostyle)}"
    assert heavy_after(every) == []
    assert heavy_after("import autostyle; assert issubclass(autostyle.errors.BadInput, Exception)") == []


def test_pictures_records_and_reports_load_nothing_heavy() -> None:
    assert heavy_after("import autostyle.codecs.image, autostyle.tuning.record, autostyle.report.html") == []


def test_what_a_worker_computes_with_loads_torch_and_no_other_library_of_models() -> None:
    """Each of these takes longer to import than a trial of a fast method takes to run."""
    modules = "autostyle.scoring.scorer, autostyle.methods.gatys.run, autostyle.methods.adain.run"
    assert heavy_after(f"import {modules}") == ["torch"]


def test_no_part_of_the_agent_and_of_what_opens_it_loads_anything_heavy() -> None:
    """A language model's library comes with its first request."""
    every = "import autostyle.agent, autostyle.tui, autostyle.mcp_server, importlib, pkgutil; "
    every += "rooms = (autostyle.agent, autostyle.tui, autostyle.mcp_server); "
    every += "modules = [m for r in rooms for m in pkgutil.walk_packages(r.__path__, r.__name__ + '.')]; "
    every += "assert len(modules) > 100; [importlib.import_module(m.name) for m in modules]"
    assert heavy_after(every) == []


def test_the_first_paint_waits_for_no_numbers_and_no_rules() -> None:
    """NumPy, the methods and the rules of understanding take longer to import than the screen takes to draw."""
    late = ["numpy", "autostyle.methods.registry", "autostyle.agent.understanding.lexicon"]
    code = "import autostyle.cli.app, autostyle.tui.app, sys; from autostyle.tui.widgets.trials_table import _headed; "
    code += f"assert _headed('ko', 'style'); found = {{*{late}}} & {{*sys.modules}}; "
    assert heavy_after(code + "assert not found, found") == []


def test_the_watch_itself_sees_what_is_loaded() -> None:
    assert heavy_after("sys = __import__('sys'); sys.modules['optuna'] = sys") == ["optuna"]


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of a module's."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path: Path) -> Iterator[str]:
    """The top-level packages that a module imports, anywhere in it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_package_that_is_imported_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *project["optional-dependencies"]["graphics"],
        *project["optional-dependencies"]["testing"],
        *project["optional-dependencies"]["mcp"],
        *project["optional-dependencies"]["serve"],
        *project["optional-dependencies"]["onnx"],
    ]
    asked = {canonicalize_name(Requirement(line).name) for line in lines}
    providers = metadata.packages_distributions()

    undeclared = {
        (name, str(path.relative_to(ROOT)))
        for path in (ROOT / "autostyle").rglob("*.py")
        for name in imported(path)
        if name not in {"autostyle", "_typeshed", *sys.stdlib_module_names}  # _typeshed lives in type checkers only
        and not {canonicalize_name(provider) for provider in providers.get(name, [])} & asked
    }

    assert undeclared == set()


def test_nothing_is_ever_unpickled() -> None:
    for path in (*(ROOT / "autostyle").rglob("*.py"), *(ROOT / "training").rglob("*.py")):
        for node in nodes(path):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            where = f"{path}:{getattr(node, 'lineno', 0)}"
            assert called not in {"pickle.load", "pickle.loads", "pickle.Unpickler", "joblib.load"}, where
            assert called != "torch.load" or "weights_only=True" in ast.unparse(node), where
