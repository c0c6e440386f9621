"""English, Spanish and French words for days and hours, so that one grammar reads all three."""

import re
import unicodedata

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
D1: tomorrow demain manana
D2: day_after_tomorrow apres_demain pasado_manana
D0 MORN: this_morning ce_matin esta_manana
D0 PM: this_afternoon cet_apres_midi esta_tarde
D0 NIGHT: tonight this_evening ce_soir esta_noche
AM: am
PM: pm afternoon in_the_afternoon apres_midi de_l_apres_midi l_apres_midi
PM: tarde de_la_tarde por_la_tarde en_la_tarde a_la_tarde
MORN: morning in_the_morning matin du_matin le_matin de_la_madrugada
MORN: de_la_manana por_la_manana en_la_manana a_la_manana
NIGHT: night at_night evening in_the_evening soir du_soir le_soir
NIGHT: noche de_la_noche por_la_noche en_la_noche a_la_noche
NOON: noon midday midi mediodia al_mediodia del_mediodia
MIDNIGHT: midnight minuit medianoche
12:30: midi_et_demi midi_et_demie midi_trente
P15: quarter_past et_quart y_cuarto
P30: half_past and_a_half et_demie et_demi y_media
L15: quarter_to moins_le_quart moins_quart menos_cuarto
15 Um: quarter_of_an_hour a_quarter_of_an_hour quart_d_heure un_quart_d_heure
15 Um: cuarto_de_hora un_cuarto_de_hora
30 Um: half_an_hour half_hour a_half_hour demi_heure une_demi_heure media_hora
45 Um: three_quarters_of_an_hour trois_quarts_d_heure tres_cuartos_de_hora
Um: m min mins minute minutes minuto minutos mn
Uh: h hr hrs hs hour hours heure heures hora horas o_clock
Ud: day days jour jours dia dias
Uw: week weeks semaine semaines semana semanas
UM: month months mois mes meses
1 Ud: a_day
1 Uw: a_week
1 UM: a_month
1 Um: a_minute
IN: in dans en dentro_de
IN 0 Um: now right_now maintenant ahora ahora_mismo
FROMNOW: from_now
NEXT: next coming prochain prochaine proximo proxima que_viene qui_vient
THIS: this ce cette este esta
LAST: last dernier derniere pasado pasada ultimo ultima
AT: at a a_las a_la las @
THE: the el le el_dia
OF: of de del du d
#1: first premier primer primero
#2: second deuxieme segundo
#3: third troisieme tercer tercero
#4: fourth quatrieme cuarto
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
15: fifteen quinze quince
20: twenty vingt veinte
30: thirty trente treinta
45: forty_five quarante_cinq cuarenta_y_cinco
60: sixty soixante sesenta
90: ninety quatre_vingt_dix noventa
"""


def table(lines: str) -> dict[str, str]:
    """Turn lines of "token: names" around; "_" in a name stands for a space."""
    pairs = (line.rsplit(": ", 1) for line in lines.strip().splitlines())
    return {name.replace("_", " "): token for token, names in pairs for name in names.split()}


WORDS = table(TOKENS)
_BY_LENGTH = sorted(WORDS, key=len, reverse=True)
_WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(map(re.escape, _BY_LENGTH))})(?![a-z])")
_SPACING = [
    (re.compile(r"[‘’´`ʼ′']"), " "),
    (re.compile(r"[‐-―−]"), "-"),
    (re.compile(r"(?<![a-z])([ap])\.? ?m(?![a-z])\.?"), r" \1m "),
    (re.compile(r"(?<=[a-z])(?<!utc|gmt)(?<![\d ]h)[-.]|[-.](?=[a-z])"), " "),
    (re.compile(r"\.(?!\d)|,(?!\d)|(?<!\d),|[\[\]_]"), " "),
    (re.compile(r"\s+"), " "),
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


def canonical(text: str, locale: str) -> str:
    """Return folded text as tokens with spaces between; unknown words stay in small letters."""
    text = re.sub(r"[()#]", " ", text)  # "#" marks ordinal numbers from here on
    text = re.sub(r"(\d+)(?:st|nd|rd|th|er|eme|e|o|°)(?![a-z])", r"N\1 ", text)
    text = _WORD.sub(lambda word: f" {WORDS[word[0]]} ", text)
    text = " ".join(_tuesday_or_march(text, locale).split())
    text = re.sub(r"(?<!\S)N([1-4])(?= W\d (?:OF|IN) M)", r"#\1", text)
    text = re.sub(r"(?<!\S)N(?=\d)", "THE ", text)
    text = re.sub(r"(?<!\S)#1(?! W)", "1", text)  # le premier décembre
    return re.sub(r"(?<!\S)M9(?= (?:M\d|U[hmdwM]))", "7", text)  # sept heures, sept décembre


def _tuesday_or_march(text: str, locale: str) -> str:
    """Settle "mar": March after a number; before one, March but for French, who write mars."""
    march = re.search(r"\d (?:OF )?mar(?![a-z])", " ".join(text.split()))
    if not march and not locale.startswith("fr") and not re.search(r"\bM\d", text):
        march = re.search(r"(?<![a-z])mar \d{1,2}(?![\d:.]| +Uh)", text)
    return re.sub(r"(?<![a-z])mar(?![a-z])", " M3 " if march else " W1 ", text)
