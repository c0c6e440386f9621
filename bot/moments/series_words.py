"""English, Spanish and French words for series, beside those for days and hours."""

import re

from bot.moments.words import WORDS, canonical, table, vocabulary

TOKENS = """
M09: september septembre septiembre setiembre sep
EACH: every each chaque cada tous_les toutes_les todos_los todas_las los
EACH: once_every una_vez_cada una_vez_todos_los une_fois_tous_les une_fois_toutes_les
EACH 2: every_other
MORN: mornings por_las_mananas les_matins
PM: afternoons por_las_tardes
NIGHT: evenings por_las_noches les_soirs
MANY W0: mondays lundis
MANY W1: tuesdays mardis
MANY W2: wednesdays mercredis
MANY W3: thursdays jeudis
MANY W4: fridays vendredis
MANY W5: saturdays samedis sabados
MANY W6: sundays dimanches domingos
OTHERS: sur_deux si_y_otro_no si_otro_no de_cada_dos si_y_uno_no
OTHERS: por_medio de_por_medio alternos alternas
REG Ud: daily quotidien quotidienne quotidiennement diario diaria diariamente a_diario
REG Uw: weekly hebdomadaire hebdo semanal semanales semanalmente
REG Uw: once_a_week hebdomadaires una_vez_a_la_semana
REG Uw: una_vez_por_semana une_fois_par_semaine
REG 2 Uw: fortnightly once_a_fortnight quincenal quincenales quincenalmente quinzomadaire
REG UM: monthly mensuel mensuelle mensuellement mensual mensuales mensualmente once_a_month
REG UM: una_vez_al_mes mensuels mensuelles
REG UM: una_vez_por_mes une_fois_par_mois
REG 2 UM: bimestral bimestrales bimestriel bimestrielle
REG 4 UM: cuatrimestral
REG 6 UM: half_yearly semestral semestriel semestrielle
REG UQ: quarterly trimestral trimestrales trimestralmente trimestriel trimestrielle
REG UY: yearly annually annual annuel annuelle anual anualmente once_a_year una_vez_al_ano
REG UY: une_fois_par_an
BI Uw: biweekly bi_weekly bihebdomadaire bisemanal
BI UM: bimonthly bi_monthly bimensuel bimensuelle bimensual
1 UM: al_mes par_mois per_month por_mes
1 Uw: a_la_semana par_semaine per_week por_semana
2 TIMES: twice
2 TIMES 1 UM: twice_monthly semimonthly semi_monthly
2 TIMES 1 Uw: twice_weekly
EACH Ud MORN: every_morning each_morning chaque_matin tous_les_matins todas_las_mananas cada_manana
EACH Ud PM: every_afternoon todas_las_tardes cada_tarde
EACH Ud NIGHT: every_evening every_night chaque_soir tous_les_soirs todas_las_noches cada_noche
TIMES: times time vez veces fois session sessions sesion sesiones meeting meetings encuentro
TIMES: encuentros rencontre rencontres seance seances reunion reunions reuniones dates fechas
UQ: quarter quarters trimestre trimestres
UY: year years annee annees ans ano anos
1 UY: a_year un_an un_ano une_annee
APART: apart d_intervalle de_intervalo de_diferencia de_distancia d_ecart
EACH: a_intervalos_de espacees_de espaces_de separadas_por separados_por
WORK: weekday weekdays working_day working_days work_day work_days workday workdays business_day
WORK: business_days jour_ouvrable jours_ouvrables jour_ouvre jours_ouvres dia_habil dias_habiles
WORK: dia_laborable dias_laborables dias_de_semana entre_semana en_semaine jours_de_semaine
#1: premiers premieres primeros primera primeras
#2: deuxiemes seconde segundos segunda
#3: troisiemes terceros tercera
#4: quatriemes cuartos cuarta
N5: cinquieme quinto
LAST: derniers dernieres ultimos ultimas
PENULT: second_to_last second_last second_from_last penultimate penultimo avant_dernier
PENULT: l_avant_dernier
UNTIL: until till hasta jusque jusqu_a jusqu_au jusqu_en jusqu_aux up_to
TO: to au al through thru
AT: a_partir_du a_partir_des a_partir_del a_compter_du starting_from starting_on starting_in
AT: beginning beginning_on empezando empezando_el comenzando comenzando_el en_commencant
AT: a_partir_d des_le
EXCEPT: except except_in except_for excluding but_not sauf hormis excepte excepto salvo menos
EXCEPT: a_l_exception_de a_l_exception_du a_l_exception_d a_excepcion_de not_in
ODD: each_time_on_another_day_of_the_week cada_vez_en_otro_dia_de_la_semana
ODD: chaque_fois_un_autre_jour_de_la_semaine
ONLY: only_in_months_that_have_that_day in_leap_years_only seulement_les_mois_qui_ont_ce_jour
ONLY: solo_en_los_meses_que_tienen_ese_dia solo_en_anos_bisiestos
ONLY: seulement_les_annees_bissextiles
SHORT: or_on_the_last_day_of_a_shorter_month o_el_ultimo_dia_de_un_mes_mas_corto
SHORT: ou_le_dernier_jour_d_un_mois_plus_court
;: until_further_notice hasta_nuevo_aviso jusqu_a_nouvel_ordre
;: con with avec onwards in_the_month_of au_mois_de en_el_mes_de durant
"""

# M09 is September, which "sept" need not be.
OF_SERIES = vocabulary({**WORDS, **table(TOKENS)})
_SEPT = re.compile(r"(?<!\S)M9(?= (?:TIMES|U[wMY]))")

# "segundo y cuarto jueves" is no quarter past two
_AND_FOURTH = re.compile(r"(?<=[1-5] )P15(?= (?:EACH )?W\d)")

_TWICE = re.compile(r"(?<!\S)(;|,|THE|OF|AT|IN|AND|EACH) (?=\1(?!\S))")


def tokens_of(folded: str, locale: str) -> str:
    """Give the tokens of what is said of a series; "sept" is a month or a number, September not."""
    tokens = _SEPT.sub("7", canonical(folded, locale, OF_SERIES)).replace("M09", "M9")
    return _TWICE.sub("", _AND_FOURTH.sub("Y #4", tokens))
