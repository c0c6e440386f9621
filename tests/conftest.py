"""Brings what many tests stand on."""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.app.memory import set_up_memory

if TYPE_CHECKING:
    from storage import Storage
    from tests.chatting import Chat

pytest_plugins = ["tests.cpu_seconds", "tests.databases", "tests.folders", "tests.rings"]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep Python's collector from looking through all that is loaded, as the bot does."""
    set_up_memory()
    done = yield
    set_up_memory()
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def reused_storage(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Storage]":
    """Give the database of all chats of this process, which have it one after the other.

    To each other one, SQLAlchemy would compile all statements anew: a third of what a test takes.
    """
    from storage import Storage  # tests of rules load no storage

    storage = Storage(f"sqlite:///{tmp_path_factory.mktemp('chat') / 'convener.db'}")
    yield storage
    storage.close()


@pytest.fixture
def chat_storage(reused_storage: "Storage", sqlite_template: Path) -> "Storage":
    """Give it with nothing in it."""
    shutil.copy(sqlite_template, str(reused_storage.engine.url.database))
    return reused_storage


@pytest.fixture
def chat(chat_storage: "Storage") -> "Iterator[Chat]":
    """Give a chat with nobody in it yet."""
    from tests.chatting import staged  # tests of rules load no bot

    with staged(chat_storage) as opened:
        yield opened
