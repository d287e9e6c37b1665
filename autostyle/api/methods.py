"""The methods there are."""

from __future__ import annotations

from autostyle.api import notebook
from autostyle.planning.listing import MethodInfo as MethodInfo
from autostyle.planning.listing import listed


class Methods(tuple[MethodInfo, ...]):
    """Methods, in order; in a notebook, a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return notebook.methods(self)


def list_methods() -> Methods:
    """The methods, built and planned: what they are for, their parameters, and whether they can run here.

    >>> [method.name for method in list_methods() if method.available][:2]
    ['gatys', 'adain']
    """
    return Methods(listed())
