"""Is a small strict Slack on loopback: it takes what Slack takes and refuses what Slack refuses."""

from tests.fakes.slack import users as users
from tests.fakes.slack.client import Element, FakePerson
from tests.fakes.slack.state import BOT, Refusal, State
from tests.fakes.slack.workspace import FakeSlack

__all__ = ["BOT", "Element", "FakePerson", "FakeSlack", "Refusal", "State"]
