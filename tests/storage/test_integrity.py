"""Shows that what is damaged or fits nothing is found, and nothing else."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage import Storage
from storage.community import Post
from storage.deliveries import Delivery, Wanted
from storage.integrity import findings
from storage.sessions import Session
from tests.toys import NOW

LATER = NOW + timedelta(days=400)


@pytest.fixture
def sound(database_url: str) -> Storage:
    """Keep a session with a waiting reminder and a post."""
    storage = Storage(database_url)
    with storage.write() as transaction:
        home = transaction.community_at("toy", "home", NOW, "en", "UTC")
        records = transaction.records(home.id)
        channel = records.channels.meet("toy", "home", "general").id
        plan = Session(title="A", starts_at=LATER, wall="", zone="UTC", minutes=60, created_at=NOW)
        about = records.sessions.add(plan).about
        one = Wanted("day", LATER, channel_id=channel)
        records.deliveries.send(about, "session.reminder", one)
        post = Post(
            about=about, notice="x", target="channel:1", channel_id=channel, platform="toy",
            workspace="home", channel="general", message="1",
        )  # fmt: skip
        records.posts.add(post)
    return storage


def wrong(storage: Storage) -> dict[str, int]:
    found = {words: rows for words, rows in findings(storage.engine) if rows}
    storage.close()
    return found


def changed(storage: Storage, kind: type[Delivery | Session | Post], **values: object) -> list[str]:
    with storage.write() as transaction:
        transaction.db.execute(update(kind).values(**values))
    return list(wrong(storage))


def test_sound_database_has_no_findings(sound: Storage) -> None:
    assert wrong(sound) == {}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"about": "session:7"}, "waiting deliveries about a session that is gone"),
        ({"about": ""}, "deliveries about nothing"),
        ({"channel_id": None}, "deliveries to nobody"),
        ({"state": "dead"}, "failed deliveries without a reason"),
        ({"state": "sent"}, "sent deliveries without their instant"),
        (
            {"state": "leased", "owner": "1-a", "lease_until": NOW.replace(year=2025)},
            "deliveries stuck",
        ),
    ],
)
def test_delivery_that_leads_nowhere_is_found(
    sound: Storage, values: dict[str, object], said: str
) -> None:
    found = changed(sound, Delivery, **values)
    assert len(found) == 1
    assert found[0].startswith(said)


def test_reminder_of_a_cancelled_session_is_found(sound: Storage) -> None:
    assert changed(sound, Session, state="cancelled") == ["waiting reminders of cancelled sessions"]


def test_post_without_a_channel_is_found(sound: Storage) -> None:
    assert changed(sound, Post, channel_id=None) == ["posts without a channel"]


def test_row_of_another_community_is_found(sound: Storage) -> None:
    with sound.write() as transaction:
        other = transaction.community_at("toy", "elsewhere", NOW, "en", "UTC")
        transaction.db.execute(update(Post).values(community_id=other.id))
    assert wrong(sound) == {"posts whose channel_id is of another community": 1}


def test_row_that_refers_to_nothing_is_found(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as file, file:
        file.execute(
            "INSERT INTO workspaces (id, community_id, platform, workspace, name) "
            "VALUES (1, 7, 'a', 'b', '')"
        )
    assert wrong(Storage(sqlite_url)) == {
        "rows that refer to nothing": 1,
        "workspaces whose community_id is nowhere": 1,
    }
