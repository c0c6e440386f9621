"""Knows the columns of a table of sessions by what people call them in three languages."""

from collections.abc import Iterable, Mapping, Sequence

from bot.folding import folded

SAID: Mapping[str, str] = {
    "title": "title, subject, name, session, topic, event, event name, summary, titulo, asunto, "
    "nombre, sesion, tema, evento, titre, objet, nom, sujet, evenement, seance, intitule, "
    "activity, meeting, workshop, actividad, encuentro, reunion, taller, nombre de la actividad, "
    "nombre de la sesion, activite, rencontre, atelier, session title, nom de la session",
    "date": "date, day, start date, when, fecha, dia, fecha de inicio, cuando, jour, "
    "date de debut, quand, begin date, event date, date and time, fecha y hora, dia y hora, "
    "date et heure",
    "time": "time, hour, start time, hora, horario, horaire, hora de inicio, heure, "
    "heure de debut, begin time",
    "start": "start, starts, begin, begins, start date time, start datetime, starts at, inicio, "
    "comienzo, empieza, debut, commence",
    "end_date": "end date, fecha de fin, fecha final, date de fin",
    "end_time": "end time, hora de fin, hora final, heure de fin",
    "end": "end, ends, until, ends at, end date time, end datetime, fin, termina, hasta, final, "
    "jusqu a, termine",
    "duration": "duration, length, minutes, duracion, minutos, duree, how long",
    "description": "description, details, notes, about, body, descripcion, detalles, notas, "
    "resumen, details, remarques, resume, contenu, contenido",
    "link": "link, url, web, meeting link, zoom, video link, web address, enlace, liga, vinculo, "
    "lien, adresse web, lien zoom",
    "place": "place, location, where, venue, room, lugar, ubicacion, donde, sala, sede, lieu, "
    "endroit, salle, emplacement",
    "language": "language, languages, idioma, idiomas, lengua, lenguas, langue, langues",
    "zone": "zone, time zone, timezone, tz, zona, zona horaria, huso horario, fuseau, "
    "fuseau horaire",
}
NAMES: Mapping[str, str] = {
    name.strip(): column for column, names in SAID.items() for name in names.split(",")
}


def plain_name(words: str) -> str:
    """Write the name of a column as it is looked up: without accents, signs and brackets."""
    words = folded(words.partition("(")[0])
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words).split())


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Find the columns of a table by its first line: where each stands."""
    columns: dict[str, int] = {}
    for at, words in enumerate(header):
        column = NAMES.get(plain_name(words))
        if column and column not in columns:
            columns[column] = at
    return columns


def unread(header: Sequence[str]) -> list[str]:
    """List the names of columns that say nothing of a session."""
    columns = columns_of(header).values()
    return [
        words for at, cell in enumerate(header) if (words := cell.strip()) and at not in columns
    ]


def is_header(header: Iterable[str]) -> bool:
    """Say whether a line names the columns of a table that could be sessions."""
    columns = columns_of([*header]).keys()
    return "title" in columns and bool({"date", "start"} & columns)
