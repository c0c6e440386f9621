"""Plays random weeks of everything there is, against the ledger that the seasons are held to."""

import asyncio
import os
import random
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from bot.adapters.local.kept import PostedMessage
from bot.adapters.local.shown import ShownField
from storage.engine import migrate
from storage.sessions import Session
from tests.seasons.checks import Checks
from tests.seasons.ledger import EVERYBODY
from tests.seasons.worlds import CannotPlay, LocalSeason, clock_of

PEOPLE = {
    "amina": "zone=Africa/Nairobi locale=en role=coordinator",
    "bruno": "zone=America/Bogota locale=es role=core",
    "claire": "zone=Europe/Paris locale=fr role=core",
    "david": "zone=Asia/Manila locale=en",
    "emeka": "zone=America/Los_Angeles locale=en-US",
}
SECRET, DRAFT = "zebra", "okapi"
"""Planted: `zebra` in notes to hosts, `okapi` in the titles of sessions nobody announces."""
ELSEWHERE = "quagga"
"""Planted in another community, which nobody of this one may ever see."""
BEGINS = "2026-11-02T08:00Z"
COMMANDS = (
    '/session plan title="{title}" when="{day} {hour}" duration=90m',
    '/session plan title="{title}" when="{day} {hour}" languages="English, French" format=fishbowl',
    "/session list",
    "/session move",
    "/session change",
    '/session change agenda="15:00 Welcome (bruno)\\n20m Talk (emeka, amina)\\nWork"',
    "/session cancel",
    "/session who",
    "/session rsvp answer=yes",
    "/host join",
    "/host join often=month",
    "/host leave",
    "/host take",
    "/host offer",
    "/host decline",
    "/host rota",
    "/host history",
    "/host ask person=@{person}",
    "/host swap person=@{person}",
    "/host away first={day} last={day}",
    "/openspace open question={title}",
    "/openspace next",
    "/openspace board",
    "/openspace fill",
    '/openspace slots start="{day} {hour}" count=2 length=45m',
    '/openspace rooms rooms="Garden, Pond"',
    "/openspace close",
    "/openspace proceedings",
    "/topic propose title={title}",
    "/topic list",
    "/topic notes",
    "/topic merge",
    "/topic withdraw",
    "/my profile",
    "/my reminders before=hour",
    '/my reminders before="8:00, at the start" maybe=yes',
    '/my hours possible="weekdays 14-17" excluded="23:00-07:00"',
    "/my week",
    "/people find",
    "/people show person=@{person}",
    "/community role person=@{person} role=core",
    "/community deliveries",
    "/community team",
    "/help",
)
RARE = ("community.setup", "help", "my.", "session.plan", "people.")
KEPT = ("zone", "quiet_from", "quiet_to", "announcements", "core_channel", "language")
DICE = st.integers(0, 1 << 32).map(random.Random)
UNDER_WAY = (
    'amina in #general: /session plan title="Seeds" when="2026-11-11 15:00" duration=90m',
    "amina: press session.announce",
    'bruno in #general: /session plan title="Soil" when="2026-11-17 16:00"',
    "bruno: press session.announce",
    "bruno: press session.rsvp?answer=yes",
    "david: press session.rsvp?answer=yes",
    "claire: /host join",
    "bruno: /host join",
    'amina in #general: /openspace open question="What keeps us going?"',
    "amina: press openspace.begin",
)
TITLES = ("Seeds", "Soil", "Rivers", "Rent & land", "¿Quién cuida?")


