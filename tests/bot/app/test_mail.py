"""Shows what is said of a mail server that cannot be used, and that it is tried for real."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.mail import MailCore, SmtpSetup
from bot.app import CannotStart
from bot.app.mail import CheckedMail, trouble
from tests.bot.app.conftest import Typed
from tests.fakes.mail.server import certificate, mail_server
from tests.toys import NOW

SERVER = """[mail]
host = "127.0.0.1"
port = 1
security = "none"
sender = "convener@example.org"
"""


@pytest.mark.parametrize(
    ("security", "tls", "of", "password", "said"),
    [
        ("starttls", False, "127.0.0.1", "right", ""),
        ("tls", True, "127.0.0.1", "right", ""),
        ("tls", True, "127.0.0.1", "wrong", "127.0.0.1 refuses user or password: 535 "),
        ("starttls", False, "127.0.0.2", "right", "The certificate of 127.0.0.1 is not accepted: "),
        ("tls", True, "127.0.0.2", "right", "The certificate of 127.0.0.1 is not accepted: "),
        ("tls", False, "127.0.0.1", "right", 'speaks no TLS. Set security = "starttls"'),
    ],
)
async def test_server_is_tried_and_said_to_be_ready_or_what_to_mend(
    tmp_path: Path, security: str, tls: bool, of: str, password: str, said: str
) -> None:
    theirs, ours = certificate(tmp_path, of)
    async with mail_server(theirs, tls=tls, password="right") as server:
        setup = SmtpSetup("127.0.0.1", server.port, security, "convener@example.org")  # type: ignore[arg-type]
        setup = replace(setup, user="convener", password=password, context=ours)
        words = await trouble(setup)
        assert said in words
        assert bool(words) == bool(said)
        assert password not in words


async def test_server_without_starttls_is_said_to_have_none() -> None:
    async with mail_server() as server:
        setup = SmtpSetup("127.0.0.1", server.port, "starttls", "convener@example.org")
        assert 'has no STARTTLS. Set security = "tls"' in await trouble(setup)


async def test_wrong_password_is_said_at_the_start(tmp_path: Path) -> None:
    async def page(account: object, calls: object) -> str:
        return ""

    theirs, ours = certificate(tmp_path)
    async with mail_server(theirs, tls=True, password="right") as server:
        setup = SmtpSetup("127.0.0.1", server.port, "tls", "convener@example.org")
        setup = replace(setup, user="convener", password="wrong", context=ours)
        mail = CheckedMail(setup, MailCore(page, lambda letter: "", lambda: NOW))
        with pytest.raises(CannotStart, match=r"refuses user or password: 535 .* in \[mail\]"):
            await mail.start()


def test_check_says_which_mail_server_is_away(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SERVER)
    result = typed("check")
    assert result.exit_code == 1
    assert "✗ mail: 127.0.0.1, port 1, does not answer: Connection refused. " in result.output
    assert "Check host, port and security in [mail]." in result.output
