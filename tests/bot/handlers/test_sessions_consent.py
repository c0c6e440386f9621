"""Shows that a recording is for everybody only once those who speak agreed."""

import pytest

from storage.contributions import CONFIRMED, Contribution
from storage.export import whole
from storage.personal import about
from tests.after import MORNING, OVER, RECORDED, SLIDES, TOLD, seeds, write_down
from tests.chatting import Chat
from tests.hosts import announce, core_group
from tests.scenes import scene


@pytest.fixture
@scene
def over(chat: Chat) -> Chat:
    """Have a session be over."""
    return seeds(chat)


@pytest.fixture
@scene
def ahead(chat: Chat) -> Chat:
    """Have a session that bruno hosts be announced, and be recorded."""
    core_group(chat)
    announce(chat, "Seeds")
    chat.say("bruno", "/host take Seeds", "#core")
    chat.say("amina", "/session change Seeds recorded=yes")
    return chat


@pytest.fixture
@scene
def held(ahead: Chat) -> Chat:
    """Have its recording be given by the coordinator while its host said nothing yet."""
    ahead.press("claire", "Coming")
    ahead.time(OVER)
    write_down(ahead, "amina", recording=RECORDED, slides=SLIDES)
    return ahead


def shown(chat: Chat, who: str = "dan") -> str:
    """Give what somebody reads of the session."""
    return chat.say(who, "/session show Seeds").text


def contribute(chat: Chat, name: str) -> None:
    """Have somebody contribute to the session, which they confirmed."""
    with chat.storage.write() as transaction:
        member = transaction.known("local", "local", name)
        assert member is not None
        records = transaction.records(member.community_id)
        (session,) = records.sessions.named("Seeds", member.sight, chat.now)
        session.agenda = f"x ({name})"
        given = Contribution(
            session_id=session.id, member_id=member.id, item="x", asked_at=chat.now
        )
        given.state = CONFIRMED
        records.contributions.add(given)


def test_announcement_says_so_and_whoever_comes_is_asked_once(ahead: Chat) -> None:
    assert "This session will be recorded." in ahead.last("#general").text
    asked = ahead.press("claire", "Coming").to("@claire")
    assert "You may record me" in asked.labels
    ahead.press("claire", "You may record me")
    assert "You agreed to be recorded." in shown(ahead, "claire")
    ahead.press("claire", "Can't come")
    assert "You may record me" not in ahead.press("claire", "Coming").to("@claire").labels


def test_those_who_said_yes_before_are_asked_with_their_first_reminder(chat: Chat) -> None:
    core_group(chat)
    announce(chat, "Seeds")
    chat.press("claire", "Coming")
    chat.say("amina", "/session change Seeds recorded=yes")
    (reminder,) = chat.time("2026-11-17T12:00Z").to("@claire")
    assert "You may record me" in reminder.labels
    assert "You may record me" not in chat.time("2026-11-18T11:30Z").to("@claire").labels


def test_recording_appears_by_itself_once_the_speaker_agrees(held: Chat) -> None:
    assert "bruno hasn't agreed yet: only hosts see the link." in shown(held, "amina")
    assert RECORDED in shown(held, "bruno")
    assert RECORDED not in shown(held)
    held.say("bruno", "/session consent Seeds yes")
    assert RECORDED in shown(held)
    assert RECORDED in held.time(TOLD).to("@claire")


def test_last_speaker_is_waited_for(ahead: Chat) -> None:
    contribute(ahead, "dan")
    ahead.time(OVER)
    write_down(ahead, "amina", recording=RECORDED)
    ahead.say("bruno", "/session consent Seeds yes")
    assert RECORDED not in shown(ahead)
    ahead.say("dan", "/session consent Seeds no")
    assert "dan doesn't agree: only hosts see the link." in shown(ahead, "amina")
    ahead.say("dan", "/session consent Seeds yes")
    assert RECORDED in shown(ahead)


def test_no_of_a_speaker_counts_though_they_are_said_not_to_have_been_there(ahead: Chat) -> None:
    contribute(ahead, "dan")
    ahead.press("dan", "Coming")
    ahead.time(OVER)
    write_down(ahead, "amina", recording=RECORDED, who="claire, bruno")
    ahead.say("bruno", "/session consent Seeds yes")
    assert RECORDED in shown(ahead)
    ahead.say("dan", "/session consent Seeds no")
    assert RECORDED not in shown(ahead)


def test_consent_taken_back_takes_the_link_out_everywhere(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    held.time(MORNING)
    assert RECORDED in held.seen("claire").to("@claire")[-1].text
    held.say("bruno", "/session consent Seeds no")
    held.time("+1m")
    assert RECORDED not in shown(held)
    assert RECORDED not in held.last("#general").text
    posts = {
        one.edits or one.id: one.text
        for one in held.everything
        if one.to in ("@claire", "#general")
    }
    assert not [text for text in posts.values() if RECORDED in text]
    assert RECORDED not in exported(held)


def exported(chat: Chat) -> str:
    """Give all rows of the community as they are exported, and those of whoever linked it."""
    with chat.storage.read() as transaction:
        member = transaction.known("local", "local", "amina")
        assert member is not None
        connection = transaction.db.connection()
        return f"{whole(connection, member.community_id)['assets']}{about(connection, member.id)}"


def test_no_of_a_participant_is_a_number_until_the_host_confirms_the_cut(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    held.say("claire", "/session consent Seeds no")
    told = shown(held, "bruno")
    assert "1 person doesn't agree to be recorded." in told
    assert "claire doesn't agree" not in told
    assert RECORDED not in shown(held)
    held.press("bruno", "Nobody of them is in it")
    assert RECORDED in shown(held)


def test_no_of_somebody_who_was_never_there_changes_nothing(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    held.say("dan", "/session consent Seeds yes")
    held.say("dan", "/session consent Seeds no")
    assert RECORDED in shown(held)
    held.say("amina", "/session after-more Seeds absent=claire")
    held.say("claire", "/session consent Seeds no")
    assert RECORDED in shown(held)


def test_no_of_whoever_is_erased_stays(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    held.say("claire", "/session consent Seeds no")
    held.say("claire", "/my erase")
    held.press("claire", "Erase everything")
    held.say("bruno", "/session after-more Seeds links=https://a.example.org")
    assert RECORDED not in shown(held)


def test_host_says_for_a_speaker_without_an_account(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    write_down(held, "amina", spoke="Wangari")
    assert "Wangari hasn't agreed yet" in shown(held, "bruno")
    assert RECORDED not in shown(held)
    held.press("bruno", "Wangari agrees")
    assert RECORDED in shown(held)


def test_who_agreed_stands_in_the_log(held: Chat) -> None:
    held.say("bruno", "/session consent Seeds yes")
    held.say("bruno", "/session consent Seeds no")
    log = held.say("amina", "/community log")
    assert "bruno agreed to the recording of “Seeds”." in log
    assert "bruno no longer agrees to the recording of “Seeds”." in log


def test_who_gave_no_answer_is_asked_about_what_was_recorded(held: Chat) -> None:
    asked = shown(held, "claire")
    assert "This session was recorded. Is it all right" in asked
    assert "will be recorded" not in asked
