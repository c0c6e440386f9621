"""Is a process that has loaded the bot and forks one off for each who asks, which takes no time."""

import gc
import json
import os
import select
import socket
import sys
import time
from importlib import import_module

LOADED = ("bot.app.chat", "bot.app.running", "bot.app.slack", "bot.app.zones", "psycopg")
STANDARD = (0, 1, 2)
"""Input, output and complaints of a process."""


def serve(address: str) -> str:
    """Fork as long as somebody may ask; gives, in what was forked, the module to run."""
    _load()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    sys.stdout.write("\n")
    sys.stdout.flush()
    busy = 0.0
    while sys.stdin.fileno() not in select.select([listening, sys.stdin], [], [])[0]:
        asked, _ = listening.accept()
        before, busy = busy, time.process_time()
        if os.fork() == 0:
            listening.close()
            return _keep(asked, busy - before)
        asked.close()
        _bury()
    sys.exit()


def _load() -> None:
    for name in LOADED:
        import_module(name)
    import_module("bot.app.parts").all_groups()
    import_module("sqlalchemy.orm").configure_mappers()
    for late in ("alembic.command", "alembic.config", "sqlalchemy.dialects.postgresql.psycopg"):
        import_module(late)
    gc.freeze()  # what is loaded is shared, and no more looked through


def _bury() -> None:
    """Forget who has ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _keep(asked: socket.socket, busy: float) -> str:
    """Fork once more; tell how that ended, and how long it kept a processor busy."""
    words, files, _, _ = socket.recv_fds(asked, 2**20, len(STANDARD))
    if (pid := os.fork()) == 0:
        asked.close()
        for file, standard in zip(files, STANDARD, strict=True):
            os.dup2(file, standard)
            os.close(file)
        return _become(**json.loads(words))
    for file in files:
        os.close(file)
    asked.sendall(b"%d\n" % pid)
    _, status, used = os.wait4(pid, 0)
    busy += used.ru_utime + used.ru_stime
    asked.sendall(json.dumps([os.waitstatus_to_exitcode(status), busy]).encode())
    os._exit(0)


def _become(module: str, arguments: list[str], environment: dict[str, str], folder: str) -> str:
    sys.argv[1:] = arguments
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    return module


if __name__ == "__main__":
    import_module(serve(sys.argv[1])).main()
