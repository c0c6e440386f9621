"""Holds arguments that name people, places and things to finding those of one's own community."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import Place
from bot.i18n import t
from bot.options.basic import Reading
from bot.options.people import PersonKind, PlaceKind
from bot.options.references import Reference
from storage import Records
from storage.community import Community
from storage.people import Member
from storage.sessions import Session
from storage.sight import Sight
from tests.bot.conftest import NOW
from tests.bot.options.test_basic import refused
from tests.tables import in_turn
from tests.toys import wording

LABEL = t("Title")
PERSON, PLACE = PersonKind(LABEL), PlaceKind(LABEL)
THING = Reference(LABEL, area="sessions")


def met(records: Records, account: str, name: str) -> Member:
    return records.members.meet("toy", "home", account, name, NOW)


def planned(records: Records, title: str, state: str = "announced", days: int = 1) -> Session:
    made = Session(
        title=title, starts_at=NOW + timedelta(days=days), wall="", zone="UTC", minutes=60,
        created_at=NOW, state=state,
    )  # fmt: skip
    return records.sessions.add(made)


@in_turn("raw", ["<@u1|Amina>", "u1", "@Élodie", "élodie", "  ÉLODIE ", "<@u1>"])
def test_person_is_read_by_mention_account_or_name(reading: Reading, raw: str) -> None:
    known = met(reading.records, "u1", "Élodie")
    assert PERSON.read(raw, reading) is known


def test_person_written_raw_is_read_back(reading: Reading) -> None:
    known = met(reading.records, "u1", "Amina")
    assert PERSON.read(PERSON.raw(known, reading), reading) is known


def test_person_whom_the_platform_found_is_met_by_its_name_for_them(reading: Reading) -> None:
    found = replace(reading, vouched={"@u9": "Zoë", "@u10": ""})
    assert PERSON.read("<@u9|Somebody else>", found).name == "Zoë"
    assert PERSON.read("<@u10|Somebody else>", found).name == "u10"


def test_person_who_is_met_is_written_to_in_their_own_language_and_zone(reading: Reading) -> None:
    told = {"@u9": "Zoë", "@u9 locale": "es-419", "@u9 zone": "America/Lima"}
    member = PERSON.read("<@u9|Zoë>", replace(reading, vouched=told))
    assert (member.effective_locale, member.effective_zone) == ("es-419", "America/Lima")


@pytest.mark.parametrize("raw", ["<@u9|Zoë>", "<@u9>", "<@u9|<@u1|x>>", "<@u1 |Amina>"])
def test_person_who_was_only_typed_is_refused_and_not_met(reading: Reading, raw: str) -> None:
    met(reading.records, "u1", "Amina")
    assert "I don't know @" in refused(PERSON, raw, reading)
    assert [one.name for one in reading.records.members.matching("", Sight(0, "member"))] == [
        "Amina"
    ]


def test_person_of_another_community_is_refused(reading: Reading) -> None:
    reading.records.db.flush()
    there = Records(reading.records.db, _another(reading.records))
    there.members.meet("toy", "far", "u7", "Greta", NOW)
    assert "I don't know @x in" in refused(PERSON, "<@u7|x>", reading)


@in_turn("raw", ["", "@", "nobody", "9" * 19, "9" * 5000, "<@|x>", "<@>", "%", "\x00", "1"])
def test_person_nobody_knows_is_refused(reading: Reading, raw: str) -> None:
    met(reading.records, "u1", "Amina")
    assert "I don't know who" in refused(PERSON, raw, reading)


def test_person_is_refused_when_two_have_that_name(reading: Reading) -> None:
    met(reading.records, "u1", "Amina")
    met(reading.records, "u2", "amina")
    assert refused(PERSON, "Amina", reading) == (
        "I don't know who “Amina” is here. Write their full name, or mention them with @."
    )


@in_turn(("typed", "names"), [("ÉLO", ["Élodie"]), ("@el", ["Manuel"]), ("%", []), ("_", [])])
def test_people_are_offered_by_part_of_a_name(
    reading: Reading, typed: str, names: list[str]
) -> None:
    met(reading.records, "u1", "Élodie")
    met(reading.records, "u2", "Manuel")
    assert [wording(one.label) for one in PERSON.offered(typed, reading)] == names


@pytest.mark.parametrize("raw", ["<#c9|general>", "<#c9>", "<#abc|x>", "<#c1 |x>", "<#c9|<#c1>"])
def test_place_that_was_only_typed_is_refused(reading: Reading, raw: str) -> None:
    reading.records.channels.meet("toy", "home", "c1", "general")
    assert "I don't know #" in refused(PLACE, raw, reading)


def test_place_of_another_community_is_refused(reading: Reading) -> None:
    there = Records(reading.records.db, _another(reading.records))
    there.channels.meet("toy", "far", "c7", "secret")
    assert "I don't know #x in" in refused(PLACE, "<#c7|x>", reading)


def test_place_the_platform_found_has_the_name_it_has_there(reading: Reading) -> None:
    found = replace(reading, vouched={"#c9": "news"})
    assert PLACE.read("<#c9|other>", found) == Place("toy", "home", "c9", "news")


def test_place_is_read_by_mention_name_or_id(reading: Reading) -> None:
    known = reading.records.channels.meet("toy", "home", "c1", "général")
    wanted = Place("toy", "home", "c1", "général")
    for raw in ("<#c1|général>", "#général", "général", str(known.id), PLACE.raw(wanted, reading)):
        assert PLACE.read(raw, reading) == wanted


@in_turn("raw", ["#nowhere", "<#|x>", "", "9" * 19, "\u200b"])
def test_place_nobody_knows_is_refused(reading: Reading, raw: str) -> None:
    assert "I don't know the channel" in refused(PLACE, raw, reading)


def test_thing_is_read_by_title_part_of_it_or_id(reading: Reading) -> None:
    one = planned(reading.records, "Éducation, “locally led”")
    for raw in ("éducation", "Locally", "  ÉDUCATION, “locally led” ", THING.raw(one, reading)):
        assert THING.read(raw, reading) is one


def test_thing_of_the_whole_title_wins_over_longer_ones(reading: Reading) -> None:
    planned(reading.records, "Water and soil")
    water = planned(reading.records, "Water", days=2)
    assert THING.read("water", reading) is water
    assert "Several match “wat”" in refused(THING, "wat", reading)


@in_turn("raw", ["nothing", "%", "1", "9" * 19, "\u3164", "' OR 1=1 --", "x" * 10_000])
def test_thing_nobody_knows_is_refused(reading: Reading, raw: str) -> None:
    planned(reading.records, "Water")
    assert "I found nothing called" in refused(THING, raw, reading)


def test_thing_of_another_community_is_not_found(reading: Reading) -> None:
    other = Session(
        title="Secret",
        starts_at=NOW,
        wall="",
        zone="UTC",
        minutes=60,
        created_at=NOW,
        state="announced",
    )
    other.community_id = _another(reading.records)
    reading.records.db.add(other)
    reading.records.db.flush()
    assert "I found nothing" in refused(THING, "Secret", reading)
    assert "I found nothing" in refused(THING, str(other.id), reading)


def _another(records: Records) -> int:
    made = Community(name="Elsewhere", created_at=NOW)
    records.db.add(made)
    records.db.flush()
    return made.id


def test_things_are_offered_by_words_in_their_title(reading: Reading) -> None:
    for number in range(30):
        planned(reading.records, f"Water {number}", days=number + 1)
    planned(reading.records, "Water plan", "draft")
    offered = THING.offered("WATER", reading)
    assert [wording(one.label) for one in offered] == [f"Water {number}" for number in range(25)]
    assert THING.offered("soil", reading) == ()
