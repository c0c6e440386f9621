"""An agenda is read as people write it, and each item gets the time a facilitator expects."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.agenda import Frame, Plan, plan
from bot.rules.agenda_lines import AgendaLine, lines, shifted, without

MADRID = ZoneInfo("Europe/Madrid")
FORMATS = {"fishbowl": "fishbowl", "table ronde": "round"}


def frame(begin: str = "2026-11-04 10:00", hours: float = 1.5) -> Frame:
    starts = datetime.fromisoformat(begin).replace(tzinfo=MADRID).astimezone(UTC)
    return Frame(starts, starts + timedelta(hours=hours), "Europe/Madrid")


def planned(agenda: str, begin: str = "2026-11-04 10:00", hours: float = 1.5) -> Plan:
    return plan(lines(agenda), frame(begin, hours))


def shown(agenda: Plan) -> list[str]:
    """Give each item with its hours on the clocks of Madrid, as `10:00-10:20 Title`."""

    def hour(at: datetime | None) -> str:
        return f"{at.astimezone(MADRID):%H:%M}" if at else "?"

    return [f"{hour(item.begins)}-{hour(item.ends)} {item.title}" for item in agenda.items]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("10:00 Welcome (sara)", AgendaLine("Welcome", time(10), names=("sara",))),
        ("- 10h00 : Accueil", AgendaLine("Accueil", time(10), perhaps=600)),
        ("10.30 Talk", AgendaLine("Talk", time(10, 30))),
        ("3pm Coffee", AgendaLine("Coffee", time(15))),
        ("12:15 a.m. Night shift", AgendaLine("Night shift", time(0, 15))),
        ("10:00–10:20 Check-in", AgendaLine("Check-in", time(10), time(10, 20))),
        ("3–4pm Talks", AgendaLine("Talks", time(15), time(16))),
        ("14h à 15h30 Atelier", AgendaLine("Atelier", time(14), time(15, 30))),
        ("20m Fishbowl", AgendaLine("Fishbowl", minutes=20)),
        ("20 min – Tour", AgendaLine("Tour", minutes=20)),
        ("1h30 Work", AgendaLine("Work", time(1, 30), perhaps=90)),
        ("& Exposition", AgendaLine("Exposition", beside=True)),
        (
            "Talk (@sara, Karim; fishbowl)",
            AgendaLine("Talk", names=("sara", "Karim"), format="fishbowl"),
        ),
        ("Talk (Table ronde, 15 min)", AgendaLine("Talk", minutes=15, format="round")),
        ("Who is who and who are you?", AgendaLine("Who is who and who are you?")),
        ("3 questions for all", AgendaLine("3 questions for all")),
        ("2030 and after", AgendaLine("2030 and after")),
        ("1.1 Introduction", AgendaLine("1.1 Introduction")),
        ("10:00", AgendaLine("10:00")),
        ("(sara)", AgendaLine("(sara)")),
    ],
)
def test_a_line_is_read_as_people_write_it(words: str, line: AgendaLine) -> None:
    assert [*lines(words, FORMATS)] == [line]


def test_an_agenda_without_times_has_none() -> None:
    agenda = planned("Welcome\n\nWork\n")
    assert shown(agenda) == ["?-? Welcome", "?-? Work"]
    assert not agenda.timed
    assert not agenda.odd


def test_each_item_lasts_until_the_next() -> None:
    agenda = planned("10:00 Welcome\n10:10 Who is who\n& Pictures\n11:10 Way forward")
    assert shown(agenda) == [
        "10:00-10:10 Welcome",
        "10:10-11:10 Who is who",
        "10:10-11:10 Pictures",
        "11:10-11:30 Way forward",
    ]
    at = frame().starts_at + timedelta(minutes=10)
    assert [item.title for item in agenda.now(at)] == ["Who is who", "Pictures"]
    assert [item.title for item in agenda.next(at)] == ["Way forward"]
    assert not agenda.odd


def test_a_lone_item_takes_what_is_left_and_no_minute_is_made_up() -> None:
    agenda = planned("20m Welcome\nWork\n10m Closing")
    assert shown(agenda) == ["10:00-10:20 Welcome", "10:20-11:20 Work", "11:20-11:30 Closing"]
    several = planned("20m Welcome\nWork\nMore work\n10m Closing")
    assert shown(several)[1:3] == ["10:20-11:20 Work", "?-? More work"]
    unsure = planned("Work\n10m Break\nMore work\n11:00 End")
    assert shown(unsure) == ["10:00-11:00 Work", "?-? Break", "?-? More work", "11:00-11:30 End"]


def test_gaps_are_left_and_nothing_is_on_in_them() -> None:
    agenda = planned("10:00–10:20 Welcome\n10:40 Work")
    at = frame().starts_at + timedelta(minutes=25)
    assert not agenda.now(at)
    assert [item.title for item in agenda.next(at)] == ["Work"]
    assert not agenda.odd


def test_an_agenda_longer_than_the_session_says_so() -> None:
    assert planned("60m Work\n60m More").odd == {"long"}
    assert planned("10:00 Work\n12:00 More").odd == {"long"}
    assert planned("20m Welcome\nTalk\n80m Work").odd == {"long"}
    assert planned("09:30 Doors\n10:00 Work").odd == {"early"}
    assert planned("10:00–10:40 Work\n10:30 More").odd == {"overlap"}


def test_items_out_of_order_are_sorted_with_what_belongs_to_them() -> None:
    agenda = planned("10:00 Welcome\n11:00 Closing\nThanks\n10:30 Work\n& Pictures")
    titles = [item.title for item in agenda.items]
    assert titles == ["Welcome", "Work", "Pictures", "Closing", "Thanks"]
    assert agenda.odd == {"order"}


def test_an_agenda_goes_on_after_midnight_and_for_several_days() -> None:
    night = planned("23:00 Vigil\n00:30 Songs\n01:00 Silence", "2026-11-04 23:00", 3)
    assert shown(night)[1:] == ["00:30-01:00 Songs", "01:00-02:00 Silence"]
    assert not night.odd
    late = planned("00:30 Songs", "2026-11-04 23:00", 3)
    assert not late.odd
    days = planned("10:00 Opening\n14:00 Work\n10:00 More\n12:00 End", hours=28)
    assert [item.begins and item.begins.day for item in days.items] == [4, 4, 5, 5]
    assert not days.odd


def test_a_time_may_be_a_length_where_nobody_meets_then() -> None:
    agenda = planned("1h Work\n0h30 Closing")
    assert shown(agenda) == ["10:00-11:00 Work", "11:00-11:30 Closing"]
    assert shown(planned("10h Work\n11h15 Closing"))[1] == "11:15-11:30 Closing"


def test_clocks_that_change_in_the_middle_are_followed() -> None:
    back = planned("01:30 A\n02:30 B\n02:15 C\n03:30 D", "2026-10-25 01:30", 4)
    starts = [item.begins for item in back.items]
    first = frame("2026-10-25 01:30").starts_at
    assert starts == [first + timedelta(minutes=late) for late in (0, 60, 105, 180)]
    assert back.odd == {"clocks"}
    forward = planned("01:30 A\n30m B\n03:30 C", "2026-03-29 01:30", 2)
    assert shown(forward) == ["01:30-03:00 A", "03:00-03:30 B", "03:30-04:30 C"]
    lengths = planned("60m A\n60m B", "2026-03-29 01:30", 2)
    assert shown(lengths) == ["01:30-03:30 A", "03:30-04:30 B"]


def test_times_move_with_their_session_as_they_are_written() -> None:
    agenda = "10:00–10:20 Welcome\n& 10h30 Film\n11am Talk (sara)\n20m Work\n1h30 More"
    later = "14:30–14:50 Welcome\n& 15h00 Film\n3:30pm Talk (sara)\n20m Work\n1h30 More"
    assert shifted(agenda, 270, [time(10, 30)]) == later
    assert shifted("23:30 Songs", 45) == "00:15 Songs"


def test_a_name_is_taken_out_of_an_agenda() -> None:
    agenda = "10:00 Welcome (sara)\n& Talk (Sara, Karim)\nEnd"
    taken = without(agenda, lambda name: name.casefold() == "sara")
    assert taken == "10:00 Welcome\n& Talk (Karim)\nEnd"
