"""Holds the table of quiet hours to the notices there are and to what operators read of it."""

from bot.domain.quiet import QUIET, Quiet
from tests.declared import NOTICES
from tests.reading import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_each_notice_stands_in_the_table_once() -> None:
    assert QUIET.keys() == NOTICES.keys()


def test_operators_read_the_table() -> None:
    for quiet in Quiet:
        called = [NOTICES[name].called.template for name, one in QUIET.items() if one is quiet]
        assert f"| {'; '.join(called)} | {quiet.value} |" in PAGE
