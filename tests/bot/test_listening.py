"""Shows that requests which never arrive whole are let go, and those that do are answered."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

import pytest
from aiohttp import web

from bot.listening import HttpListener, Timeouts

SOON = Timeouts(headers=0.2, body=0.2)
HALF_HEADERS = b"GET / HTTP/1.1\r\nHost: here\r\n"
HALF_BODY = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc"
WHOLE = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nabc"


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_route("*", "/", well)
    app.router.add_post("/form", names)
    listener = HttpListener(app, SOON, 0.1)
    yield await listener.start("127.0.0.1", 0)
    await listener.stop()


async def well(request: web.Request) -> web.Response:
    await asyncio.sleep(0.5)
    return web.Response(text=f"had {(await request.read()).decode()}")


async def names(request: web.Request) -> web.Response:
    return web.Response(text=str(list(await request.post())))


async def sent(port: int, words: bytes, slowly: bytes = b"") -> bytes:
    """Send words, then a byte at a time; give all that comes back until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    for byte in slowly:
        await asyncio.sleep(0.05)
        if not reader.at_eof():
            writer.write(bytes((byte,)))
    try:
        return await asyncio.wait_for(reader.read(), 20)
    except ConnectionResetError:  # it was let go before all of it was read
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("words", [b"", b"G", HALF_HEADERS])
async def test_headers_that_do_not_arrive_are_let_go(port: int, words: bytes) -> None:
    assert await sent(port, words) == b""


async def test_headers_that_arrive_byte_by_byte_are_let_go(port: int) -> None:
    began = monotonic()
    assert await sent(port, HALF_HEADERS, b"X-Slow: ") == b""
    assert monotonic() - began < 2


async def test_four_hundred_half_requests_are_let_go(port: int) -> None:
    assert set(await asyncio.gather(*(sent(port, HALF_HEADERS) for _ in range(400)))) == {b""}


async def test_body_that_does_not_arrive_is_408(port: int) -> None:
    assert (await sent(port, HALF_BODY)).startswith(b"HTTP/1.1 408")


async def test_request_is_answered_however_long_the_answer_takes(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in "ab":
        writer.write(WHOLE)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert await reader.readexactly(7) == b"had abc"
    writer.close()


async def test_body_that_is_not_packed_as_it_says_is_400(port: int) -> None:
    packed = WHOLE.replace(b"Host: here", b"Host: here\r\nContent-Encoding: gzip")
    assert b"400" in (await sent(port, packed))[:20]


def form(body: bytes, kind: str = "multipart/form-data; boundary=X") -> bytes:
    head = f"POST /form HTTP/1.1\r\nHost: here\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def parts(head: str, value: bytes = b"abc", end: bytes = b"\r\n--X--\r\n") -> bytes:
    return f"--X\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + end


async def test_form_with_a_file_arrives(port: int) -> None:
    answer = await sent(port, form(parts('name="f.file"; filename="../../a.csv"')))
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"['f.file']")


@pytest.mark.parametrize(
    "words",
    [
        form(b""),
        form(b"garbage\r\n\r\n"),
        form(parts("name=a", end=b"")),
        form(parts("filename=a")),
        form(parts("name=a", b"\xff\xfe")),
        form(parts("name=" + "a" * 100_000)),
        form(parts("name=a\r\nContent-Type: text/plain; charset=none")),
        form(parts("name=a\r\nContent-Type: multipart/mixed; boundary=Y")),
        form(parts("name=a\r\nContent-Transfer-Encoding: none")),
        form(parts("name=a\r\nContent-Transfer-Encoding: base64")),
        form(b"", "multipart/form-data"),
        form(b"a=\xff", "application/x-www-form-urlencoded"),
        form(b"a=b", "application/x-www-form-urlencoded; charset=zlib"),
        form(b"a=b", "application/x-www-form-urlencoded; charset=none"),
    ],
)
async def test_form_that_is_not_written_as_it_says_is_400(port: int, words: bytes) -> None:
    assert (await sent(port, words))[9:12] in (b"400", b"413")
