"""A table of moments as people write them, read in several zones on a Tuesday morning."""

from datetime import UTC, datetime

from bot.moments import read_moment, wall
from tests.tables import in_turn

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 10:00 in Amsterdam, 4:00 in Bogotá
AMSTERDAM, NAIROBI = "Europe/Amsterdam", "Africa/Nairobi"
BOGOTA, KOLKATA = "America/Bogota", "Asia/Kolkata"
LOCALES = ("en", "es", "fr", "en-US", "es-419", "fr-CA")

ANYWHERE = """
next Wednesday 3pm                              | 2026-11-25 15:00
next Wednesday at 3 p.m.                        | 2026-11-25 15:00
Wed 3pm                                         | 2026-11-25 15:00
WEDNESDAY, 3 PM                                 | 2026-11-25 15:00
tuesday 15:00                                   | 2026-12-01 15:00
next tuesday 15:00                              | 2026-12-01 15:00
this tuesday 15:00                              | 2026-11-24 15:00
this friday 15:00                               | 2026-11-27 15:00
last friday 15:00                               | 2026-11-20 15:00
friday 15:00                                    | 2026-11-27 15:00
8pm on Friday                                   | 2026-11-27 20:00
friday, quarter to 4 pm                         | 2026-11-27 15:45
friday at quarter past 3 in the afternoon       | 2026-11-27 15:15
Friday the 4th at 10                            | 2026-12-04 10:00
on the 4th at 10am                              | 2026-12-04 10:00
the 31st at 10:00                               | 2026-12-31 10:00
first monday of december 10:00                  | 2026-12-07 10:00
1st Monday in December 2027, 10:00              | 2027-12-06 10:00
3rd Tuesday of november 3pm                     | 2027-11-16 15:00
last Wednesday of November 10am                 | 2026-11-25 10:00
premier lundi de décembre à 15h                 | 2026-12-07 15:00
2e mardi de décembre 15h                        | 2026-12-08 15:00
tercer martes de diciembre a las 15:00          | 2026-12-15 15:00
el último viernes de enero a las 10:00          | 2027-01-29 10:00
December 2 in the afternoon at 3                | 2026-12-02 15:00
Wednesday next week at 10                       | 2026-12-02 10:00
next week on Wednesday, 10:00                   | 2026-12-02 10:00
monday this week 10:00                          | 2026-11-23 10:00
tomorrow at 10                                  | 2026-11-25 10:00
15:00 tomorrow                                  | 2026-11-25 15:00
tomorrow, 3:30pm                                | 2026-11-25 15:30
tomorrow 3.30pm                                 | 2026-11-25 15:30
tomorrow morning at 9                           | 2026-11-25 09:00
tomorrow at 8 in the evening                    | 2026-11-25 20:00
tomorrow 12 am                                  | 2026-11-25 00:00
tomorrow 12 pm                                  | 2026-11-25 12:00
noon tomorrow                                   | 2026-11-25 12:00
tomorrow at 12 noon                             | 2026-11-25 12:00
midnight tomorrow                               | 2026-11-26 00:00
day after tomorrow 9:05                         | 2026-11-26 09:05
yesterday 10:00                                 | 2026-11-23 10:00
today 18:00                                     | 2026-11-24 18:00
tonight 8pm                                     | 2026-11-24 20:00
tonight at 8                                    | 2026-11-24 20:00
tonight at midnight                             | 2026-11-25 00:00
this afternoon at 5                             | 2026-11-24 17:00
in 3 days at 9am                                | 2026-11-27 09:00
3 days from now at 9:00                         | 2026-11-27 09:00
in a week at noon                               | 2026-12-01 12:00
in two weeks at 10:00                           | 2026-12-08 10:00
in 1 month at 10:00                             | 2026-12-24 10:00
2 Dec 2026 3 pm                                 | 2026-12-02 15:00
2-Dec-2026 15:00                                | 2026-12-02 15:00
2 Dec 15:00                                     | 2026-12-02 15:00
15:00, 2 December                               | 2026-12-02 15:00
the 2nd of December at 3 p.m.                   | 2026-12-02 15:00
December 2nd, 2026 at 3pm                       | 2026-12-02 15:00
Dec 2, 2026, 3:00 PM                            | 2026-12-02 15:00
Wednesday 2 December 15:00                      | 2026-12-02 15:00
2 Jan 15:00                                     | 2027-01-02 15:00
24 November 03:00                               | 2026-11-24 03:00
23 November 15:00                               | 2027-11-23 15:00
29 February 10:00                               | 2028-02-29 10:00
3 March 2025 10:00                              | 2025-03-03 10:00
2026-12-02 15:00                                | 2026-12-02 15:00
2026-12-02T15:00                                | 2026-12-02 15:00
2026-12-02 15:00:59                             | 2026-12-02 15:00
2026-12-02 3pm                                  | 2026-12-02 15:00
2026-12-2 9:00                                  | 2026-12-02 09:00
2026/12/02 15:00                                | 2026-12-02 15:00
Wed 2026-12-02 15:00                            | 2026-12-02 15:00
02.12.2026 15.30 h                              | 2026-12-02 15:30
mercredi prochain 15h                           | 2026-11-25 15:00
mercredi prochain à 15h30                       | 2026-11-25 15:30
mercredi 15 h 30                                | 2026-11-25 15:30
ce vendredi à 15 heures                         | 2026-11-27 15:00
vendredi dernier à 15h                          | 2026-11-20 15:00
vendredi à trois heures et demie de l'après-midi| 2026-11-27 15:30
vendredi 10 heures moins le quart               | 2026-11-27 09:45
mercredi de la semaine prochaine à 10h          | 2026-12-02 10:00
2 décembre 15h                                  | 2026-12-02 15:00
le 2 décembre 2026 à 15 h                       | 2026-12-02 15:00
le 1er décembre à 15h00                         | 2026-12-01 15:00
mer. 2 déc. 2026, 15:00                         | 2026-12-02 15:00
mar. 15h                                        | 2026-12-01 15:00
mardi 1er décembre, 15 heures 30                | 2026-12-01 15:30
le sept décembre à sept heures                  | 2026-12-07 07:00
le 4 à 10h                                      | 2026-12-04 10:00
demain 10h                                      | 2026-11-25 10:00
demain matin à 9h                               | 2026-11-25 09:00
demain soir à 8h                                | 2026-11-25 20:00
demain midi                                     | 2026-11-25 12:00
demain à midi et demi                           | 2026-11-25 12:30
après-demain à 10 h                             | 2026-11-26 10:00
aujourd’hui 18h                                 | 2026-11-24 18:00
ce soir 20h                                     | 2026-11-24 20:00
cet après-midi à 5h                             | 2026-11-24 17:00
dans 3 jours à 9h                               | 2026-11-27 09:00
dans une semaine à dix heures                   | 2026-12-01 10:00
dans quinze jours à 10h                         | 2026-12-09 10:00
el próximo miércoles a las 15:00                | 2026-11-25 15:00
miércoles que viene 10h                         | 2026-11-25 10:00
este viernes a las 3 p. m.                      | 2026-11-27 15:00
viernes a las tres y media de la tarde          | 2026-11-27 15:30
viernes a las 4 menos cuarto de la tarde        | 2026-11-27 15:45
viernes a las 3 y 20 de la tarde                | 2026-11-27 15:20
viernes 4 a las 10                              | 2026-12-04 10:00
el miércoles de la próxima semana a las 10      | 2026-12-02 10:00
2 de diciembre a las 3 de la tarde              | 2026-12-02 15:00
2 de diciembre de 2026, 15:00 horas             | 2026-12-02 15:00
mié, 2 dic 2026, 15:00                          | 2026-12-02 15:00
mié 2 dic 2026, 15:00                           | 2026-12-02 15:00
miércoles un cuarto para las cuatro de la tarde | 2026-11-25 15:45
miércoles temprano a las 8:00                   | 2026-11-25 08:00
próx. jueves 17h                                | 2026-11-26 17:00
el 3 del 12 a las 4 pm                          | 2026-12-03 16:00
miércoles 2 del 12 a las 16h                    | 2026-12-02 16:00
1º de diciembre a la una de la tarde            | 2026-12-01 13:00
once de diciembre a las once                    | 2026-12-11 11:00
2 ago 2027 10:00                                | 2027-08-02 10:00
mar 1 dic 10:00                                 | 2026-12-01 10:00
2 mar 2027, 10:00                               | 2027-03-02 10:00
mañana a las 10                                 | 2026-11-25 10:00
mañana por la mañana a las 9                    | 2026-11-25 09:00
mañana a las 8 de la noche                      | 2026-11-25 20:00
mañana al mediodía                              | 2026-11-25 12:00
mañana a las 12 de la noche                     | 2026-11-26 00:00
mañana a la 1 del mediodía                      | 2026-11-25 13:00
pasado mañana a las 10                          | 2026-11-26 10:00
hoy a las 18                                    | 2026-11-24 18:00
esta noche a las 8                              | 2026-11-24 20:00
esta tarde a las 5                              | 2026-11-24 17:00
en 3 días a las 9                               | 2026-11-27 09:00
dentro de una semana a las 10                   | 2026-12-01 10:00
２０２６-１２-０２ １５：００                          | 2026-12-02 15:00
٢٠٢٦-١٢-٠٢ ١٥:٠٠                                | 2026-12-02 15:00
“2 Dec 15:00”                                   | 2026-12-02 15:00
2 Dec 3:00\u202fPM                              | 2026-12-02 15:00
2\u00a0décembre\u202f15\u202fh                  | 2026-12-02 15:00
\u200b2026-12-02\u200e 15:00\ufeff              | 2026-12-02 15:00
2026‑12‑02 15:00                                | 2026-12-02 15:00
    2026-12-02    15:00                         | 2026-12-02 15:00
tomorrow at 3pm!                                | 2026-11-25 15:00
"""

