"""Shows that what stands in a chat is edited only when it reads differently."""

from bot.adapters.local import Shown
from tests.chatting import Chat
from tests.hosts import announce
from tests.openspaces import CHANGE, with_topics


def _reads(shown: Shown) -> tuple[object, ...]:
    return shown.title, shown.parts, shown.buttons, shown.choices


def edited_in_vain(chat: Chat) -> list[str]:
    """Name what was edited to what it said already."""
    before: dict[str, tuple[object, ...]] = {}
    vain = []
    for shown in chat.everything:
        if shown.edits and before.get(shown.edits) == _reads(shown):
            vain.append(f"{shown.to}: {shown.title or shown.text}")
        before[shown.edits or shown.id] = _reads(shown)
    return vain


def test_offers_and_questions_are_edited_only_when_they_read_differently(hosted: Chat) -> None:
    announce(hosted, "Rivers", 1)
    hosted.say("amina", "/host rota")
    hosted.press("amina", "Ask them")
    hosted.say("claire", "/host take Rivers")
    hosted.say("bruno", "/host offer Seeds")
    hosted.press("bruno", "Withdraw offer")
    hosted.say("bruno", "/host decline Seeds")
    hosted.say("dan", "/session rsvp Seeds yes")
    hosted.time("+1d")
    assert edited_in_vain(hosted) == []


def test_open_space_is_edited_only_when_it_reads_differently(chat: Chat) -> None:
    topics = with_topics(chat)
    topics.say("bruno", f"/topic want {CHANGE}")
    topics.say("bruno", f"/topic change {CHANGE}")
    topics.say("maria", "/openspace rooms Garden")
    topics.say("maria", "/openspace dates harvest=2026-12-20")
    topics.time("+1d")
    assert edited_in_vain(topics) == []


def test_card_of_a_swap_changes_when_its_person_has_left_the_hosts(hosted: Chat) -> None:
    hosted.say("bruno", "/host swap Seeds claire")
    hosted.press("claire", "host.agree")
    assert "You agreed" in hosted.seen("claire")
    hosted.say("claire", "/host leave sure=yes")
    assert "You agreed" not in hosted.seen("claire")


def test_going_on_to_run_doubts_slots_of_another_day(chat: Chat) -> None:
    topics = with_topics(chat)
    topics.press("maria", "Next phase")
    topics.press("maria", "Continue")
    topics.say("maria", '/openspace slots start="2026-11-05 10:00" count=2 length=60')
    shown = topics.say("maria", "/openspace next")
    assert "The first slot only begins on Thu 5 Nov" in shown


def test_languages_follow_a_set_up_in_french(chat: Chat) -> None:
    chat.join("claire", zone="Europe/Paris", locale="fr", role="coordinator")
    chat.say("claire", "/community setup", "#general")
    assert "Langues\u202f: français" in chat.fill("claire", language="fr")


def test_several_open_turns_make_one_message_that_says_who_took_which(hosted: Chat) -> None:
    announce(hosted, "Rivers", 1)
    announce(hosted, "Coasts", 2)
    hosted.say("claire", "/host take Rivers")
    hosted.say("claire", "/host take Coasts")
    left = hosted.say("claire", "/host leave sure=yes").to("#core")
    assert [one.title for one in left if not one.edits] == ["Who can host these sessions?"]
    taken = hosted.say("bruno", "/host take Rivers").to("#core")
    assert "@bruno" in taken
    assert "nobody yet" in taken
