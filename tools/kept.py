"""Keeps a database and an export of a release, for later versions to be tried on: `tools.kept`."""

import lzma
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot import __version__

FOLDER = Path(__file__).parents[1] / "tests" / "storage" / "kept"
SCENE = FOLDER / "scene.txt"
CLOCK = "2026-11-02T08:00Z"


def bot(*words: str, lines: str = "") -> None:
    """Type a command, with lines to read. Raises CalledProcessError when it does not work."""
    command = [sys.executable, "-m", "bot", *words]
    subprocess.run(command, input=lines, text=True, stdout=subprocess.DEVNULL, check=True)


def packed(file: Path) -> bytes:
    """Give a database without what was written beside it or thrown away in it."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE")
        opened.execute("VACUUM")
    return lzma.compress(file.read_bytes(), preset=9)


def unpack(version: str, file: Path) -> None:
    """Write the database of a release to a file."""
    file.write_bytes(lzma.decompress((FOLDER / f"{version}.db.xz").read_bytes()))


def versions() -> list[str]:
    """Name the releases that were kept."""
    return sorted(file.name.removesuffix(".db.xz") for file in FOLDER.glob("*.db.xz"))


def main() -> None:
    """Play the scene in this version, and keep what it leaves in place of what was kept before."""
    with TemporaryDirectory() as folder:
        file, out = Path(folder, "kept.db"), Path(folder, "export")
        bot("chat", "--json", "--db", str(file), "--clock", CLOCK, lines=SCENE.read_text("utf-8"))
        bot("export", str(out), "--db", str(file))
        (FOLDER / f"{__version__}.db.xz").write_bytes(packed(file))
        with ZipFile(FOLDER / f"{__version__}.zip", "w") as archive:
            for written in sorted(out.rglob("*.json")):
                name = ZipInfo(str(written.relative_to(out)))
                archive.writestr(name, written.read_bytes(), ZIP_DEFLATED)
    for kept in sorted(FOLDER.glob(f"{__version__}.*")):
        print(f"{kept.name}: {kept.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