IN_UTC = """
2026-12-02T15:00Z                    | 2026-12-02 15:00
2026-12-02T15:00:00.000Z             | 2026-12-02 15:00
2026-12-02T15:00+02:00               | 2026-12-02 13:00
2026-12-02t15:00-0500                | 2026-12-02 20:00
2026-12-02 15:00+02                  | 2026-12-02 13:00
2026-12-02 15:00 UTC                 | 2026-12-02 15:00
Wed, 2 Dec 2026 15:00:00 GMT         | 2026-12-02 15:00
2 Dec 15:00 UTC+2                    | 2026-12-02 13:00
2 Dec 15:00 GMT-5:30                 | 2026-12-02 20:30
2 Dec 15:00 +0530                    | 2026-12-02 09:30
2 Dec 15:00 CET                      | 2026-12-02 14:00
2 July 15:00 CET                     | 2027-07-02 13:00
2 Dec 3pm EST                        | 2026-12-02 20:00
2 Dec 3pm PT                         | 2026-12-02 23:00
2 Dec 3pm EAT                        | 2026-12-02 12:00
2 Dec 3pm IST                        | 2026-12-02 09:30
2 Dec 3pm Europe/Amsterdam           | 2026-12-02 14:00
2 Dec 3pm America/New_York           | 2026-12-02 20:00
3pm America/New York on 2 Dec        | 2026-12-02 20:00
2 Dec 3pm Amsterdam time             | 2026-12-02 14:00
2 Dec 3pm Port-au-Prince time        | 2026-12-02 20:00
2 décembre 15h, heure de Nairobi     | 2026-12-02 12:00
2 décembre 15h heure d'Amsterdam     | 2026-12-02 14:00
2 dic a las 15:00, hora de Bogotá    | 2026-12-02 20:00
mié 2 dic 2026, 15:00 (Bogotá)       | 2026-12-02 20:00
2 dic 15:00 (hora Bogotá)            | 2026-12-02 20:00
2 Dec 3pm (Amsterdam time)           | 2026-12-02 14:00
2 Dec 15:00 (Nairobi)                | 2026-12-02 12:00
2 Dec 15:00 hora de Londres          | 2026-12-02 15:00
2 dic 15:00 hora de Nueva York       | 2026-12-02 20:00
2 dic 15:00 hora de Ciudad de México | 2026-12-02 21:00
2 dic 15:00 hora de la Ciudad de México| 2026-12-02 21:00
2 dic 15:00 en la Ciudad de México   | 2026-12-02 21:00
2 dic 15:00 hora de La Paz           | 2026-12-02 19:00
2 décembre 15h, heure de Genève      | 2026-12-02 14:00
2 décembre 15h, heure de Bruxelles   | 2026-12-02 14:00
2 décembre 15h, heure du Kenya       | 2026-12-02 12:00
2 Dec 3pm Kenya time                 | 2026-12-02 12:00
2 Dec 15:00 Paris                    | 2026-12-02 14:00
2 décembre 15h00 à Paris             | 2026-12-02 14:00
2 Dec 3pm in New York                | 2026-12-02 20:00
2 dic a las 15:00 en Bogotá          | 2026-12-02 20:00
in 2 hours                           | 2026-11-24 11:00
dans deux heures                     | 2026-11-24 11:00
en dos horas                         | 2026-11-24 11:00
in half an hour                      | 2026-11-24 09:30
dans une heure et demie              | 2026-11-24 10:30
dans 1h30                            | 2026-11-24 10:30
dentro de 1,5 horas                  | 2026-11-24 10:30
90 minutes from now                  | 2026-11-24 10:30
now                                  | 2026-11-24 09:00
15:00 UTC                            | 2026-11-24 15:00
08:00 UTC                            | 2026-11-25 08:00
09:00 UTC                            | 2026-11-24 09:00
"""


def rows(table: str) -> list[tuple[str, str]]:
    pairs = [line.rsplit("|", 1) for line in table.strip("\n").splitlines()]
    return [(first.rstrip(), second.strip()) for first, second in pairs]


@in_turn(("phrase", "expected"), rows(ANYWHERE))
def test_phrase_is_read_the_same_in_every_zone_and_locale(phrase: str, expected: str) -> None:
    walls = {
        wall(read_moment(phrase, locale=locale, zone=zone, now=NOW), zone)
        for zone in (AMSTERDAM, NAIROBI, BOGOTA, KOLKATA)
        for locale in LOCALES
    }
    assert walls == {expected}


@in_turn(("phrase", "expected"), rows(IN_UTC))
def test_phrase_that_names_its_zone_is_one_instant_for_all(phrase: str, expected: str) -> None:
    walls = {
        wall(read_moment(phrase, locale=locale, zone=zone, now=NOW), "UTC")
        for zone in (AMSTERDAM, NAIROBI, BOGOTA, KOLKATA)
        for locale in LOCALES
    }
    assert walls == {expected}
