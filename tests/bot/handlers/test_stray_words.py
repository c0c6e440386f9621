"""Shows that a stray or unknown word is refused by name, and never taken for content."""

import pytest

from tests.chatting import Chat
from tests.openspaces import gather

PLAN = '/session plan title="Tea" when="2026-12-05 15:00"'


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ('titel="X"', "I don't know `titel` here. Did you mean `title=`?"),
        ('Tea "2026-12-05 15:00" durration=2h', "Did you mean `duration=`?"),
        ('title="Tea" when="2026-12-05 15:00" xyz=red', "The options are: title=, when="),
        ('title="Tea" when="2026-12-05 15:00" 45', "I don't know what “45” is here."),
    ],
)
def test_unknown_option_is_refused_and_what_was_written_given_back(
    three: Chat, typed: str, refused: str
) -> None:
    screen = three.say("bruno", f"/session plan {typed}", "#general")
    assert refused in screen
    assert screen[0].form is None


def test_what_was_written_with_an_unknown_option_is_given_back(three: Chat) -> None:
    screen = three.say("bruno", '/session plan titel="How we learn"', "#general")
    assert 'titel="How we learn"' in screen


def test_nobody_answers_for_somebody_else_by_an_option_that_is_not_there(attended: Chat) -> None:
    screen = attended.say("amina", "/session rsvp Hello answer=yes person=@bruno")
    assert "I don't know `person` here." in screen


def test_equals_sign_in_running_text_is_content(chat: Chat) -> None:
    space = gather(chat)
    space.say("bruno", "/topic propose Why 1+1=2 and E=mc2 matter")
    assert "Why 1+1=2 and E=mc2 matter" in space.say("bruno", "/topic list")


@pytest.mark.parametrize("typed", ["título=Tea cuándo=", "titre=Tea", "TITULO=Tea"])
def test_options_are_read_by_the_names_other_languages_give_them(three: Chat, typed: str) -> None:
    form = three.say("bruno", f"/session plan {typed}", "#general").form
    assert {field.name: field.value for field in form.fields}["title"] == "Tea"


@pytest.mark.parametrize("typed", ["/my profile delete", "/community setup delete"])
def test_bare_word_never_renames(three: Chat, typed: str) -> None:
    screen = three.say("amina", typed)
    assert "I don't know what “delete” is here. Options are written like `name=…`" in screen
    assert "delete" not in three.say("amina", "/my week")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/my profile help", "zone=Nairobi"),
        ("/my profile ayuda", "zone=Nairobi"),
        ("/community setup aide", "quiet_from=15:00"),
        ("/help session plan", 'title="Locally led adaptation" · Title, required'),
        ("/help sesión planificar", "duration=90m · Length"),
        ("/session help", "Plan, announce"),
        ("/session ayuda", "Plan, announce"),
        ("/session aide", "Plan, announce"),
    ],
)
def test_help_shows_what_a_command_or_a_group_takes(three: Chat, typed: str, shown: str) -> None:
    screen = three.say("amina", typed)
    assert shown in screen
    assert screen[0].form is None


@pytest.mark.parametrize("words", ["hello", "help me please"])
def test_sentence_said_to_the_bot_alone_is_answered(three: Chat, words: str) -> None:
    assert "What I can do" in three.say("amina", words, "@")


@pytest.mark.parametrize(
    "words", ["/my erase-now", "/session undo", "/session note", "/topic tick"]
)
def test_what_only_buttons_lead_to_is_answered_kindly_when_typed(
    attended: Chat, words: str
) -> None:
    [said] = attended.say("bruno", words, "#general").to("@bruno")
    assert "That only works with a button" in said.text
    assert said.form is None
