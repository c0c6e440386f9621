"""Holds words that have broken bots, ours or others', to be put together at random."""

from tests.hostile import HOSTILE

PINGS = (
    "@everyone", "@here", "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1|all>", "<@U0BOT>",
    "<@UAMINA>", "<@!1>", "<@&1>", "<@123456789012345678>", "<#C1|x>", "<#1>", "<@>", "<@|>",
    "<#|x>", "@\u200beveryone", "＠everyone", "<@1|@everyone>", "</my profile:1>",
)  # fmt: skip
LINKS = (
    "https://evil.example", "[safe](https://evil.example)", "<https://evil.example|safe>",
    "javascript:alert(1)", "http://evil.example/a)b(c", "[a](<https://evil.example>)",
    "[![x](https://evil.example)](https://evil.example)", "discord.gg/evil",
    "https://evil.example/\n@everyone", "mailto:a@evil.example", "HTTPS://EVIL.EXAMPLE/?a=%0a",
)  # fmt: skip
MARKUP = (
    "*", "**", "_", "__", "~~", "`", "```", "||", "> ", ">>> ", "# ", "-# ", "- ", "1. ", "\\",
    "<t:1:F>", "<:x:1>", "<a:x:1>", "<id:home>", "&lt;!channel&gt;", "&amp;", "<!date^1^{ago}|x>",
    "{host}", "{0.__class__}", "%s", "%(x)s", "${x}", "\x00", "\x000\x00", "\x001\x00", "~form?",
)  # fmt: skip
SIGNS = (
    "\ud800", "\udfff", "\ud83d", "\ufeff", "\u202e", "\u2066", "\u200b", "\u200d", "\u2028",
    "\u2029", "\x85", "\x1b[2J", "\x07", "\x7f", "\r\n", "\n", "\t", "\u0301" * 40, "а́", "İ", "ß",
    "ﬁ", "٣", "３", "²", "½", "👩‍👩‍👧‍👦", "🏳️‍🌈", "\U0010ffff", "\ue000", "\ufffe", "汉", "ñ", "é",
)  # fmt: skip
VALUES = (
    "", " ", "0", "-1", "-0", "1", "2", "3", "1.5", "1e9", "9" * 40, str(2**63), str(2**63 - 1),
    str(-(2**63)), "0x10", "NaN", "null", "None", "true", "yes", "no", "[[{", "{}", "[]", "'", '"',
    "';--", "../../etc/passwd", "a=b", "=", "?", "?a=b&a=c", "|", "||", ":", "::", ",", ",,", "/",
    "//", "maria", "@maria", "<@maria|x>", "#general", "Budgets", "coordinator", "en", "fr", "xx",
    "en-u-ca-buddhist", "UTC", "Africa/Nairobi", "../UTC", "Etc/GMT-14", "C:\\CON", "de_DE@euro",
)  # fmt: skip
TIMES = (
    "tomorrow", "mañana", "demain", "next", "friday", "martes", "noon", "midnight", "at", "3pm",
    "15:00", "25:61", "24:00", "2026-12-02", "2027-02-30", "2027-13-45", "99:99", "0001-01-01",
    "9999-12-31", "29 feb", "31/11", "12/25/2026", "1.5h", "90m", "1h30", "hora y media", "0m",
    "-1h", "24h", "1441", "in", "2 weeks", "every", "monday", "weekly", "last", "1st", "UTC+14",
    "UTC-99", "+05:45", "Z", "EST", "CST", "Nairobi", "Kathmandu", "T", "FREQ=DAILY", "COUNT=0",
    "INTERVAL=9999", "BYDAY=5MO", "UNTIL=99991231", "BYMONTHDAY=31", "2026-11-01 01:30",
    "2026-03-29 02:30", "1er mars", "año 2027", "ⅩⅡ", "十二月", "明日", "завтра", "٢٠٢٦",
)  # fmt: skip
PLAIN = (
    "session", "plan", "title", "when", "budget", "the", "a", "host", "maria", "bruno", "amina",
    "topic", "learning", "climate", "x", "hello", "question", "open", "space", "Ünïcödé",
)  # fmt: skip
LONG = tuple(HOSTILE.values())
LANGUAGES = ("en", "es", "fr", "pt-BR", "de", "ar", "zh-Hans", "xx", "", "en-US", "sw", "ja")
ZONES = (
    "UTC", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Apia", "America/St_Johns", "Etc/GMT-14", "Antarctica/Troll", "Europe/Dublin",
)  # fmt: skip
