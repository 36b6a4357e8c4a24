"""Which sub-question somebody means: 'stikstof vergunningen waterschap'."""

from dataclasses import dataclass

from bot.domain.lookup import windows
from bot.domain.lookup_topic import TopicIndex
from bot.domain.topic import SubQuestion, Topic
from bot.domain.words import stem, stems, tokens

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """A sub-question that the words may name; ``rest`` are the words without it."""

    topic: Topic
    part: SubQuestion
    rest: str


def parts_in(words: str, topics: TopicIndex) -> list[Meant]:
    """The sub-questions that stand in these words, the longest first; nothing is read where none has any."""
    named = [(topic, part, stems(part.label)) for topic in topics.with_parts for part in topic.sub_questions]
    if not named:
        return []
    said = tokens(words)
    found: list[Meant] = []
    for start, end in windows(len(said), _LONGEST):
        inner = [stem(word) for word in said[start:end]]
        rest = " ".join((*said[:start], *said[end:]))
        found += [Meant(topic, part, rest) for topic, part, label in named if label == inner]
    return found
