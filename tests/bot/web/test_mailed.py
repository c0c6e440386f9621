"""Shows that people are told by mail, and answer on the pages that mails lead to."""

from html import unescape

import pytest

from tests.browsing import Browser
from tests.chatting import Chat
from tests.mailing import (
    HEADERS,
    Client,
    Mailing,
    hidden,
    home_of,
    links,
    part,
    rosa,
    session_id,
    with_rosa,
)
from tests.scenes import scene


@pytest.fixture
@scene
def colab(chat: Chat) -> Chat:
    """Have a session announced in a community to which Rosa belongs by mail."""
    chat.join("lena", zone="Europe/Berlin", locale="en", role="coordinator")
    chat.say("lena", "/community setup name=CoLab announcements=#general", "#general")
    chat.say("lena", '/session plan title="Men <b>as</b> partners" when="2026-11-20 15:00"')
    chat.press("lena", "Announce now")
    with_rosa(chat)
    return chat


def answers(chat: Chat) -> list[str]:
    with chat.storage.read() as opened:
        records = home_of(opened)
        return [*records.rsvps.reminded_answers(session_id(chat)).values()]


def test_mail_is_read_and_answered_in_ones_own_language(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")
    [mail] = mailing.sent()
    assert (mail["To"], mail["Content-Language"]) == ("rosa@example.org", "es")
    assert "Männer & Co" in str(mail["From"])
    assert "<b>" in part(mail, "text/plain")
    html = part(mail, "text/html")
    assert "&lt;b&gt;" in html
    assert "<script" not in html
    assert "src=" not in html
    calendar = part(mail, "text/calendar")
    assert "METHOD:PUBLISH" in calendar
    assert f"UID:session-{session_id(colab)}@convener" in calendar
    shown = next(one for one in mail.walk() if one.get_content_type() == "text/calendar")
    assert shown.get_param("method") == "PUBLISH"
    link = links(mail)["Voy"]
    status, page = mailing.get(link)
    assert (status, answers(colab)) == (200, [])
    assert ">Voy</button>" in page
    for said in ("Men &lt;b&gt;as&lt;/b&gt; partners", "vie 20 nov 2026, 9:00 (Bogot", "CoLab"):
        assert said in page
    sent = {name: unescape(value) for name, value in hidden(page).items()}
    path = link.partition("/do/")[0] + "/do"
    assert mailing.post(path, **sent)[0] == 200
    assert answers(colab) == ["yes"]
    status, page = mailing.post(path, **sent)
    assert "Men &lt;b&gt;as&lt;/b&gt; partners" in page


def test_link_is_good_for_what_its_mail_asks_and_for_nothing_else(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")
    [mail] = mailing.sent()
    link = links(mail)["Voy"]
    pages = link.partition("/do/")[0]
    path = f"{pages}/do"
    check = hidden(mailing.get(link)[1])["check"]
    call = f"session.rsvp?session={session_id(colab)}&answer=yes"
    others = (
        f"{pages}/do/my.data?x=1",
        link.replace("session=", "session=2"),
        link.replace(pages, f"/m/{'x' * 22}"),
    )
    assert [mailing.get(other)[0] for other in others] == [404] * 3
    refused = (
        {"call": "my.erase", "check": check},
        {"call": call},
        {"call": call, "check": check, "f.session": "2"},
        {"call": "", "draft": "1", "check": check},
    )
    assert [mailing.post(path, **sent)[0] for sent in refused] == [404] * 4
    assert answers(colab) == []
    colab.time("+91d")
    assert mailing.get(link)[0] == 404


def test_one_click_stops_mails_until_they_are_wanted_again(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")
    [mail] = mailing.sent()
    stop = str(mail["List-Unsubscribe"]).strip("<>").removeprefix("https://bot.example.org")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mailing.get(stop)[0] == 200
    assert not closed(colab)

    async def one_click(client: Client) -> int:
        sent = {"List-Unsubscribe": "One-Click"}
        answer = await client.post(stop, data=sent, headers={"Host": HEADERS["Host"]})
        return answer.status

    assert mailing.on_pages(one_click) == 200
    assert closed(colab)
    page = mailing.get(links(mail)["Voy"])[1]
    sent = {name: unescape(value) for name, value in hidden(page).items()}
    mailing.post(links(mail)["Voy"].partition("/do/")[0] + "/do", **sent)
    assert answers(colab) == ["yes"]
    assert closed(colab)
    mailing.want("session.back", "y")
    assert mailing.sent() == []
    assert mailing.post(stop.replace("/stop", "/start"))[0] == 200
    assert not closed(colab)


def closed(chat: Chat) -> bool:
    with chat.storage.read() as opened:
        return rosa(home_of(opened)).accounts[0].closed


def test_address_that_is_gone_is_closed_with_a_word_to_coordinators(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")

    def refuse(server: object) -> None:
        server.recipient = lambda address: "550 5.1.1 No such user"  # type: ignore[attr-defined]

    assert mailing.sent(refuse) == []
    assert closed(colab)
    with colab.storage.read() as opened:
        records = home_of(opened)
        told = records.deliveries.about(f"community:{records.community_id}")
        assert [row.notice for row in told] == ["community.trouble"]


def test_cancelled_session_leaves_calendars(colab: Chat) -> None:
    mailing = Mailing(colab)
    colab.say("lena", '/session cancel session="Men" reason="Lena is ill"')
    colab.press("lena", "Cancel session")
    mailing.want("session.cancelled")
    [mail] = mailing.sent()
    calendar = part(mail, "text/calendar")
    assert "METHOD:CANCEL" in calendar
    assert "STATUS:CANCELLED" in calendar
    assert "SEQUENCE:2" in calendar


def test_mail_without_pages_says_how_to_answer(colab: Chat) -> None:
    mailing = Mailing(colab, web="")
    mailing.want("session.back")
    [mail] = mailing.sent()
    assert mail["List-Unsubscribe"] is None
    assert "http" not in part(mail, "text/plain")
    assert "href" not in part(mail, "text/html")


def test_answer_by_mail_brings_the_usual_reminders(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")
    link = links(mailing.sent()[0])["Voy"]
    sent = {name: unescape(value) for name, value in hidden(mailing.get(link)[1]).items()}
    mailing.post(link.partition("/do/")[0] + "/do", **sent)
    with colab.storage.read() as opened:
        records = home_of(opened)
        rows = records.deliveries.about(f"session:{session_id(colab)}")
        mine = [row for row in rows if row.member_id == rosa(records).id]
    assert [row.kind for row in mine if row.notice == "session.reminder"] == ["1440m"]


def test_form_that_an_answer_leads_to_is_filled_on_its_page(colab: Chat) -> None:
    mailing = Mailing(colab)
    mailing.want("session.back")
    link = links(mailing.sent()[0])["Voy"]
    pages = link.partition("/do/")[0]
    sent = {name: unescape(value) for name, value in hidden(mailing.get(link)[1]).items()}
    page = mailing.post(f"{pages}/do", **sent)[1]
    assert mailing.get(f"{pages}/static/style.css")[0] == 200
    assert f'action="{pages}/do"' in page
    forms = [one for one in page.split("<form")[1:] if "session.note" in one]
    given = {n: unescape(v) for n, v in hidden(f"<form{forms[0]}").items()}
    form = mailing.post(f"{pages}/do", **given)[1]
    filled = {n: unescape(v) for n, v in hidden(form).items()}
    assert filled["draft"]
    typed = {"draft": filled["draft"], "check": filled["check"], "f.note": "A ramp"}
    assert mailing.post(f"{pages}/draft", **typed)[0] == 204
    assert mailing.post(f"{pages}/draft", **typed | {"draft": "7"})[0] == 403
    assert mailing.post(f"{pages}/do", **filled | {"f.note": "A ramp"})[0] == 200


def test_browser_says_in_which_language_and_zone_a_guest_reads(colab: Chat) -> None:
    with colab.storage.write() as opened:
        guest = rosa(home_of(opened))
        guest.locale = guest.zone = ""
    mailing, browser = Mailing(colab), Browser(colab)
    mailing.want("session.back")
    [mail] = mailing.sent()
    path = links(mail)["Coming"]
    assert "Presiona" in browser.get(path, {"Accept-Language": "es-CO"}).words
    form = browser.last.forms[0]
    sent = form.values | {"zone": "America/Bogota"}
    shown = browser.send(form.action, sent, {"Accept-Language": "es-CO"})
    assert "vie 20 nov 2026, 9:00 (Bogotá)" in shown.words
    sent = form.values | {"zone": "../etc/passwd"}
    browser.send(form.action, sent, {"Accept-Language": "xx"})
    assert "vie 20 nov 2026, 9:00 (Bogotá)" in browser.get(path).words
