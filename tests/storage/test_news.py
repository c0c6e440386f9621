"""Shows what is found new in a community, on both databases."""

from contextlib import closing

from storage import Storage
from tests.hidden import DAY, NOW, plant


def test_what_is_new_is_found_as_somebody_sees_it(database_url: str) -> None:
    with closing(Storage(database_url)) as storage:
        planted = plant(storage)
        with storage.write() as transaction:
            mia = transaction.known("toy", "home", "mia")
            assert mia is not None
            news, span = transaction.records(mia.community_id).news, (NOW - 2 * DAY, NOW)
            waiting = planted.hidden["sessions"][1]
            mia.digest = "weekly"
            assert [one.id for one in news.readers()] == [mia.id]
            assert [one.title for one in news.announced(span, mia.sight, NOW)] == ["Openword seen"]
            assert news.announced((NOW, NOW + DAY), mia.sight, NOW) == []
            assert news.kept(span, mia.sight, NOW) == []
            assert {*news.acts("session", span, "cancelled")} == {waiting}
            assert [one.title for one in news.spaces(span, mia.sight, NOW)] == ["Seeds?"]
            assert [count for _, count in news.topics(span, mia.sight, NOW)] == [1]
            assert [one.title for one in news.unanswered(mia.sight, NOW)] == ["Hours"]
