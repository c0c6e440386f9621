"""Shows when the rota offers, asks and warns, also late, near the session, and after a move."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.rules.driving import BREATH, DAY, Gap, NextStep, Rhythm, next_step

STARTS = datetime(2027, 3, 31, 13, tzinfo=UTC)
RHYTHM = Rhythm()
PLANNED = Gap(STARTS, told_at=STARTS - 60 * DAY)


def before(days: float) -> datetime:
    return STARTS - timedelta(days=days)


OFFERED = replace(PLANNED, offered_at=before(21), is_open=True)


def test_three_weeks_before_it_is_offered() -> None:
    assert next_step(PLANNED, RHYTHM) == NextStep("offer", before(21))


def test_a_week_later_somebody_is_asked() -> None:
    assert next_step(OFFERED, RHYTHM) == NextStep("ask", before(14))


def test_who_does_not_answer_in_three_days_is_not_waited_for() -> None:
    asked = replace(OFFERED, asked=(before(14),))
    assert next_step(asked, RHYTHM) == NextStep("ask", before(11))


def test_a_no_leads_to_the_next_with_some_room() -> None:
    declined = replace(OFFERED, answered=(before(13.9),))
    assert next_step(declined, RHYTHM) == NextStep("ask", before(13.9) + BREATH)


def test_a_warning_comes_before_a_question_of_the_same_moment() -> None:
    asked = replace(OFFERED, asked=(before(10),))
    assert next_step(asked, RHYTHM) == NextStep("warn", before(7))
    assert next_step(replace(asked, warned=(before(7),)), RHYTHM) == NextStep(
        "ask", before(7) + BREATH
    )


def test_coordinators_are_warned_a_week_and_two_days_before_and_no_more() -> None:
    alone = replace(OFFERED, alone=True)
    assert next_step(alone, RHYTHM) == NextStep("warn", before(7))
    assert next_step(replace(alone, warned=(before(7),)), RHYTHM) == NextStep("warn", before(2))
    assert next_step(replace(alone, warned=(before(7), before(2))), RHYTHM) is None


def test_one_warning_after_an_outage_stands_for_both() -> None:
    late = replace(OFFERED, alone=True, warned=(before(1),))
    assert next_step(late, RHYTHM) is None


def test_after_an_outage_each_step_leaves_room_for_the_next() -> None:
    """It comes back five days before: the offer goes out, the warning hours later."""
    offered = replace(PLANNED, offered_at=before(5), is_open=True)
    assert next_step(offered, RHYTHM) == NextStep("warn", before(5) + BREATH)
    warned = replace(offered, warned=(before(5) + BREATH,))
    assert next_step(warned, RHYTHM) == NextStep("ask", before(5) + DAY * 5 / 3)


def test_what_is_announced_late_begins_with_an_offer_and_hurries() -> None:
    late = replace(PLANNED, told_at=before(9))
    assert next_step(late, RHYTHM) == NextStep("offer", before(9) + BREATH)
    offered = replace(late, offered_at=before(9), is_open=True)
    assert next_step(offered, RHYTHM) == NextStep("warn", before(7))
    warned = replace(offered, warned=(before(7),))
    assert next_step(warned, RHYTHM) == NextStep("ask", before(6))


def test_of_what_is_announced_within_a_week_coordinators_hear_once() -> None:
    late = replace(OFFERED, told_at=before(5), alone=True)
    assert next_step(late, RHYTHM) == NextStep("warn", before(2))


def test_nobody_is_offered_or_asked_anything_on_the_last_day() -> None:
    last = replace(PLANNED, told_at=before(0.9), warned=(before(0.5),))
    assert next_step(last, RHYTHM) is None


def test_when_the_last_host_leaves_late_coordinators_hear_of_it_the_next_day() -> None:
    freed = replace(OFFERED, freed_at=before(6), offered_at=before(6))
    assert next_step(freed, RHYTHM) == NextStep("warn", before(5))


def test_who_had_the_rota_stop_is_warned_all_the_same() -> None:
    assert next_step(replace(OFFERED, stopped=True), RHYTHM) == NextStep("warn", before(7))


def test_a_session_far_ahead_waits_until_it_is_looked_after() -> None:
    assert next_step(replace(PLANNED, enters_at=before(10)), RHYTHM) == NextStep(
        "offer", before(10)
    )


def test_what_was_withdrawn_is_not_offered_again_unless_it_is_moved_far_ahead() -> None:
    withdrawn = replace(PLANNED, offered_at=before(21))
    assert next_step(withdrawn, RHYTHM) == NextStep("ask", before(14))
    moved = replace(withdrawn, starts_at=STARTS + 60 * DAY)
    assert next_step(moved, RHYTHM) == NextStep("offer", STARTS + 39 * DAY)


def test_without_days_to_warn_nobody_is_warned() -> None:
    assert next_step(replace(OFFERED, alone=True), replace(RHYTHM, warn=())) is None
