"""Shows what guests can do: be told of what is announced, answer it, and look after themselves."""

import pytest

from bot.errors import Unreadable
from bot.options.mail import address_of
from tests.chatting import Chat


@pytest.fixture
def gus(attended: Chat) -> Chat:
    """Let a guest in, where a session is announced."""
    attended.join("gus", role="guest")
    return attended


def test_guest_answers_a_session(gus: Chat) -> None:
    assert "You're coming to" in gus.say("gus", "/session rsvp Hello yes")


@pytest.mark.parametrize(
    "words", ["session plan", "host join", "host rota", "people find", "session who Hello"]
)
def test_guest_is_refused_what_is_for_members(gus: Chat, words: str) -> None:
    assert "can do that." in gus.say("gus", f"/{words}")


def test_guest_is_helped_with_what_guests_can_do(gus: Chat) -> None:
    screen = gus.say("gus", "/help session")
    assert "/session rsvp" in screen
    assert "/session plan" not in screen
    assert "/session plan" not in gus.say("gus", "/session plann")


def test_guest_is_not_asked_to_host(gus: Chat) -> None:
    assert "gus is a guest here." in gus.say("amina", "/host ask Hello @gus")


def test_host_who_became_a_guest_gives_turns_back(gus: Chat) -> None:
    gus.say("amina", "/host ask Hello @bruno")
    gus.say("bruno", "/host accept Hello")
    gus.say("amina", "/community role @bruno guest")
    assert "can do that." not in gus.say("bruno", "/host decline Hello")


def invited(chat: Chat, name: str = "ann") -> Chat:
    """Invite somebody by mail, who then looks at it."""
    chat.say("amina", f"/community invite email={name.title()}@Example.org name={name}")
    chat.join(name, zone="Europe/London", locale="en", mail=f"{name}@example.org")
    return chat


@pytest.fixture
def ann(attended: Chat) -> Chat:
    """Have a guest by mail, where a session is announced."""
    return invited(attended)


def test_guest_is_invited_once_and_by_name(ann: Chat) -> None:
    screen = ann.seen("ann")
    assert "amina invites you to" in screen
    assert "“Hello”" in screen
    assert "ann (guest)" in ann.say("amina", "/people find ann")
    again = ann.say("amina", "/community invite email=ANN@example.org")
    assert "is here already" in again.to("@amina")
    assert not again.to("@ann")
    assert "invited @ann as a guest." in ann.say("amina", "/community log")
    assert "can do that." in ann.say("bruno", "/community invite email=zoe@example.org")


def test_guest_by_mail_answers_is_reminded_and_erased(ann: Chat) -> None:
    ann.press("ann", "session.show")
    told = ann.press("ann", "session.rsvp?answer=yes").to("@ann")
    assert "You're coming to" in told
    assert "thread" not in told  # which only those see who are in the channel
    assert "ann" in ann.say("amina", "/session who Hello")
    assert "ann@example.org" not in ann.say("bruno", "/session who Hello")
    assert "Hello" in ann.time("2026-11-04T13:00Z").to("@ann")
    assert "accounts.csv" not in ann.press("ann", "No, thanks")
    assert not ann.time("+2d").to("@ann")
    confirm = ann.say("amina", "/community invite email=ann@example.org name=ann")
    assert "erased here" in confirm
    assert "I've invited ann" in ann.press("amina", "Invite again")
    ann.join("ann", mail="ann@example.org")
    assert "amina invites you" in ann.seen("ann")


def test_invitation_is_taken_back_while_nothing_was_done(ann: Chat) -> None:
    invited(ann, "zoe")
    assert "erased their name" in ann.press("amina", "Undo", "zoe@example.org")
    assert "I don't know your address" in ann.say("zoe", "/my week")
    ann.say("ann", "/session rsvp Hello maybe")
    assert "has used the invitation" in ann.press("amina", "Undo", "ann@example.org")


