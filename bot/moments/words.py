"""English, Spanish and French words for days and hours, so that one grammar reads all three."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# What each token is called by, without accents; "_" stands for a space.
# Longer names win, so "de la manana" is a morning and "manana" alone is tomorrow.
TOKENS = """
W0: monday mon lundi lun lunes
W1: tuesday tue tues mardi martes
W2: wednesday wed weds mercredi mer miercoles mie
W3: thursday thu thur thurs jeudi jeu jueves jue
W4: friday fri vendredi ven viernes vie
W5: saturday sat samedi sam sabado sab
W6: sunday sun dimanche dim domingo dom
M1: january jan janvier janv enero ene
M2: february feb fevrier fevr fev febrero
M3: march mars marzo
M4: april apr avril avr abril abr
M5: may mai mayo
M6: june jun juin junio
M7: july jul juillet juil julio
M8: august aug aout agosto ago
M9: september sep sept septembre septiembre setiembre
M10: october oct octobre octubre
M11: november nov novembre noviembre
M12: december dec decembre diciembre dic
D-1: yesterday hier ayer
D0: today aujourd_hui hoy
D1: tomorrow tmrw tmr tmw tomorow 2morrow demain manana
D2: day_after_tomorrow apres_demain pasado_manana
D0 MORN: this_morning ce_matin esta_manana
D0 PM: this_afternoon cet_apres_midi cet_aprem esta_tarde
D0 NIGHT: tonight this_evening ce_soir esta_noche
AM: am
PM: pm afternoon in_the_afternoon apres_midi de_l_apres_midi l_apres_midi aprem l_aprem
PM: tarde de_la_tarde por_la_tarde en_la_tarde a_la_tarde
MORN: morning in_the_morning matin du_matin le_matin de_la_madrugada
MORN: de_la_manana por_la_manana en_la_manana a_la_manana
NIGHT: night at_night evening in_the_evening soir du_soir le_soir
NIGHT: noche de_la_noche por_la_noche en_la_noche a_la_noche
NOON: noon midday midi mediodia al_mediodia del_mediodia
MIDNIGHT: midnight minuit medianoche
12:15: midi_et_quart
12:30: midi_et_demi midi_et_demie midi_trente
P15: quarter_past et_quart y_cuarto
P30: half_past and_a_half et_demie et_demi y_media
L15: quarter_to moins_le_quart moins_quart menos_cuarto
L15: cuarto_para_las cuarto_para_la un_cuarto_para_las un_cuarto_para_la
15 Um: quarter_of_an_hour a_quarter_of_an_hour quart_d_heure un_quart_d_heure
15 Um: cuarto_de_hora un_cuarto_de_hora
30 Um: half_an_hour half_hour a_half_hour demi_heure une_demi_heure media_hora
45 Um: three_quarters_of_an_hour trois_quarts_d_heure tres_cuartos_de_hora
Um: m min mins minute minutes minuto minutos mn
Uh: h hr hrs hs hour hours heure heures hora horas
OC: o_clock oclock
Ud: day days jour jours dia dias
Uw: week weeks semaine semaines semana semanas
UM: month months mois mes meses
1 Ud: a_day
1 Uw: a_week
1 UM: a_month
1 Um: a_minute
2 Uw: fortnight a_fortnight quinzaine une_quinzaine
1 Uw: huitaine une_huitaine
2 Uw: quincena una_quincena
2: a_couple_of couple_of a_couple un_par_de par_de une_paire_de
10: une_dizaine_de
12: a_dozen une_douzaine_de una_docena_de
IN: in dans en dentro_de
IN 0 Um: now right_now maintenant ahora ahora_mismo
FROMNOW: from_now
NEXT: next coming this_coming prochain prochaine proximo proxima prox que_viene qui_vient
THIS: this ce cette este esta
LAST: last dernier derniere pasado pasada ultimo ultima
AT: at a a_las a_la las @ from desde desde_las desde_la
AT: around about approximately approx roughly circa at_about at_around
AT: starting starting_at beginning_at
AT: vers vers_les environ a_partir_de autour_de a_compter_de aux_environs_de des sur_les
AT: sobre_las sobre_la hacia hacia_las hacia_la hacia_el a_eso_de_las a_eso_de_la aproximadamente
AT: como_a_las como_a_la cerca_de_las cerca_de_la
AT: a_partir_de_las a_partir_de_la alrededor_de_las
;: sharp prompt exactly on_the_dot precise precises pile tapantes exactement en_punto exactas
;: temprano
PAST: past
AFTER: after apres despues_de despues_del
FOR: for pendant durante pour por duree duracion lasting
END: end fin fines finales
THE: the el le el_dia
OF: of de del du d
#1: first premier premiere primer primero
#2: second deuxieme segundo
#3: third troisieme tercer tercero
#4: fourth quatrieme cuarto
24 M12: christmas_eve veille_de_noel la_veille_de_noel nochebuena
25 M12: christmas christmas_day noel jour_de_noel navidad dia_de_navidad
31 M12: new_year_s_eve new_years_eve saint_sylvestre la_saint_sylvestre nochevieja
1 M1: new_year_s_day new_years_day jour_de_l_an le_jour_de_l_an nouvel_an ano_nuevo
AND: and et
Y: y
;: on la l les my_time local_time heure_locale hora_local
1: one an un une una uno
2: two deux dos
3: three trois tres
4: four quatre cuatro
5: five cinq cinco
6: six seis
7: seven siete
8: eight huit ocho
9: nine neuf nueve
10: ten dix diez
11: eleven onze once
12: twelve douze doce
13: thirteen treize trece
14: fourteen quatorze catorce
15: fifteen quinze quince
16: sixteen seize dieciseis
17: seventeen dix_sept diecisiete
18: eighteen dix_huit dieciocho
19: nineteen dix_neuf diecinueve
20: twenty vingt veinte
21: twenty_one vingt_et_un vingt_et_une veintiuno veintiuna
22: twenty_two vingt_deux veintidos
23: twenty_three vingt_trois veintitres
24: twenty_four vingt_quatre veinticuatro
25: twenty_five vingt_cinq veinticinco
26: twenty_six vingt_six veintiseis
27: twenty_seven vingt_sept veintisiete
28: twenty_eight vingt_huit veintiocho
29: twenty_nine vingt_neuf veintinueve
30: thirty trente treinta
31: thirty_one trente_et_un treinta_y_uno
40: forty quarante cuarenta
45: forty_five quarante_cinq cuarenta_y_cinco
50: fifty cinquante cincuenta
60: sixty soixante sesenta
90: ninety quatre_vingt_dix noventa
N5: fifth
N6: sixth
N7: seventh
N8: eighth
N9: ninth
N10: tenth
N11: eleventh
N12: twelfth
N13: thirteenth
N14: fourteenth
N15: fifteenth
N16: sixteenth
N17: seventeenth
N18: eighteenth
N19: nineteenth
N20: twentieth
N21: twenty_first
N22: twenty_second
N23: twenty_third
N24: twenty_fourth
N25: twenty_fifth
N26: twenty_sixth
N27: twenty_seventh
N28: twenty_eighth
N29: twenty_ninth
N30: thirtieth
N31: thirty_first
"""


def table(lines: str) -> dict[str, str]:
    """Turn lines of "token: names" around; "_" in a name stands for a space."""
    pairs = (line.rsplit(": ", 1) for line in lines.strip().splitlines())
    return {name.replace("_", " "): token for token, names in pairs for name in names.split()}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of some names, and what finds these names in folded text."""

    tokens: Mapping[str, str]
    name: re.Pattern[str]


