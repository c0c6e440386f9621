"""Tests that messages become what Slack takes, with nothing lost, and that words stay words."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.slack.blocks import PER_MESSAGE, WEIGHT, blocks, parts
from bot.adapters.slack.wording import Leaf, SlackWording, divided, escaped, marked, words
from bot.chat import (
    Account,
    Actions,
    CommandRef,
    Context,
    Day,
    Fields,
    File,
    Heading,
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
from bot.i18n import Text, joined, plain, t
from bot.protocol import Reader
from tests.fakes.slack.checks import wrong_blocks
from tests.fakes.slack.seen import seen

AT = datetime(2026, 12, 2, 9, tzinfo=UTC)
NAIROBI = SlackWording(Reader("en", "Africa/Nairobi"), "T1")
BRUNO = Person("Bruno", (Account("discord", "1", "2"), Account("slack", "T1", "U2")))
STAMP = int(AT.timestamp())
NOON = "Wed 2 Dec 2026, 12:00 (Nairobi)"
TOKYO = "Wed 2 Dec 2026, 18:00 (Tokyo)"
URL = "https://a.org/?x=1&y"
EVIL = "<!channel> <@U1> <https://evil.example|here> & *bold* :tada: @everyone"


def at_noon(form: str) -> tuple[Leaf, str]:
    """Give the element and the markup of that noon."""
    leaf = {"type": "date", "timestamp": STAMP, "format": form, "fallback": NOON}
    return leaf, f"<!date^{STAMP}^{form}|{NOON}>"


def said(message: Message) -> str:
    """Give all words of a message's blocks."""
    return seen(blocks(message, NAIROBI))


def only(value: Any, wording: SlackWording = NAIROBI) -> Leaf:
    """Word one value as an element of rich text."""
    (leaf,) = wording.leaves(plain(value))
    return leaf


@pytest.mark.parametrize(
    ("value", "element", "markup"),
    [
        (Moment(AT), *at_noon("{date_long}, {time}")),
        (Moment(AT, style="relative"), *at_noon("{ago}")),
        (Moment(AT, style="hour"), *at_noon("{time}")),
        (Moment(AT, zone="Asia/Tokyo"), words(TOKYO), TOKYO),
        (Moment(AT, zone="Asia/Tokyo", style="hour"), words("18:00"), "18:00"),
        (Day(date(2026, 12, 2)), words("Wed 2 Dec 2026"), "Wed 2 Dec 2026"),
        (
            Link(URL, "a|b>"),
            {"type": "link", "url": URL, "text": "a|b>"},
            "<https://a.org/?x=1&amp;y|a/b&gt;>",
        ),
        (
            Link("https://a.org"),
            {"type": "link", "url": "https://a.org"},
            "<https://a.org|https://a.org>",
        ),
        (
            Link("javascript:alert(1)", "a"),
            words("a (javascript:alert(1))"),
            "a (javascript:alert(1))",
        ),
        (Place("slack", "T1", "C1", "general"), {"type": "channel", "channel_id": "C1"}, "<#C1>"),
        (Place("discord", "1", "2", "general"), words("#general"), "#general"),
        (Place("slack", "T2", "C1", "general"), words("#general"), "#general"),
        (Place("slack", "T1", "x", "general"), words("#general"), "#general"),
        (BRUNO, words("Bruno"), "Bruno"),
        (CommandRef("session", "plan"), words("/cop session plan", code=True), "/cop session plan"),
        (CommandRef("help"), words("/cop help", code=True), "/cop help"),
        (EVIL, words(EVIL), escaped(EVIL)),
    ],
)
def test_a_value_is_written_as_slack_reads_it(value: Any, element: Leaf, markup: str) -> None:
    assert only(value) == element
    assert marked(only(value)) == markup


def test_only_the_caller_sees_mentions_that_do_not_ring() -> None:
    mention = {"type": "user", "user_id": "U2"}
    assert only(BRUNO, SlackWording(Reader(), "T1", ringing=None)) == mention
    assert only(BRUNO, SlackWording(Reader(), "T2", ringing=None)) == words("Bruno")


def test_words_that_stand_side_by_side_are_one_element() -> None:
    text = t("{a} and {b} at {place}", a="*x*", b="_y_", place=Place("slack", "T1", "C1"))
    assert NAIROBI.leaves(text) == [
        words("*x* and _y_ at "),
        {"type": "channel", "channel_id": "C1"},
    ]


def test_a_header_takes_no_markup_and_no_emoji() -> None:
    (header,) = blocks(Message(plain(EVIL)), NAIROBI)
    assert header["text"] == {"type": "plain_text", "text": EVIL, "emoji": False}


