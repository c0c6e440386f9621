"""Shows which shapes fit: what may lack, what has to be there, and all there is in lists."""

from typing import Any

import pytest

from bot.shapes import Shape, misshapen

SHAPE: Shape = {
    "a": dict,
    "a.b": str,
    "c?": list,
    "c.*": dict,
    "c.*.d": (str, int),
    "e?": list,
    "e.0?": int,
}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"a": {"b": "x"}}, ""),
        ({"a": {"b": "x"}, "c": [], "e": []}, ""),
        ({"a": {"b": "x"}, "c": [{"d": 1}, {"d": "x"}], "e": [1, "x"]}, ""),
        ({}, "a"),
        ({"a": None}, "a"),
        ({"a": {}}, "a.b"),
        ({"a": {"b": 1}}, "a.b"),
        ({"a": {"b": "x"}, "c": "x"}, "c"),
        ({"a": {"b": "x"}, "c": [None]}, "c.*"),
        ({"a": {"b": "x"}, "c": [{"d": 1}, {}]}, "c.*.d"),
        ({"a": {"b": "x"}, "e": ["x"]}, "e.0"),
        ([], "a"),
        (None, "a"),
    ],
)
def test_first_place_that_does_not_fit_is_named(body: Any, wrong: str) -> None:
    assert misshapen(SHAPE, body) == wrong


def test_list_that_has_to_hold_something_is_not_empty() -> None:
    assert misshapen({"a.0": int}, {"a": []}) == "a.0"
    assert misshapen({"a.*": int}, {"a": {"x": 1, "y": "z"}}) == "a.*"
