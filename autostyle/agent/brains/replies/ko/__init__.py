"""Korean; ``{name:을/를}`` is a value and the particle that fits it. An empty sentence leaves out a hint that is meant
for a language model."""

from __future__ import annotations

from autostyle.agent.brains.replies.ko.app import APP
from autostyle.agent.brains.replies.ko.closeup import CLOSEUP
from autostyle.agent.brains.replies.ko.files import FILES
from autostyle.agent.brains.replies.ko.fonts import FONTS
from autostyle.agent.brains.replies.ko.generators import GENERATORS
from autostyle.agent.brains.replies.ko.live import LIVE
from autostyle.agent.brains.replies.ko.methods import METHODS
from autostyle.agent.brains.replies.ko.model import MODEL
from autostyle.agent.brains.replies.ko.outside import SYSTEM, VALUES
from autostyle.agent.brains.replies.ko.scenes import SCENES
from autostyle.agent.brains.replies.ko.sound import SOUND
from autostyle.agent.brains.replies.ko.studies import MACHINE, STUDIES, TRAINING
from autostyle.agent.brains.replies.ko.titles import TITLES
from autostyle.agent.brains.replies.ko.weights import WEIGHTS
from autostyle.agent.brains.replies.ko.words import WORDS as WORDS
from autostyle.report.languages.ko.notes import NOTES
from autostyle.report.languages.ko.particles import Noun as Noun

SENTENCES = (
    FILES
    | NOTES
    | METHODS
    | WEIGHTS
    | STUDIES
    | TRAINING
    | MACHINE
    | MODEL
    | APP
    | CLOSEUP
    | GENERATORS
    | SCENES
    | SOUND
    | LIVE
    | FONTS
    | TITLES
    | VALUES
    | SYSTEM
)