def test_what_is_said_for_notifications_is_escaped_too() -> None:
    (part,) = parts(Message(plain(EVIL), (Paragraph(plain(EVIL)),)), NAIROBI)
    assert "<" not in part.text
    assert part.text.count("&lt;!channel&gt;") == 2


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
            Context(plain("v" * 3000)),
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


def test_a_quote_is_a_quote() -> None:
    (made,) = blocks(Message(blocks=(Quote(plain("a\nb")),)), NAIROBI)
    assert made["elements"] == [{"type": "rich_text_quote", "elements": [words("a\nb")]}]


def test_small_print_takes_no_markup_and_no_emoji() -> None:
    (made,) = blocks(Message(blocks=(Context(plain(EVIL)),)), NAIROBI)
    words_of_it = {"type": "plain_text", "text": EVIL, "emoji": False}
    assert made == {"type": "context", "elements": [words_of_it]}
    assert blocks(Message(blocks=(Context(plain(" ")),)), NAIROBI) == []


def test_what_is_said_for_notifications_ends_with_no_half_sign() -> None:
    (part, *_) = parts(Message(blocks=(Paragraph(plain("&" * 9000)),)), NAIROBI)
    assert part.text.replace("&amp;", "") == "…"


def test_names_of_fields_are_set_apart() -> None:
    (made,) = blocks(Message(blocks=(Fields(((t("A"), t("b")), (t("C"), t("d")))),)), NAIROBI)
    bold = {"bold": True}
    assert made["elements"][0]["elements"] == [
        words("A:", **bold), words(" "), words("b"), words("\n"),
        words("C:", **bold), words(" "), words("d"),
    ]  # fmt: skip


def test_a_long_list_goes_on_with_its_numbers() -> None:
    items = tuple(plain(f"item {number} " + "x" * 100) for number in range(1, 61))
    shown = said(Message(blocks=(Items(items, numbered=True),)))
    assert [line.split()[0] for line in shown.splitlines()] == [f"{n}." for n in range(1, 61)]


WRITTEN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=4000)


@given(st.lists(WRITTEN, max_size=12), st.sampled_from([Paragraph, Quote]))
@settings(max_examples=60, deadline=None)
def test_no_sign_is_lost_whatever_is_said(texts: list[str], kind: Any) -> None:
    kept_texts = [text for text in texts if text.strip()]
    made = parts(Message(blocks=tuple(kind(plain(text)) for text in kept_texts)), NAIROBI)
    kept = "".join(seen(part.blocks) for part in made)
    assert kept.replace("\n", "") == "".join(kept_texts).replace("\n", "")
    assert all(len(part.blocks) <= PER_MESSAGE for part in made)


@given(st.lists(st.sampled_from(["word ", "\n", "x" * 40, BRUNO, Moment(AT)])), st.integers(25, 90))
@settings(max_examples=200, deadline=None)
def test_words_are_divided_without_loss(values: list[Any], limit: int) -> None:
    text = joined([plain(value) for value in values], "")
    leaves = SlackWording(Reader(), "T1", ringing=None).leaves(text) if values else []
    lots = list(divided(leaves, limit))
    assert "".join(marked(leaf) for lot in lots for leaf in lot) == "".join(map(marked, leaves))
    assert all(lots)


def test_address_stays_whole_where_words_are_divided() -> None:
    link = "https://meet.example/" + "x" * 60
    lots = list(divided([{"type": "text", "text": f"Join at {link}"}], 85))
    assert [lot[0]["text"] for lot in lots] == ["Join at ", link]


def test_small_print_is_read_out_too() -> None:
    message = Message(blocks=(Context(plain("Coming: 3 & more")),))
    assert parts(message, NAIROBI)[0].text == "Coming: 3 &amp; more"


def test_long_messages_are_divided_by_weight() -> None:
    message = Message(blocks=tuple(Paragraph(plain("x" * 2900)) for _ in range(9)))
    weights = [len(json.dumps(part.blocks)) for part in parts(message, NAIROBI)]
    assert len(weights) == 3
    assert max(weights) <= WEIGHT + 100


def test_heading_and_menus_begin_no_message_and_end_none_alone() -> None:
    words = [Paragraph(plain("x" * 900)) for _ in range(9)]
    message = Message(blocks=(*words, Heading(plain("Agenda")), Items((plain("y" * 900),))))
    first, second = parts(message, NAIROBI)
    assert ("Agenda" in first.text, "Agenda" in second.text) == (False, True)
    menu = choice(t("Show"), "toy.show", "toy", (Option("1", plain("z" * 70)),) * 20)
    [*_, last] = parts(Message(blocks=(*words,), choices=(menu,)), NAIROBI)
    assert last.text != "…"


def test_name_of_a_file_alone_rings_nobody() -> None:
    (part,) = parts(Message(files=(File("<!here>.txt", b"x", "text/plain"),)), NAIROBI)
    assert part.text == "&lt;!here&gt;.txt"
