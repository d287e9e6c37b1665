"""English."""

from __future__ import annotations

from importlib.resources import files

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages.en import amounts, look, names, numbers, roles, talk
from autostyle.agent.understanding.languages.en.words import English

GRAMMAR = Grammar(
    words=files("autostyle.agent.understanding.languages.en") / "words.yaml",
    finder=English.of,
    letters=Pattern("[a-z]"),
    number=(numbers.number,),
    budget=amounts.BUDGET,
    going_on=amounts.GOING_ON,
    sizes=amounts.SIZES,
    shares=amounts.SHARES,
    paths=names.PATHS,
    saving=names.SAVING,
    looks=names.LOOKS,
    roles=roles.ROLES,
    wishes=look.WISHES,
    masks=look.MASKS,
    leakage=look.LEAKAGE,
    prompt=look.PROMPT,
    methods=names.METHODS,
    settings=amounts.SETTINGS,
    followups=talk.FOLLOWUPS,
    talk=talk.TALK,
    unheard=talk.UNHEARD,
    claims=talk.CLAIMS,
)
