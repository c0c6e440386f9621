"""Tests that messages become what Slack takes, with nothing lost, and that words stay words."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.blocks import PER_MESSAGE, WEIGHT, blocks, parts
from bot.adapters.slack.wording import Wording, escaped, pieces
from bot.calls import Reader
from bot.chat import (
    Account,
    Actions,
    CommandRef,
    Day,
    Fields,
    Items,
    Link,
    Message,
    Moment,
    Option,
    Paragraph,
    Person,
    Place,
    Quote,
    Rule,
    button,
    choice,
)
from bot.i18n import Text, plain, t
from tests.fakes.slack.checks import wrong_blocks

AT = datetime(2026, 12, 2, 9, tzinfo=UTC)
NAIROBI = Wording(Reader("en", "Africa/Nairobi"), "T1")
BRUNO = Person("Bruno", (Account("discord", "1", "2"), Account("slack", "T1", "U2")))
NOON = "Wed, Dec 2, 2026, 12:00\u202fPM (Nairobi)"
TOKENS = ["word ", "&amp;", "<@U123456>", "<https://a.org|a b c>", "\n", "x" * 40]
EVIL = "<!channel> <@U1> <https://evil.example|here> & *bold* :tada: @everyone"


def marked(value: Any, wording: Wording = NAIROBI) -> str:
    """Word one value."""
    return wording.mrkdwn(t("{value}", value=value))


def said(message: Message) -> str:
    """Give all words of a message's blocks."""
    made = blocks(message, NAIROBI)
    texts = [text for block in made for text in (block.get("text"), *block.get("fields", ()))]
    return "\n".join(text["text"] for text in texts if text)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            Moment(AT),
            "<!date^1796202000^{date_long}, {time}|Wed, Dec 2, 2026, 12:00\u202fPM (Nairobi)>",
        ),
        (
            Moment(AT, style="relative"),
            "<!date^1796202000^{ago}|Wed, Dec 2, 2026, 12:00\u202fPM (Nairobi)>",
        ),
        (Moment(AT, zone="Asia/Tokyo"), "Wed, Dec 2, 2026, 6:00\u202fPM (Tokyo)"),
        (Day(date(2026, 12, 2)), "Wed, Dec 2, 2026"),
        (Link("https://a.org/?x=1&y=2", "a|b>"), "<https://a.org/?x=1&amp;y=2|a/b&gt;>"),
        (Link("javascript:alert(1)", "a"), "a (javascript:alert(1))"),
        (Place("slack", "T1", "C1", "general"), "<#C1>"),
        (Place("discord", "1", "2", "general"), "#general"),
        (Place("slack", "T2", "C1", "general"), "#general"),
        (BRUNO, "Bruno"),
        (CommandRef("session", "plan"), "`/cop session plan`"),
        (CommandRef("me"), "`/cop me`"),
        (EVIL, EVIL.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    ],
)
def test_a_value_is_written_as_slack_reads_it(value: Any, words: str) -> None:
    assert marked(value) == words


def test_only_the_caller_sees_mentions_that_do_not_ring() -> None:
    assert marked(BRUNO, Wording(Reader(), "T1", ringing=None)) == "<@U2>"
    assert marked(BRUNO, Wording(Reader(), "T2", ringing=None)) == "Bruno"


def test_a_header_takes_no_markup_and_no_emoji() -> None:
    (header,) = blocks(Message(plain(EVIL)), NAIROBI)
    assert header["text"] == {"type": "plain_text", "text": EVIL, "emoji": False}


def test_what_is_said_for_notifications_is_escaped_too() -> None:
    (part,) = parts(Message(plain(EVIL), (Paragraph(plain(EVIL)),)), NAIROBI)
    assert "<" not in part.text


def test_nothing_looks_for_names_in_the_words() -> None:
    made = blocks(Message(blocks=(Paragraph(plain("#general")),)), NAIROBI)
    assert made[0]["text"]["verbatim"] is True


def whole() -> Message:
    """Make a message of everything."""
    options = tuple(Option(str(n), plain("x" * 100)) for n in range(130))
    menu = choice(t("Choose"), "toy.add", "colour", options, title="x")
    buttons = tuple(button(plain("y" * 100), "toy.add", n=n) for n in range(30))
    pairs = tuple((t("Name"), plain("z" * (3000 if n == 3 else 10))) for n in range(25))
    return Message(
        plain("w" * 200),
        (
            Fields(pairs),
            Rule(),
            Items((t("One"), t("Two")), numbered=True),
            Quote(plain("line\n" * 3000)),
            Paragraph(Text("")),
            Actions(buttons, (menu,)),
        ),
        buttons,
        (menu, choice(t("Empty"), "toy.add", "colour", ())),
    )


def test_a_message_of_everything_is_taken_by_slack() -> None:
    for part in parts(whole(), NAIROBI):
        assert wrong_blocks(part.blocks) == []
        assert 0 < len(part.text) <= 3000


def test_a_message_of_nothing_still_says_something() -> None:
    assert [part.text for part in parts(Message(), NAIROBI)] == ["…"]


def test_a_list_is_numbered_where_it_is_asked_for() -> None:
    assert said(Message(blocks=(Items((t("A"), t("B")), numbered=True),))) == "1. A\n2. B"
    assert said(Message(blocks=(Items((t("A"), t("B"))),))) == "• A\n• B"


def test_every_line_of_a_quote_is_quoted() -> None:
    assert said(Message(blocks=(Quote(plain("a\nb")),))) == ">a\n>b"


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=4000), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_whatever_is_said(texts: list[str]) -> None:
    message = Message(blocks=tuple(Paragraph(plain(text)) for text in texts))
    made = parts(message, NAIROBI)
    kept = "".join(b["text"]["text"] for part in made for b in part.blocks)
    assert "".join(kept.split()) == "".join("".join(map(escaped, texts)).split())
    assert all(len(part.blocks) <= PER_MESSAGE for part in made)


@given(
    st.lists(
        st.sampled_from(["word ", "&amp;", "<@U123456>", "<https://a.org|a b c>", "\n", "x" * 40])
    ),
    st.integers(25, 90),
)
@settings(max_examples=200, deadline=None)
def test_no_mention_or_sign_is_cut_in_two(tokens: list[str], limit: int) -> None:
    for piece in pieces("".join(tokens), limit):
        assert len(piece) <= limit
        assert not re.search(r"<[^>]*\Z|\A[^<]*>", piece)
        assert not re.search(r"&[a-z]*\Z|\Aa?m?p?;", piece)


def test_long_messages_are_divided_by_weight() -> None:
    message = Message(blocks=tuple(Paragraph(plain("x" * 2900)) for _ in range(9)))
    weights = [sum(len(b["text"]["text"]) for b in part.blocks) for part in parts(message, NAIROBI)]
    assert len(weights) == 3
    assert max(weights) <= WEIGHT
