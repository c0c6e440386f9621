"""Shows that a table is held to a rule row by row, and each row that breaks it is named."""

from pathlib import Path

import pytest

from tests.tables import in_turn

SEEN: list[tuple[int, str]] = []


@in_turn(("number", "words"), [(1, "a"), (2, "b")])
def test_each_row_is_given_beside_the_fixtures(number: int, words: str, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    SEEN.append((number, words))
    assert [(1, "a"), (2, "b")][:number] == SEEN


def test_every_row_that_breaks_the_rule_is_named() -> None:
    @in_turn("number", range(4))
    def even(number: int) -> None:
        if number == 3:
            with pytest.raises(ValueError, match="never"):
                pass
        assert number % 2 == 0, "odd"

    with pytest.raises(BaseExceptionGroup, match="2 of 4 rows") as found:
        even()
    notes = [note for error in found.value.exceptions for note in error.__notes__]
    assert notes == ["with {'number': 1}", "with {'number': 3}"]
