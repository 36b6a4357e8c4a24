"""What a topic (opgave) is, and the part that an official can have in it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import SubQuestionId, TopicId
from bot.domain.layer import Layer

MOST_SUB_QUESTIONS = 6


class Part(StrEnum):
    """An official's part in a topic."""

    LEADS = "leads"
    WORKS_ON = "works_on"
    FOLLOWS = "follows"


class Phase(StrEnum):
    """How far the work on a topic is; chooses what one starts to talk about."""

    EXPLORE = "verkennen"
    DEVELOP = "ontwikkelen"
    CARRY_OUT = "uitvoeren"
    ROUND_OFF = "afronden"


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A part of a topic by which officials look up and are introduced: 'vergunningen'."""

    id: SubQuestionId
    label: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A concrete task with its words in Dutch and English, and the codes of the sub themes above it.

    ``sensitive``: no names before two yeses. ``koepels``: umbrella organisations take part. ``added`` are
    words for it that were added here; a ``local`` one was proposed here and is in no register.
    """

    id: TopicId
    slug: str
    label_nl: str
    label_en: str = ""
    synonyms_nl: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = ()
    sensitive: bool = False
    koepels: bool = False
    phase: Phase = Phase.EXPLORE
    sub_questions: tuple[SubQuestion, ...] = ()
    added: tuple[str, ...] = ()
    local: bool = False

    def label(self, language: str) -> str:
        """Its name in a language; the Dutch one where it has no other."""
        return (self.label_en or self.label_nl) if language == "en" else self.label_nl

    @property
    def labels(self) -> tuple[str, ...]:
        """Its names in both languages."""
        return tuple(label for label in (self.label_nl, self.label_en) if label)

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Other words for it in both languages."""
        return self.synonyms_nl + self.synonyms_en + self.added
