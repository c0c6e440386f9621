"""Is a small strict Slack on loopback: it takes what Slack takes and refuses what Slack refuses."""

from tests.fakes.slack.client import Person, Thing
from tests.fakes.slack.state import BOT, Refusal, State
from tests.fakes.slack.workspace import Workspace

__all__ = ["BOT", "Person", "Refusal", "State", "Thing", "Workspace"]
