"""Shows that the id of somebody who was erased stands where it is declared, and nowhere else."""

import pytest

from storage.personal import references
from tests.bot.handlers.test_my import erase
from tests.chatting import Chat
from tests.lives import called, kept, lived, rows

pytestmark = pytest.mark.slow
DECLARED = {("members", "id"), *((one.table.name, one.column.name) for one in references())}


def entangled(chat: Chat) -> int:
    """Have somebody ask, be asked, hand over, be given a role; gives the id of the member."""
    lived(chat)
    chat.join("claire", zone="Africa/Nairobi", locale="en", role="member")
    chat.say("claire", "/host join")
    chat.say("amina", "/community role @zuleika coordinator")
    chat.say("amina", "/community role @zuleika core")
    chat.say("amina", "/host ask session=Soil person=@zuleika")
    chat.say("zuleika", "/host decline Soil")
    chat.say("bruno", "/host swap session=Soil person=@zuleika")
    chat.press("bruno", "Ceder el mío")
    chat.forge("zuleika", "host.refuse", session="Soil", person="<@bruno|bruno>")
    called(chat, "amina", "people.show", "e8", person="<@zuleika|zuleika>")
    called(chat, "amina", "community.log", "e9")
    chat.say("zuleika", '/session change session=Soil title="Soil, said by me"')
    found = [
        id for id, row in rows(chat.storage.engine)["members"].items() if row["name"] == "zuleika"
    ]
    return found[0]


def where(chat: Chat, id: int) -> set[tuple[str, str]]:
    """Give the tables and columns in which an id stands, whole or in other words."""
    return {
        (table, name)
        for table, found in rows(chat.storage.engine).items()
        for row in found.values()
        for name, value in row.items()
        if str(id) in str(value)
    }


def test_id_of_somebody_erased_is_in_no_words_of_any_table(database_url: str) -> None:
    with kept(database_url) as chat:
        id = entangled(chat)
        assert where(chat, id) - DECLARED
        erase(chat, "zuleika")
        assert where(chat, id) - DECLARED == set()
