"""Tests that people read sessions in their language."""

import pytest
from babel import Locale
from sqlalchemy import select

from bot.adapters.discord.parts import parts
from bot.adapters.discord.wording import DiscordWording
from bot.adapters.slack.blocks import blocks
from bot.adapters.slack.wording import SlackWording
from bot.chat import Context, Message
from bot.i18n import ByLanguage, Text, plain, t
from bot.protocol import Reader
from storage.sessions import Session
from tests.chatting import Chat
from tests.scenes import scene

SPANISH = "Hombres aliados contra la violencia"
FRENCH = "Les hommes, partenaires contre la violence"
AGENDA = "14:00 Welcome (Sara)\\n20m Fishbowl"
PLAN = (
    '/session plan title="Men as partners" when="2026-11-20 15:00" duration=90m '
    'description="What failed and what worked in six districts of Bogotá."'
)


@pytest.fixture
@scene
def men(chat: Chat) -> Chat:
    """Have a session announced in a community of three languages."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.join("awa", zone="Africa/Dakar", locale="fr", role="member")
    chat.join("rosa", zone="America/Bogota", locale="es", role="member")
    setup = "/community setup name=CoLab languages=English,Spanish,French"
    chat.say("lena", f"{setup} announcements=#general", "#general")
    chat.say("lena", f'{PLAN} agenda="{AGENDA}"', "#general")
    chat.press("lena", "Announce now")
    return chat


@pytest.fixture
@scene
def translated(men: Chat) -> Chat:
    """Have it written in Spanish and French."""
    men.say(
        "lena",
        f'/session text session="Men as partners" language=Spanish title="{SPANISH}" '
        'description="Lo que fracasó y lo que funcionó en seis barrios de Bogotá."',
    )
    men.say(
        "lena",
        f'/session text session="Men as partners" language=French title="{FRENCH}" '
        'description="Échecs et réussites dans six quartiers de Bogota."',
    )
    men.time("+1m")
    return men


def test_reader_gets_their_language_wherever_a_session_is_named(translated: Chat) -> None:
    assert FRENCH in translated.press("awa", "Coming").to("@awa")
    assert FRENCH in translated.say("awa", "/session list")
    shown = translated.say("awa", '/session show session="Les hommes"')
    assert "Échecs et réussites" in shown
    assert "n’est pas encore en français" in shown  # the agenda is the original
    assert SPANISH in translated.say("rosa", "/session list find=fracaso")
    assert "not in" not in translated.say("lena", '/session show session="Men as"')
    reminded = translated.time("2026-11-19T15:00Z")
    assert FRENCH in reminded.to("@awa")
    assert "pas encore" not in reminded.to("@awa")  # what it shows is all in French
    assert "Men as partners" in reminded.to("#general")
    assert FRENCH not in reminded.to("#general")


def test_reminder_before_a_session_says_that_its_title_is_the_original(men: Chat) -> None:
    men.say("lena", f'/session text session="Men as partners" language=Spanish title="{SPANISH}"')
    men.press("awa", "Coming")
    assert "pas encore de texte en français" in men.time("2026-11-19T15:00Z").to("@awa")
    assert "pas encore" not in men.time("2026-11-20T15:00Z").to("@awa")


def test_buttons_beneath_a_post_show_the_whole_in_another_language(translated: Chat) -> None:
    post = translated.last("#general")
    assert "Men as partners" in post.title
    assert {"Español", "Français"} <= {*post.labels}
    read = translated.press("lena", "session.read-in?language=es")
    assert SPANISH in read
    assert "Voy" in read.labels
    assert "Men as partners" not in read


def test_agenda_in_another_language_keeps_times_and_names(men: Chat) -> None:
    few = men.say("lena", '/session text session="Men as" language=French agenda=Accueil')
    assert "Items in the original: 2. Items here: 1." in few
    men.fill("lena", agenda="9:00 Accueil (Awa)\nBocal")
    men.time("+1m")
    shown = men.say("awa", '/session show session="Men as partners"')
    assert "13:00 Accueil (Sara)" in shown
    assert "15:10 Bocal" in shown
    part = "Une partie n’est pas encore en français"
    assert part in men.press("lena", "session.read-in?language=fr")
    men.say("lena", '/session change session="Men as" agenda="Welcome\\nFishbowl\\nEnd"')
    assert "Fishbowl" in men.say("awa", '/session show session="Men as partners"')


def test_text_is_older_once_its_original_has_changed(translated: Chat) -> None:
    told = translated.say("lena", '/session change session="Men as" title="Men in prevention"')
    assert "Now older than the original: Spanish and French." in told
    form = translated.press("lena", "Français")
    assert "Men in prevention (The original has changed since.)" in form
    assert form.form.fields[0].value == FRENCH
    kept = translated.fill("lena", title="Les hommes et la prévention")
    assert "Older than the original in Spanish: Title" in kept
    assert "Older than the original in French" not in kept
    emptied = translated.say("lena", '/session text session="Men in" language=Spanish')
    assert emptied.form.fields[0].value == SPANISH
    assert "Missing in Spanish: Title" in translated.fill("lena", title="")


def test_whoever_replaces_a_text_sees_what_it_was(translated: Chat) -> None:
    translated.join("tom", zone="Europe/Berlin", locale="en", role="core")
    for name in ("lena", "tom"):
        translated.say(name, '/session text session="Men as" language=French')
    translated.fill("lena", title="Hommes et partenaires")
    second = translated.fill("tom", description="Six quartiers.")
    assert "Hommes et partenaires" in second  # a field they left alone
    translated.say("tom", '/session text session="Men as" language=French title=Alliés')
    assert "> Hommes et partenaires" in translated.last("@tom").text
    translated.press("tom", "Undo")
    assert "Hommes et partenaires" in translated.say("awa", "/session list")


def test_original_may_be_in_another_language_than_the_community(chat: Chat) -> None:
    chat.join("awa", zone="Africa/Dakar", locale="fr", role="coordinator")
    chat.join("lena", zone="Europe/Berlin", locale="en")
    setup = "/community setup language=English languages=English,French announcements=#general"
    chat.say("awa", setup, "#general")
    chat.say("awa", '/session plan title="Les semences" when="2026-11-20 15:00"', "#general")
    chat.press("awa", "Annoncer maintenant")
    told = chat.say("awa", '/session text session="Les semences" language=English title=Seeds')
    assert "Seeds" in told
    chat.time("+1m")
    assert chat.last("#general").title == "Seeds"
    assert "Français" in chat.last("#general").labels
    assert "Seeds" in chat.say("lena", "/session list")
    refused = chat.say("awa", '/session text session=Seeds language=French title="Graines"')
    assert "en français" in refused
    assert "Modifier la session" in refused.labels
    chat.choose("awa", "session.written-in", "en")
    assert "L’original est en anglais" in chat.last("@awa").text
    chat.press("awa", "Annuler")
    chat.say("awa", '/session text session=Seeds language=French announcement="À vos graines !"')
    chat.time("+1m")
    assert "À vos graines !" in chat.press("lena", "session.read-in?language=fr")


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ("language=Klingonish title=x", "Klingonish"),
        (f"language=French title={'x' * 151}", "150"),
    ],
)
def test_what_cannot_be_kept_is_asked_again(men: Chat, written: str, refused: str) -> None:
    asked = men.say("lena", f'/session text session="Men as" {written}')
    assert refused in asked
    assert asked.form.command == "session.text"


def test_only_those_write_who_prepare_a_session_while_it_is_ahead(translated: Chat) -> None:
    words = '/session text session="Men as" language=French title=Autre'
    assert "grupo motor" in translated.say("rosa", words)
    translated.say("lena", "/session cancel session=Men reason=Rain")
    translated.press("lena", "Cancel session")
    assert "was cancelled" in translated.say("lena", words)
    assert SPANISH in translated.say("rosa", '/session show session="Hombres aliados"')


def test_words_of_a_host_stay_when_they_are_erased(translated: Chat) -> None:
    translated.join("tom", zone="Europe/Berlin", locale="en", role="member")
    words = '/session text session="Men as" language=French guiding_question="Qui gagne ?"'
    assert "hosts" in translated.say("tom", words)
    translated.say("tom", "/host join", "#general")
    translated.say("lena", '/host ask session="Men as" person=@tom')
    translated.press("tom", "host.accept")
    assert "Qui gagne ?" in translated.say("tom", words)
    translated.press("tom", "Undo")
    translated.say("tom", words)
    translated.say("tom", "/my erase")
    translated.press("tom", "my.erase-now")
    assert "Qui gagne ?" in translated.say("awa", '/session show session="Les hommes"')


def test_another_session_like_one_has_its_texts(translated: Chat) -> None:
    like = '/session plan like="Men as" title="Men as partners" when="2026-12-04 15:00"'
    translated.say("lena", like, "#general")
    translated.press("lena", "Announce now")
    assert translated.say("awa", "/session list").text.count(FRENCH) == 2


def test_note_takes_no_room_for_those_it_is_not_for() -> None:
    note = Message(blocks=(Context(plain(ByLanguage({"fr": Text("")}, t("Undo")))),))
    read = {
        locale: (
            len(blocks(note, SlackWording(Reader(locale), "T0HOME"))),
            len(parts(note, DiscordWording(Reader(locale), "1"))),
        )
        for locale in ("en", "fr")
    }
    assert read == {"en": (1, 1), "fr": (0, 0)}


def test_markup_in_a_text_stays_what_it_is(men: Chat) -> None:
    words = "<!channel> @everyone *todas*"
    told = men.say("lena", f'/session text session="Men as" language=Spanish title="{words}"')
    assert words in told
    assert not told[0].rings
    men.time("+1m")
    assert words in men.press("rosa", "Coming").to("@rosa")


def test_many_languages_are_in_a_menu_and_on_no_more_buttons(men: Chat) -> None:
    codes = [code for code in sorted(Locale("en").languages) if len(code) == 2 and code != "en"]
    with men.storage.write() as transaction:
        session = transaction.db.scalars(select(Session)).one()
        session.texts = {code: {"title": [f"In {code}", "of another"]} for code in codes[:40]}
    men.say("lena", '/session change session="Men as" place=Here')
    men.time("+1m")
    post = men.last("#general")
    (more,) = post.choices
    assert (len(post.buttons), len(more.options)) == (9, 36)
    shown = men.say("rosa", '/session show session="Men as"')
    assert len(shown[0].buttons) == 9
    assert "In el" in men.choose("lena", "session.read-in", "el")
    men.say("lena", '/session show session="Men as"')
    assert post.labels[5] in men.press("lena", "session.texts").labels
