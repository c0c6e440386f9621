"""Suggests what to try next, changing as one goes."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import PostedMessage, Somebody
from bot.chat import CommandRef, decoded
from bot.i18n import Text, render, supported_language, t
from bot.plain_text import slashed
from bot.web.chat.window import ALONE, Window
from bot.web.chat.words import shown_name

MOST = 3
"""How many are shown at once."""


@dataclass(frozen=True, slots=True)
class Try:
    """Something to try: words for the message field, a window to go to, or a move of the clock."""

    label: Text
    kind: Literal["say", "go", "time"]
    value: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to try something with: the window, who else is here, what was done so far."""

    platform: LocalPlatform
    window: Window
    done: Collection[str]

    def others(self) -> Iterator[Somebody]:
        """Go through the others in the workspace, those of another language first."""
        mine = self.window.who
        there = [
            one
            for one in self.platform.people.values()
            if one.workspace == mine.workspace and not one.gone and one.handle != mine.handle
        ]
        language = supported_language(mine.locale)
        yield from sorted(there, key=lambda one: supported_language(one.locale) == language)

    def offering(self, command: str) -> PostedMessage | None:
        """Find the newest message the person sees that has a button of some command."""
        for posted in self.platform.visible(self.window.who.handle):
            if any(decoded(one.command)[0] == command for one in posted.shown.buttons):
                return posted
        return None


def tries(scene: Scene) -> Sequence[Try]:
    """Give the first that were not tried yet, and can be."""
    made = (make(scene) for made_by, make in TRAIL if not made_by & set(scene.done))
    return [one for one in made if one is not None][:MOST]


def _plan(scene: Scene) -> Try:
    words = {"title": t("What have we learned?"), "when": t("tomorrow 15:00")}
    return Try(t("Plan a session in one line"), "say", _line(scene, "session.plan", words))


def _announce(scene: Scene) -> Try | None:
    return _at_button(scene, "session.announce", t("Announce the session"))


def _answer(scene: Scene) -> Try | None:
    asked = scene.offering("session.rsvp")
    if asked is None or _sessions(asked, "session.rsvp") & _answered(scene):
        return None
    return _at_button(scene, "session.rsvp", t("Say whether you're coming"))


def _answered(scene: Scene) -> set[str]:
    """Give the sessions the person answered: what they alone are shown goes on from there."""
    seen = scene.platform.visible(scene.window.who.handle)
    return {one for posted in seen if posted.person for one in _sessions(posted, "session.note")}


def _sessions(posted: PostedMessage, command: str) -> set[str]:
    calls = (decoded(one.command) for one in posted.shown.buttons)
    return {str(given.get("session")) for name, given in calls if name == command}


def _at_button(scene: Scene, command: str, label: Text) -> Try | None:
    posted = scene.offering(command)
    if posted is None:
        return None
    where = posted.place.channel or ALONE
    return Try(label, "go", scene.window.other(**{"in": where}) + f"#m{posted.id}")


def _become(scene: Scene) -> Try | None:
    other = next(scene.others(), None)
    if other is None:
        return None
    label = t("Answer as {name}", name=shown_name(other.name))
    return Try(label, "go", Window(other, scene.window.channel).path())


def _next(scene: Scene) -> Try:
    return Try(t("Move the clock to my next message"), "time", "next")


def _read(scene: Scene) -> Try | None:
    """Lead to what somebody else was sent alone, once there is something."""
    if "time" not in scene.done:
        return None
    for other in scene.others():
        theirs = Window(other, ALONE)
        if any(theirs.has(posted) for posted in scene.platform.visible(other.handle)):
            return Try(
                t("Read what {name} was sent", name=shown_name(other.name)), "go", theirs.path()
            )
    return None


def _say(label: Text, command: str, **words: Text) -> Callable[[Scene], Try]:
    return lambda scene: Try(label, "say", _line(scene, command, words))


def _programmes(scene: Scene) -> Try | None:
    """Lead to the programmes, where one has been planned."""
    here = scene.window.who.workspace
    there = (one for one in scene.platform.messages.values() if one.place.workspace == here)
    calls = (decoded(one.command)[0] for posted in there for one in posted.shown.buttons)
    if "programme.show" not in calls:
        return None
    return _say(t("See the programmes"), "programme.list")(scene)


def _line(scene: Scene, command: str, words: Mapping[str, Text]) -> str:
    """Write a command as it is typed in the language of whoever tries it."""
    locale = scene.window.reader.locale
    group, _, verb = command.partition(".")
    options = (
        f'{render(Text(f"{name}="), locale, str)}"{render(value, locale, str)}"'
        for name, value in words.items()
    )
    return " ".join([slashed(CommandRef(group, verb), locale), *options])


TRAIL: Sequence[tuple[frozenset[str], Callable[[Scene], Try | None]]] = (
    (frozenset({"session.plan"}), _plan),
    (frozenset({"session.announce"}), _announce),
    (frozenset({"became"}), _become),
    (frozenset({"session.rsvp"}), _answer),
    (frozenset({"time"}), _next),
    (frozenset({"read"}), _read),
    (
        frozenset({"topic.propose"}),
        _say(t("Propose a topic"), "topic.propose", title=t("Learning from each other")),
    ),
    (frozenset({"my.week"}), _say(t("See what's next for you"), "my.week")),
    (frozenset({"host.rota"}), _say(t("See who's hosting"), "host.rota")),
    (frozenset({"programme.list"}), _programmes),
    (frozenset({"my.profile"}), _say(t("Introduce yourself"), "my.profile")),
    (frozenset({"my.data"}), _say(t("See what I keep about you"), "my.data")),
    (frozenset({"help"}), _say(t("See all I can do"), "help")),
)
"""What there is to try, in this order, and what counts as having tried it."""
