"""Opens the pages of a rehearsal: what they say of it, and how somebody is found among many."""

from datetime import UTC, datetime

import pytest

from bot.adapters.local import LocalPlatform
from bot.adapters.local.kept import Somebody
from bot.protocol import Answer, Call
from bot.web.chat.pages import ChatView
from bot.web.chat.side import MOST
from bot.web.chat.window import window_of

MADE = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def platform() -> LocalPlatform:
    """Give a chat in which many are, the first of whom reads Spanish."""

    async def nothing(call: Call) -> Answer:
        raise NotImplementedError

    platform = LocalPlatform(nothing, lambda: MADE, lambda shown: None)
    platform.meet(Somebody("Aída", zone="America/Bogota", locale="es"))
    for number in range(MOST + 10):
        platform.meet(Somebody(f"member-{number}"))
    return platform


def opened(platform: LocalPlatform, copied_at: datetime | None = None, **query: str) -> str:
    window = window_of(platform, query)
    assert window is not None
    return str(ChatView(platform, "", "1", copied_at).page(window, None, query).text)


def test_page_says_that_it_is_a_rehearsal(platform: LocalPlatform) -> None:
    page = opened(platform, MADE)
    assert "Nadie recibe nada" in page
    assert "lun 2 nov 2026, 3:00" in page
    assert "Nadie recibe nada" not in opened(platform)


def test_somebody_is_found_among_many(platform: LocalPlatform) -> None:
    last = f"member-{MOST + 9}"
    named = f"<b>Member-{MOST + 9}</b>"
    assert named not in opened(platform)
    found = opened(platform, who=f"MEMBER-{MOST + 9}")
    assert named in found
    assert "<b>Member-1</b>" not in found
    assert named in opened(platform, None, **{"as": last})
