"""Shows that what may only read is caught when it changes something."""

import pytest

from storage import Storage
from storage.reading import ChangedWhileReading, only_reading
from tests.chatting import START


def test_change_where_only_reading_is_allowed_is_refused(sqlite_url: str) -> None:
    storage = Storage(sqlite_url)
    with storage.write() as transaction:
        home = transaction.community_at("local", "home", START, "en", "UTC")
        records = transaction.records(home.id)
        with only_reading(records.db, records.touched):
            assert records.community.name == ""
        with pytest.raises(ChangedWhileReading), only_reading(records.db, records.touched):
            records.community.name = "changed by a notice"
        records.db.expire_all()
        with pytest.raises(ChangedWhileReading), only_reading(records.db, records.touched):
            records.touched.add(home)
    storage.close()