class Weeks(RuleBasedStateMachine):
    """Five people in five zones who do whatever comes to their mind, while weeks go by."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.lines: list[str] = []

    @initialize()
    def begin(self) -> None:
        """Set the community up, and plant what nobody may see."""
        url = f"sqlite:///{Path(self.folder.name) / 'weeks.db'}"
        migrate(url)
        self.world = LocalSeason(url, clock_of(BEGINS))
        self.runner.run(self.world.start())
        self.checks = Checks(self.world.ledger, budgets=False, limits=False)
        for name, options in PEOPLE.items():
            self.play(f"join {name} {options}")
        self.play("amina in #general: /community setup language=English core_channel=#core")
        for name in PEOPLE:
            self.play(f"{name} in #general: hello")
        self.play(
            f'emeka: /session plan title="{DRAFT}" when="2027-03-03 15:00" link=okapi.example'
        )
        for line in UNDER_WAY:
            self.play(line)
        self.plant()

    def plant(self) -> None:
        """Have the ledger look out for what is hidden."""
        self.world.ledger.hide(SECRET, tuple(PEOPLE))
        self.world.ledger.hide(DRAFT, ("amina", "bruno", "claire", "emeka"))
        self.world.ledger.forbid(ELSEWHERE, EVERYBODY)
        with self.world.storage.write() as transaction:
            now = self.world.clock.now()
            other = transaction.community_at("local", "elsewhere", now, "en", "UTC")
            at = now + timedelta(days=9)
            theirs = Session(
                title=ELSEWHERE, starts_at=at, wall=f"{at:%Y-%m-%d %H:%M}", zone="UTC", minutes=60,
                created_at=now, state="announced",
            )  # fmt: skip
            transaction.records(other.id).sessions.add(theirs)

    @rule(dice=DICE)
    def act(self, dice: random.Random) -> None:
        """Have somebody do something, or let time pass."""
        who = dice.choice([*PEOPLE])
        if who in self.world.chat.platform.forms:
            self.fill(who, dice)
            return
        acts = (self.press, self.say, self.choose, self.wait)
        (one,) = dice.choices(acts, (9, 7, 1, 3))
        one(who, dice)

    def say(self, who: str, dice: random.Random) -> None:
        """Give a command."""
        day = self.world.clock.now() + timedelta(days=dice.randint(1, 20))
        words = dice.choice(COMMANDS).format(
            title=dice.choice(TITLES),
            day=f"{day:%Y-%m-%d}",
            hour=f"{dice.randint(6, 22)}:00",
            person=dice.choice([*PEOPLE]),
        )
        self.play(f"{who}: {words}")

    def press(self, who: str, dice: random.Random) -> None:
        """Press one of the newest buttons."""
        every = (one.command for posted in self.newest(who) for one in posted.shown.buttons)
        buttons = [one for one in every if not one.startswith(RARE) or dice.random() < 0.1]
        if buttons:
            self.play(f'{who}: press "{dice.choice(buttons[:20])}"')

    def choose(self, who: str, dice: random.Random) -> None:
        """Choose from one of the newest menus."""
        menus = [one for posted in self.newest(who) for one in posted.shown.choices]
        if menus:
            menu = dice.choice(menus[:6])
            self.play(f'{who}: choose "{menu.command}" = "{dice.choice(menu.options).value}"')

    def fill(self, who: str, dice: random.Random) -> None:
        """Fill the open form in and send it off."""
        fields = self.world.chat.platform.forms[who].form.fields
        values = {one.name: self.value(one, dice) for one in fields}
        given = " ".join(f'{name}="{words}"' for name, words in values.items() if words)
        self.play(f"{who}: fill {given}")

    def wait(self, who: str, dice: random.Random) -> None:
        """Let time pass."""
        self.play(f"time +{dice.choice((1, 2, 5, 11, 24, 50))}h")

    def newest(self, who: str) -> list[PostedMessage]:
        """Give the messages somebody sees, the newest first; the hidden draft is left alone."""
        visible = islice(self.world.chat.platform.visible(who), 15)
        return [one for one in visible if DRAFT not in f"{one.shown.title} {one.shown.text}"]

    def value(self, field: ShownField, dice: random.Random) -> str:
        """Make up what somebody fills in: often what stands there already."""
        options = [one.value for one in field.options if DRAFT not in one.label]
        day = self.world.clock.now() + timedelta(days=dice.randint(0, 15))
        named = {"duration": "90m", "languages": "English, French", "link": "meet.example/1"}
        made = {
            "text": dice.choice((*TITLES, "")),
            "long": f"{SECRET} {dice.randint(1, 99)}" if field.name == "note" else "Some words",
            "number": str(dice.randint(1, 4)),
            "moment": f"{day:%Y-%m-%d} {dice.randint(0, 23)}:30",
            "day": f"{day:%Y-%m-%d}",
            "person": f"@{dice.choice([*PEOPLE])}",
            "place": dice.choice(("#general", "#core")),
        }
        if options:
            return dice.choice(options)
        if field.value and (field.name in KEPT or dice.random() < 0.5):
            return field.value
        return named.get(field.name) or made.get(field.kind, "")

    def play(self, line: str) -> None:
        """Play a line, and look at everything that went out."""
        self.lines.append(line)
        if not line.startswith("time"):
            self.checks.told.clear()
        with suppress(CannotPlay):
            self.runner.run(self.world.play(line))
        faults = self.checks.faults(self.world.storage)
        assert faults == [], "\n".join((*self.lines, *faults))

    def teardown(self) -> None:
        """Close everything."""
        self.runner.run(self.world.stop())
        self.runner.close()
        self.folder.cleanup()


def weeks(examples: int) -> settings:
    """Play so many runs of 200 steps; nothing is shrunk, since a run reads as a script."""
    return settings(
        max_examples=examples,
        stateful_step_count=200,
        derandomize="CI" in os.environ,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.nightly
@pytest.mark.slow
def test_nothing_goes_wrong_in_random_weeks() -> None:
    run_state_machine_as_test(Weeks, settings=weeks(3))


@pytest.mark.nightly
def test_nothing_goes_wrong_in_many_random_weeks() -> None:
    run_state_machine_as_test(Weeks, settings=weeks(30))
