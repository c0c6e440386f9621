"""Shows that pictures of hours are drawn the same everywhere, and that all words are in them."""

import json
from base64 import b64decode
from dataclasses import asdict, replace

from bot.documents.hours_picture import HoursPicture, RegionRow, as_svg, drawing, drawn, explained
from bot.documents.pictures import drawable, fitting, png, svg, text
from tests.tables import in_turn

HOURS = [str(hour) for hour in range(24)]
ROW = RegionRow("Asia", [f"{hour}:30" for hour in range(24)], [0, 1, 3, 6, 10, 1e6] * 4, 3.2, 2.1)
PICTURE = HoursPicture(HOURS, [ROW], [9, 14], "Bogotá")


def size(picture: bytes) -> tuple[int, int]:
    """Give the width and the height that the header of a PNG tells."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


@in_turn("words", ["Asia", "América Latina", "Μέση Ανατολή", "Тихий океан", "…"])
def test_words_are_seen(words: str) -> None:
    assert drawable(words)
    assert png(svg([text(words, (9, 20), 20)], 300, 40)) != png(svg([], 300, 40))


def test_picture_is_as_wide_as_a_post_and_as_high_as_its_regions() -> None:
    (wide, low), (as_wide, high) = size(drawn(PICTURE)), size(drawn(replace(PICTURE, regions=[])))
    assert wide == as_wide == 1000
    assert size(drawn(replace(PICTURE, regions=[ROW] * 12)))[1] == high + 12 * (low - high)


@in_turn(
    "other",
    [
        replace(PICTURE, marked=[9]),
        replace(PICTURE, marked=[9, 14, 77]),
        replace(PICTURE, here="Lima"),
        replace(PICTURE, decimal=","),
        replace(PICTURE, hours=[f"{hour} AM" for hour in range(24)]),
        replace(PICTURE, regions=[replace(ROW, proposed=None)]),
        replace(PICTURE, regions=[replace(ROW, costs=[0] * 24)]),
        replace(PICTURE, regions=[replace(ROW, costs=[float("nan")] * 30, local_hours=[])]),
        replace(PICTURE, regions=[replace(ROW, name="<b>&amp;")]),
    ],
)
def test_what_is_told_is_seen(other: HoursPicture) -> None:
    seen, before = drawn(other), drawn(PICTURE)
    assert size(seen) == size(before)
    assert (seen == before) == (other.marked == [9, 14, 77])


def test_name_without_room_is_cut_and_one_without_signs_is_a_number() -> None:
    assert fitting("W" * 40, 560, 24) == "W" * 22 + "…"
    assert fitting("North America and the Caribbean islands", 560, 24).endswith("islands")
    picture = replace(
        PICTURE, regions=[ROW, replace(ROW, name="南アジア"), replace(ROW, name="\x00")]
    )
    assert explained(picture) == (("2", "南アジア"), ("3", "\x00"))
    assert "南" not in as_svg(picture)


def test_job_draws_the_same() -> None:
    given = json.loads(json.dumps(asdict(PICTURE)))
    assert b64decode(drawing(given)["png"]) == drawn(PICTURE)
