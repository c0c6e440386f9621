"""Keeps sending processes alive, and sees them die."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path

from drill.edges import EDGES, Doom
from drill.forks import forked
from drill.sending import live
from drill.world import DrillWorld

GLANCE = 0.005
"""Seconds between two looks at the processes."""
FOREVER = float("inf")


@dataclass(slots=True)
class Life:
    """A process, what may strike it, and how many seconds after it was ready at the latest.

    `until` is that moment, once it is known; `asleep` is until when it is suspended.
    """

    pid: int
    doom: Doom
    ready: mmap
    seconds: float
    until: float = FOREVER
    asleep: float = 0.0

    def look(self, now: float) -> None:
        """See whether it is ready to send: its time begins then, however busy the machine is."""
        if self.ready[0]:
            self.ready[0], self.until = 0, now + self.seconds


@dataclass(slots=True)
class Dooms:
    """Says what strikes each new process: edges in turn, and random moments between them.

    A life lasts `lasting` seconds on the average; `calm` processes are left alone. Without
    `at_random` edges alone strike.
    """

    dice: random.Random
    lasting: float
    strike: signal.Signals = signal.SIGKILL
    edges: tuple[str, ...] = EDGES
    calm: int = 0
    at_random: bool = True
    turn: int = 0

    def next(self) -> tuple[Doom, float]:
        """Give a doom, and after how many seconds the process is struck if it is not by then."""
        self.turn += 1
        seconds = self.dice.uniform(0.05, 2 * self.lasting - 0.05)
        if not self.at_random:
            return Doom(self.edges[self.turn % len(self.edges)], 1, self.strike), FOREVER
        if self.turn % 2:
            return Doom(strike=self.strike), seconds
        edge = self.edges[self.turn // 2 % len(self.edges)]
        times, during = self.dice.randint(1, 3), self.dice.uniform(0, 0.2)
        return Doom(edge, times, self.strike, during), max(seconds, 3 * self.lasting)


@dataclass
class Pack:
    """A number of processes that send side by side; one that dies is replaced at once.

    One that is suspended is woken after `sleep` seconds.
    """

    world: DrillWorld
    size: int
    log: Path
    sleep: float = 0.0
    lives: list[Life] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)

    def strike(self, times: int, dooms: Dooms, seconds: float) -> None:
        """Have processes struck until that happened so many times, or the seconds are over.

        Those that are suspended by then sleep as long as they are to.
        """
        until = time.monotonic() + seconds
        exposed = self.size - dooms.calm
        while self.struck.total() < times and time.monotonic() < until:
            while len(self.lives) < exposed:
                self.lives.append(self.born(*dooms.next()))
            self._join(exposed)
            time.sleep(GLANCE)
            self.lives = [life for life in self.lives if not self._over(life)]
        self._join(exposed)
        longest = max((life.asleep for life in self.lives), default=0.0)
        time.sleep(max(0.0, longest - time.monotonic()))

    def _join(self, exposed: int) -> None:
        """Start those that are left alone, once the others were struck and left them something."""
        while self.struck.total() >= exposed and len(self.lives) < self.size:
            self.lives.append(self.born(Doom()))

    def born(self, doom: Doom, seconds: float = FOREVER) -> Life:
        """Start a process."""
        ready = mmap(-1, 1)
        pid = forked(lambda: live(self.world, doom, ready), self.log)
        return Life(pid, doom, ready, seconds)

    def _over(self, life: Life) -> bool:
        """See whether a process has died; strike it when its time has come, wake it later."""
        now = time.monotonic()
        life.look(now)
        pid, status = os.waitpid(life.pid, os.WNOHANG | os.WUNTRACED)
        if pid:
            self._count(status, life.doom.edge)
            life.asleep = now + self.sleep
            life.until = FOREVER
            return not os.WIFSTOPPED(status)
        if life.asleep and now >= life.asleep:
            os.kill(life.pid, signal.SIGCONT)
            life.asleep, life.until = 0.0, now + life.seconds
            life.doom = Doom(strike=life.doom.strike)
        if now >= life.until:
            life.until, life.doom = FOREVER, Doom(strike=life.doom.strike)
            os.kill(life.pid, life.doom.strike)
        return False

    def _count(self, status: int, where: str) -> None:
        struck = os.WIFSTOPPED(status) or os.WIFSIGNALED(status)
        if not struck:
            raise ChildProcessError(f"ended by itself, {status}: {self.log.read_text()[-2000:]}")
        self.struck[where or "at random"] += 1

    def finish(self, is_done: Callable[[], bool], seconds: float) -> bool:
        """Let processes live in peace until all is done; says whether it was, in that time."""
        until = time.monotonic() + seconds
        for life in self.lives:
            life.seconds = life.until = FOREVER
        while not (done := is_done()) and time.monotonic() < until:
            self.lives = [life for life in self.lives if not self._over(life)]
            self.lives += [self.born(Doom()) for _ in range(self.size - len(self.lives))]
            time.sleep(0.25)
        self.end()
        return done

    def end(self, seconds: float = 10.0) -> None:
        """Ask the processes to end, and wait; those that do not are killed."""
        for life in self.lives:
            os.kill(life.pid, signal.SIGCONT)
            os.kill(life.pid, signal.SIGTERM)
        until = time.monotonic() + seconds
        while self.lives and time.monotonic() < until:
            self.lives = [life for life in self.lives if not os.waitpid(life.pid, os.WNOHANG)[0]]
            time.sleep(GLANCE)
        for life in self.lives:
            os.kill(life.pid, signal.SIGKILL)
            os.waitpid(life.pid, 0)
        self.lives = []
