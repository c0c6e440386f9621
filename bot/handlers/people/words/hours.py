"""Words at which hours somebody can come, as they said it."""

from collections.abc import Mapping, Sequence

from bot.chat import Block, Button, Context, Fields, Message, Paragraph, button
from bot.i18n import Text, ZoneName, joined, plain, t
from bot.options.hours import spans_in_words
from bot.rules.hours import contradictions, own_hours
from storage.people import Member

KINDS = {
    "possible": t("Possible"),
    "unwelcome": t("Rather not"),
    "excluded": t("Not possible"),
}
Said = Mapping[str, Sequence[Sequence[str]]]
SEEN = t("Nobody sees your hours. They only count, by region, when I look for hours for sessions.")
NONE_SAID = t("You haven't said any hours yet.")
BY_THE_CLOCK = t("Your clock decides: by day is fine, at night isn't.")
NOTHING_LEFT = t("You've excluded every hour, so no session can be held at one you can come to.")
TWICE = t("Some hours are in two fields; the stricter one counts.")
NO_ZONE = t("I don't know your time zone yet. Your hours count once you've said where you are.")


def hours(member: Member) -> Message:
    """Say back what somebody said of their hours, and who sees it."""
    if not member.hours:
        none = Paragraph(joined((NONE_SAID, BY_THE_CLOCK)))
        return Message(blocks=(none,), buttons=(_say(t("Set my hours…")),))
    facts = _facts(member.hours)
    zone = member.effective_zone
    where = ((t("Time zone"), plain(ZoneName(zone))),) if zone else ()
    notes = tuple(Paragraph(note) for note in _notes(member))
    forget = button(t("Forget my hours"), "my.forget-hours")
    place = () if zone else (button(t("Set my time zone…"), "my.profile"),)
    blocks: tuple[Block, ...] = (Fields((*facts, *where)), *notes, Context(SEEN))
    return Message(t("Your hours"), blocks, (*place, _say(t("Change")), forget))


def forgotten(member: Member, before: Said) -> Message:
    """Say which hours somebody had forgotten, so that they can be said again."""
    if not before:
        return hours(member)
    again = button(t("Set my hours…"), "my.hours")
    blocks = (Paragraph(t("I've forgotten these hours:")), Fields(_facts(before)))
    return Message(blocks=(*blocks, Context(BY_THE_CLOCK)), buttons=(again,))


def _facts(said: Said) -> tuple[tuple[Text, Text], ...]:
    return tuple((KINDS[kind], spans_in_words(spans)) for kind, spans in said.items())


def _say(label: Text) -> Button:
    return button(label, "my.hours")


def _notes(member: Member) -> list[Text]:
    """Say what of it cannot all be meant, and what is missing for it to count."""
    found = contradictions(own_hours(member.hours))
    return [
        *([NOTHING_LEFT] if found.nothing_left else []),
        *([TWICE] if found.twice else []),
        *([] if member.effective_zone else [NO_ZONE]),
    ]
