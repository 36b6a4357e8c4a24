"""Resolved messages of every kind, with names that would do harm where they are not made inert."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.chat.capabilities import Capabilities
from bot.chat.message import (
    Attachment,
    Block,
    Card,
    Choices,
    Fact,
    Fields,
    Heading,
    Items,
    Link,
    Mention,
    Message,
    Option,
    Paragraph,
    Span,
)  # fmt: skip
from bot.i18n.text import Words

HOSTILE = (
    "*_<>&@", "<!channel>", "<!here>", "@room", "@everyone", "<@U0ANNA>", "@anna:localhost", "%s",
    "[x](http://x.nl)", "<b>vet</b>", "`code`", "~weg~", "> citaat", "# kop", "\u202eomgekeerd",
    "ver\u200bborgen", "a\u2066b\u2069c", "🦊👩\u200d👩\u200d👧", "Zoë Ŝtrange", "\x1b[31mrood",
    "&lt;&amp;", "http://kwaad.example/x", "jan@kwaad.example", "\\*", "${x}", "{{x}}",
    "1 Ja   2 Nee", "/koffie", "!help", "<script>", "&#64;room",
)  # fmt: skip

words = st.sampled_from(HOSTILE) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=60
)
long_words = st.builds(" ".join, st.lists(words, min_size=1, max_size=12))
word_spans = st.builds(Words, text=words)
spans: st.SearchStrategy[Span] = st.one_of(
    word_spans,
    st.builds(
        Link, url=st.sampled_from(["https://example.nl/a?b=c&d", "mailto:a@example.nl"]), label=word_spans
    ),
    st.builds(Mention, official=st.just(7), name=words, user=st.none()),
)
lines = st.lists(spans, min_size=1, max_size=3).map(tuple)


def options(most: int) -> st.SearchStrategy[tuple[Option, ...]]:
    label = st.builds(Words, text=st.text("abcdefghij <&*", min_size=1, max_size=20).filter(str.strip))
    one = st.builds(Option, label=label, style=st.sampled_from(["normal", "primary", "danger"]))
    return st.lists(one, min_size=1, max_size=most).map(tuple)


blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, span=word_spans),
    st.builds(Paragraph, spans=lines),
    st.builds(Paragraph, spans=st.builds(Words, text=long_words).map(lambda one: (one,))),
    st.builds(Items, items=st.lists(lines, min_size=1, max_size=4).map(tuple)),
    st.builds(
        Fields,
        facts=st.lists(st.builds(Fact, label=word_spans, value=lines), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Card, title=word_spans, lines=st.lists(lines, max_size=3).map(tuple), options=options(3)),
    st.builds(Choices, options=options(7), public=st.booleans()),
    st.builds(
        Attachment,
        name=st.just("koffie.ics"),
        media_type=st.just("text/calendar"),
        content=st.just(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ),
)


def with_tokens(message: Message) -> Message:
    """Each option gets a token, as when the message is posted."""
    numbers = iter(range(1, len(message.options) + 1))

    def tokened(block: Block) -> Block:
        if not isinstance(block, Card | Choices):
            return block
        held = tuple(one.model_copy(update={"token": f"{'a' * 32}.{next(numbers)}"}) for one in block.options)
        return block.model_copy(update={"options": held})

    return message.model_copy(update={"blocks": tuple(map(tokened, message.blocks))})


messages = st.builds(
    lambda found: with_tokens(Message(blocks=tuple(found))), st.lists(blocks, min_size=1, max_size=6)
)
capabilities = st.builds(
    Capabilities,
    buttons=st.booleans(),
    files=st.booleans(),
    most_characters=st.none() | st.integers(100, 4000),
    most_options=st.none() | st.integers(1, 10),
)