def vocabulary(tokens: Mapping[str, str]) -> Vocabulary:
    """Make what is needed to find names; the longer one wins."""
    names = "|".join(map(re.escape, sorted(tokens, key=len, reverse=True)))
    return Vocabulary(tokens, re.compile(rf"(?<![a-z])(?:{names})(?![a-z])"))


WORDS = table(TOKENS)
_OF_MOMENTS = vocabulary(WORDS)
_SPACING = [
    (re.compile(r"[‘’´`ʼ′']"), " "),
    (re.compile(r"[‐-―−]"), "-"),
    (re.compile(r"[·⋅•~|]|:(?!\d)|(?<= )/(?= )"), " "),
    (re.compile(r"(?<=\d)/(?=[a-z])|(?<=[a-z])/(?=\d)"), " "),
    (re.compile(r"(?<=[a-z]),\s+(?=\d+ ?(?:m|h))"), " ; "),
    (re.compile(r"(?<![a-z])([ap])\.? ?m(?![a-z])\.?"), r" \1m "),
    (re.compile(r"(?<=\d)\.(?=(?:o|er)(?![a-z]))"), ""),  # 1.º, 3.er
    (re.compile(r"(?<=\d)([ap])(?![a-z.])"), r" \1m "),
    (re.compile(r"(?<=[a-z])(?<!utc|gmt)(?<![\d ]h)[-.]|[-.](?=[a-z])"), " "),
    (re.compile(r"\.(?!\d)|,(?!\d)|(?<!\d),|[\[\]_]"), " "),
    (re.compile(r"\s+"), " "),
]
_AFTERWARDS = [
    (re.compile(r"(?<!\S)N([1-4])(?= W\d (?:OF|IN) )"), r"#\1"),
    (re.compile(r"(?<!\S)(?:N|#(?=[1-4](?! W)))(?=\d)"), "THE "),  # the 5th, le premier décembre
    (re.compile(r"(?<!\S)M9(?= (?:M\d|U[hdwM]))"), "7"),  # sept heures, sept décembre
    (re.compile(r"(?<!\S)(?<!\d )(?<!EACH )(?<!REG )Ud(?= \d{1,2}(?!\S))"), "THE"),  # día quince
    (re.compile(r"(?<=IN )Uh(?= P30)"), "1 Uh"),  # en hora y media
    (re.compile(r"(?<=AT 12 )(?:Um(?!\S)|OF Ud(?! \d))"), "NOON"),  # las 12 m, las 12 del día
]
_QUOTES = " \t\n\"'“”„«»‘’?!"