@pytest.mark.parametrize(
    "words",
    [
        *("ana", "ana@", "@example.org", "a b@example.org", "ana@localhost", "ana@example.123"),
        *("ana@example.org,eva@example.org", "ana@example.org eva@example.org"),
        *("ana..b@example.org", "Ana <ana@example.org>", f"{'a' * 65}@example.org"),
        *("ana@example.org%0ABcc:eva", f"ana@{'a' * 64}.org", "añá@example.org"),
    ],
)
def test_what_is_no_single_address_is_asked_again(words: str) -> None:
    with pytest.raises(Unreadable):
        address_of(words)


def test_addresses_are_kept_as_mail_servers_know_them() -> None:
    assert address_of(" Ana.B+x@Exämple.ORG ") == "ana.b+x@xn--exmple-cua.org"


def test_nobody_is_invited_where_nothing_sends_mail(attended: Chat) -> None:
    attended.local.dispatcher.platforms = {"local": attended.local.platform}
    told = attended.say("amina", "/community invite email=ann@example.org name=ann")
    assert "[mail]" in told


def test_what_is_announced_is_mailed_once(ann: Chat) -> None:
    ann.say("amina", '/session plan title=Seeds when="2026-11-20 15:00"', "#general")
    told = ann.press("amina", "Announce now", "Seeds").to("@ann")
    assert "Seeds" in told
    assert "You're coming to" in ann.press("ann", "session.rsvp?answer=yes", "Seeds")
    plan = '/programme plan title=Circle rule="every Friday 15:00" count=3'
    ann.say("amina", plan, "#general")
    mailed = ann.press("amina", "programme.start").to("@ann")
    assert "Circle" in mailed
    assert "Add to my calendar" in mailed.labels
    assert not ann.time("+5d").to("@ann")
    assert not ann.time("+12h").to("@bruno")


def test_guest_is_offered_only_what_guests_can_do(ann: Chat) -> None:
    ann.say("amina", '/session plan title=Seeds when="2026-11-20 15:00"', "#general")
    ann.press("amina", "Announce now", "Seeds")
    assert ann.last("@ann").title == "New session: Seeds"
    assert "answered yet" not in ann.last("@ann").text
    assert ann.last("@ann").labels == ("Coming", "Maybe", "Can't come", "Add to calendar")
    assert "Who's coming" not in ann.say("ann", "/session show Seeds").labels
    assert "Who's coming" in ann.say("bruno", "/session show Seeds").labels


def test_guest_gets_three_mails_about_a_session(ann: Chat) -> None:
    ann.say("amina", '/session plan title=Seeds when="2026-11-20 15:00"', "#general")
    mails = [*ann.press("amina", "Announce now", "Seeds").to("@ann")]
    ann.say("ann", "/session rsvp Seeds yes")
    assert "1 day before" in ann.say("ann", "/my reminders").text
    mails += ann.time("2026-11-20T18:00Z").to("@ann")
    ann.say("amina", '/session after Seeds notes="We keep seeds." who=""')
    mails += ann.time("+1d").to("@ann")
    assert len(mails) == 3
    ann.say("amina", '/session plan title=Soil when="2026-11-27 15:00"', "#general")
    ann.press("amina", "Announce now", "Soil")
    ann.say("ann", "/my reminders before=usual")
    ann.say("ann", "/session rsvp Soil yes")
    assert len(ann.time("2026-11-27T18:00Z").to("@ann")) == 2  # as they chose


def test_guest_who_answers_late_is_reminded_at_the_start(ann: Chat) -> None:
    ann.say("amina", '/session plan title=Seeds when="2026-11-20 15:00"', "#general")
    ann.press("amina", "Announce now", "Seeds")
    ann.time("2026-11-20T08:00Z")
    ann.say("ann", "/session rsvp Seeds yes")
    (mail,) = ann.time("2026-11-20T18:00Z").to("@ann")
    assert mail.title == "“Seeds” is starting now."
