"""Reads tables of sessions as people write them, in three languages and any order of columns."""

from typing import Any

import pytest

from bot.documents.sessions_file import read_file
from bot.documents.table_read import read_table
from bot.options.files import text_of

GIVEN = {
    "zone": "Africa/Nairobi",
    "locale": "en",
    "now": "2026-11-02T08:00:00+00:00",
    "languages": {"spanish": "es", "english": "en"},
}


def read(content: str, **given: Any) -> dict[str, Any]:
    return read_file({**GIVEN, "content": content, **given})


@pytest.mark.parametrize(
    ("content", "wall", "zone", "minutes"),
    [
        ("Title,Date,Time,Length\nT,2/12/2026,3pm,90m\nU,25/12/2026,3pm,", "2026-12-02 15:00",
         "Africa/Nairobi", 90),
        ("Subject\tStart Date\tStart Time\tEnd Date\tEnd Time\nT\t12/25/2026\t10:00:00 PM\t"
         "12/26/2026\t12:30:00 AM", "2026-12-25 22:00", "Africa/Nairobi", 150),
        ("sep=;\nTítulo;Fecha;Hora;Hora de fin;Zona horaria\nT;2 de diciembre de 2026;15:00;16:30;"
         "Bogotá", "2026-12-02 15:00", "America/Bogota", 90),
        ("lieu;heure;date;titre;durée\nLà;15h30;2.12.2026;T;1h30", "2026-12-02 15:30",
         "Africa/Nairobi", 90),
        ("start,name,end\n2026-12-02T23:00,T,00:30", "2026-12-02 23:00", "Africa/Nairobi", 90),
        ("title,date,time\nT,2026-12-02,15:00 - 16:15", "2026-12-02 15:00", "Africa/Nairobi", 75),
        ("Our sessions,,\ntitle,date,time,duration\nT,2026-12-02,15:00,1:45", "2026-12-02 15:00",
         "Africa/Nairobi", 105),
    ],
)  # fmt: skip
def test_rows_are_read_as_people_write_them(
    content: str, wall: str, zone: str, minutes: int
) -> None:
    result = read(content)
    row = result["rows"][0] if result["rows"] else {"wall": result["problems"]}
    assert (row.get("wall"), row.get("zone"), row.get("minutes")) == (wall, zone, minutes)


def test_bad_rows_are_named_as_the_spreadsheet_counts_them_and_the_rest_is_kept() -> None:
    rows = "A,32.13.2026,15:00,,\nB,1.12.2026,,,\n,1.12.2026,15:00,,\nC,,15:00,,\n"
    rows += "D,1.12.2026,late,,\nE,1.12.2026,15:00,Atlantis,\nF,1.12.2026,15:00,,-\n\n"
    result = read(f"title,date,time,zone,duration\n{rows}G,1.12.2026,15:00,,\nG,1.12.2026,15:00,,")
    assert [(n, why) for n, why, _ in result["problems"]] == [
        (2, "date"), (3, "no_hour"), (4, "no_title"), (5, "no_date"), (6, "hour"), (7, "zone"),
        (8, "length"), (11, "twice"),
    ]  # fmt: skip
    assert [row["title"] for row in result["rows"]] == ["G"]


def test_cells_are_only_text_and_what_was_assumed_is_said() -> None:
    result = read(
        "title,date,time,language\n'=1+1,3/4/2027,15:00,Spanish / English\n@x,5/5/27,9:00"
    )
    formula, other = result["rows"]
    assert (formula["title"], other["title"]) == ("=1+1", "@x")
    assert (formula["wall"], formula["languages"]) == ("2027-04-03 15:00", ["es", "en"])
    assert result["notes"]["order"] == "day"
    assert (
        read("title,date,time\nT,3/4/2027,9:00", locale="en-US")["rows"][0]["wall"][:7] == "2027-03"
    )


def test_links_are_kept_as_addresses_wherever_they_stand() -> None:
    rows = "A,1.12.2026,9:00,zoom.us/j/1,Hall\nB,2.12.2026,9:00,,https://x.org/b\n"
    result = read(f"title,date,time,link,place\n{rows}C,3.12.2026,9:00,javascript:x,\n")
    kept = [(row["link"], row["place"]) for row in result["rows"]]
    assert kept == [("https://zoom.us/j/1", "Hall"), ("https://x.org/b", ""), ("", "")]


@pytest.mark.parametrize(
    ("content", "error"),
    [("a,b\n1,2", "columns"), ("title,date,time\n", "nothing"), ('title,"', "columns")],
)
def test_what_is_no_table_of_sessions_is_refused(content: str, error: str) -> None:
    assert read(content)["notes"]["error"] == error


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_table_is_read_however_it_was_saved(encoding: str) -> None:
    content = text_of("título,fecha,hora\n“Añil”,2026-12-02,15:00".encode(encoding))
    assert read(content)["rows"][0]["title"] == "“Añil”"


@pytest.mark.slow
def test_fifty_thousand_rows_are_read_and_no_more() -> None:
    lines = "".join(f"S{n},{1 + n % 28}/{1 + n % 12}/2027,{n % 24}:00\n" for n in range(50_000))
    whole = read_table({**GIVEN, "content": f"title,date,time\n{lines}"})
    assert (len(whole.rows), whole.problems, whole.error) == (50_000, [], "")
    assert (
        read_table({**GIVEN, "content": f"title,date,time\n{lines}X,1/1/2027,9:00"}).error == "many"
    )