def fold(raw: str) -> str:
    """Return the text in small letters without accents, invisible signs and needless marks.

    Digits of any script become 0-9. Control characters stay, so that nothing will read them.
    """
    plain = (_digit(sign) for sign in raw if unicodedata.category(sign) != "Cf")
    split = unicodedata.normalize("NFKD", "".join(plain))
    text = "".join(sign for sign in split if not unicodedata.combining(sign)).casefold()
    text = text.strip(_QUOTES)
    for pattern, replacement in _SPACING:
        text = pattern.sub(replacement, text)
    return text.strip()


def _digit(sign: str) -> str:
    if sign == "½":
        return ".5"
    if unicodedata.category(sign) == "No":  # "2²" must not become 22
        return "?"
    number = unicodedata.decimal(sign, None)
    return sign if number is None else str(number)


def canonical(text: str, locale: str, words: Vocabulary = _OF_MOMENTS) -> str:
    """Return folded text as tokens with spaces between; unknown words stay in small letters."""
    text = re.sub(r"[()#]", " ", text)  # "#" marks ordinal numbers from here on
    text = re.sub(r"(\d+)(?:st|nd|rd|th|er|eme|e|[rdt]?o|era?|°)(?![a-z])", r"N\1 ", text)
    text = words.name.sub(lambda name: f" {words.tokens[name[0]]} ", text)
    text = " ".join(_tuesday_or_march(text, locale).split())
    for form, replacement in _AFTERWARDS:
        text = form.sub(replacement, text)
    return text


def _tuesday_or_march(text: str, locale: str) -> str:
    """Settle "mar": March after a number; before one it is Tuesday, but in English."""
    march = re.search(r"\d (?:OF )?mar(?![a-z])", " ".join(text.split()))
    if not march and locale.startswith("en") and not re.search(r"\bM\d", text):
        march = re.search(r"(?<![a-z])mar \d{1,2}(?![\d:.]| +Uh)", text)
    return re.sub(r"(?<![a-z])mar(?![a-z])", " M3 " if march else " W1 ", text)
