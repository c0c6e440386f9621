"""English, Spanish and French words for the hours of a week, beside those for series."""

import re

from bot.moments.series_words import TOKENS as OF_SERIES
from bot.moments.words import WORDS, canonical, fold, table, vocabulary

TOKENS = """
MORN: mornings matinee matinees les_matinees en_matinee matins les_matins mananas las_mananas
MORN: por_las_mananas en_las_mananas
PM: afternoons tardes las_tardes por_las_tardes en_las_tardes les_apres_midi les_apres_midis
EVE: evening evenings in_the_evening in_the_evenings soir soirs le_soir les_soirs du_soir en_soiree
EVE: soiree soirees
NOCHE: noche noches de_la_noche por_la_noche en_la_noche a_la_noche por_las_noches las_noches
NIGHT: night nights at_night nuit nuits la_nuit les_nuits de_nuit
WEND: weekend weekends week_end week_ends the_weekend fin_de_semana fines_de_semana finde findes
WEND: fin_de_semaine fins_de_semaine
WORK: la_semaine entre_semana en_semaine dias_laborales week_days
ALL: every_day everyday any_day all_days all_week daily todos_los_dias cada_dia
ALL: a_diario toda_la_semana cualquier_dia
ALL: tous_les_jours chaque_jour toute_la_semaine n_importe_quel_jour
WHOLE: all_day whole_day the_whole_day all_day_long todo_el_dia toute_la_journee la_journee_entiere
WHOLE: any_time anytime at_any_time at_any_hour a_cualquier_hora a_toute_heure
FROM: from starting starting_at desde desde_las desde_la a_partir_de a_partir_de_las a_partir_de_la
FROM: des
AFTER: after despues_de_las despues_de_la despues_de despues_del apres
BEFORE: before antes_de antes_de_las antes_de_la antes_del avant
UNTIL: until till hasta hasta_las hasta_la jusqu_a jusque up_to
BETWEEN: between entre entre_las entre_la
ONWARDS: onwards on_wards or_later en_adelante
AND: and et & +
;: my_time local_time heure_locale hora_local mi_hora mon_heure a_mi_hora ma_zone
;: en_mi_hora a_mon_heure on in la l les hs
NO: none nothing no not ninguno ninguna nada aucun aucune rien pas non sin_horas
NEVER: never nunca jamais
ALWAYS: always siempre toujours
"""
_VOCABULARY = vocabulary({**WORDS, **table(OF_SERIES), **table(TOKENS)})
_RANGE = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,12})\.? ?[-‐-―−] ?(?=([^\W\d_]{1,12}|\d))")
_ENDS = re.compile(r"W\d|NOON|MIDNIGHT|[AP]M|Uh|\d")
_MAR = re.compile(r"(?<![^\W\d_])mar(?![^\W\d_])", re.IGNORECASE)
"""Tuesday, and not March."""
_NAMED = [
    (re.compile(r"(?:12 |12:00 )?(?<!\S)NOON(?!\S)"), "12:00"),
    (re.compile(r"(?:(?:12|24|0|00)(?::00)? )?(?<!\S)MIDNIGHT(?!\S)"), "24:00"),
    (re.compile(r"(?<!\S)(?:EACH|MANY|AT) (?=WORK|WEND|ALL|WHOLE)"), ""),
]


def hour_tokens(words: str, locale: str) -> str:
    """Give the tokens of a clause; a comma is one of its own."""
    parts = _RANGE.sub(_apart, _MAR.sub("mardi", words)).split(",")
    parts = [_part(part, locale) for part in parts]
    return " , ".join(part for part in parts if part)


def _apart(match: re.Match[str]) -> str:
    """Put spaces around a dash between weekdays or hours, which "après-midi" doesn't have."""
    ends = all(_ENDS.fullmatch(WORDS.get(fold(word), word)) for word in match.groups())
    return f"{match[1]} - " if ends else match[0]


def _part(words: str, locale: str) -> str:
    """Give the tokens of what stands between two commas."""
    tokens = canonical(fold(words.strip(" .()")), locale, _VOCABULARY)
    for form, replacement in _NAMED:
        tokens = form.sub(replacement, tokens)
    return tokens
