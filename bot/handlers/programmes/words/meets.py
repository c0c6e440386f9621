"""Words by which rules a programme meets, one after the other."""

from collections.abc import Sequence

from bot.chat import Paragraph
from bot.handlers.programmes.group import Holding
from bot.i18n import DateInFull, Text, t
from bot.wording.recurrence import placed_in_words


def meets(rules: Sequence[Holding]) -> tuple[Paragraph, ...]:
    """Say by which rule a programme meets, and by which from another day on."""
    return tuple(Paragraph(rule_of(holding)) for holding in rules)


DIFFER = Paragraph(t("Each date below has its own hour, to be fair to all regions."))


def rule_of(holding: Holding) -> Text:
    """Say a rule, and from which day on it holds."""
    words = placed_in_words(holding.rule)
    if holding.begin is None:
        return words
    return t("From {date}: {rule}", date=DateInFull(holding.begin), rule=words)
