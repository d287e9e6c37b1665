"""Style transfer that tunes itself: name a photograph and a painting, get the best trade-offs between the two.

    from autostyle import stylize, tune, load_study

    stylize("photo.jpg", "painting.jpg").save("out.png")        # one run
    study = tune("photo.jpg", "painting.jpg", trials=16)        # a search: its best trade-offs, and a report
    study.best.save("best.png")
    load_study(study.name).front                                # all of it is kept under ./studies

Pictures are given as paths, as NumPy arrays or as PIL pictures. Results have ``image`` (an array), ``scores`` and
``save``, and show themselves in a notebook. The work happens in processes of its own: nothing is printed, and torch is
not imported into yours. What goes wrong is an ``autostyle.errors.AutostyleError`` with a hint.

The settings are those of the command line: ``config.toml``, ``autostyle.toml`` here, ``AUTOSTYLE_*``.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers read it; importing typing would be most of the time that this takes
if TYPE_CHECKING:
    from autostyle.api.listing import list_methods as list_methods
    from autostyle.api.listing import list_studies as list_studies
    from autostyle.api.results import Result as Result
    from autostyle.api.results import Results as Results
    from autostyle.api.runs import apply as apply
    from autostyle.api.runs import stylize as stylize
    from autostyle.api.searches import Search as Search
    from autostyle.api.studies import Study as Study
    from autostyle.api.studies import load_study as load_study
    from autostyle.api.studies import tune as tune

__version__ = "0.1.0"

__all__ = [
    "Result",
    "Results",
    "Search",
    "Study",
    "apply",
    "list_methods",
    "list_studies",
    "load_study",
    "stylize",
    "tune",
]

_HOME = {
    "Result": "api.results",
    "Results": "api.results",
    "Search": "api.searches",
    "Study": "api.studies",
    "apply": "api.runs",
    "list_methods": "api.listing",
    "list_studies": "api.listing",
    "load_study": "api.studies",
    "stylize": "api.runs",
    "tune": "api.studies",
}
"""Name -> module: imported with the first use, for every process of ours imports this package."""


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "errors":
        return import_module("autostyle.errors")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
