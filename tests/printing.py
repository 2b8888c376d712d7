"""Printers to test with: commands that answer as they are told to, and a real print server of the test's own."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
CUPSD = shutil.which("cupsd") or shutil.which("cupsd", path="/usr/sbin")
FILTER = Path("/usr/lib/cups/filter/pdftopdf")

# One program for all the commands: it notes how it was called, and answers what its file of answers says.
_COMMAND = """#!{python}
import hashlib, json, os, pathlib, sys, time
place = pathlib.Path({place!r})
name = os.path.basename(sys.argv[0])
time.sleep(json.loads((place / "slow").read_text()).get(name, 0) if (place / "slow").exists() else 0)
given = b"" if sys.stdin is None else sys.stdin.buffer.read()
with (place / "calls").open("a") as calls:
    calls.write(json.dumps({{"command": name, "arguments": sys.argv[1:], "sha256": hashlib.sha256(given).hexdigest(),
                             "pid": os.getpid(), "language": os.environ.get("LC_ALL")}}) + "\\n")
if given:
    (place / "printed.pdf").write_bytes(given)
for beginning, answer in json.loads((place / "answers").read_text()).items():
    if " ".join([name, *sys.argv[1:]]).startswith(beginning):
        time.sleep(answer.get("sleeps", 0))
        said = answer.get("said", "")
        if isinstance(said, list):
            # One answer a call; the last one stays.
            asked = place / ("asked-" + hashlib.sha256(beginning.encode()).hexdigest()[:8])
            at = len(asked.read_text()) if asked.exists() else 0
            asked.write_text("." * (at + 1))
            said = said[min(at, len(said) - 1)]
        sys.stdout.write(said)
        sys.stderr.write(answer.get("complained", ""))
        sys.exit(answer.get("exit", 0))
"""

OFFICE = (
    "copies=1 printer-info='Office, by the stairs' printer-state=3 printer-state-reasons=none "
    "printer-is-accepting-jobs=true printer-type=135260\n"
)
PORTABLE = "copies=1 printer-info=portable printer-state=3 printer-state-reasons=none printer-type=135244\n"
WAITING = (
    "office-7                root             59392   Fri Nov 27 02:02:26 2026\n\t{}\tqueued for office\n"
)


class Commands:
    """The printing commands in a folder of their own, first on the path."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.answers: dict[str, dict[str, Any]] = {
            "lpstat -e": {"said": "office\nportable\n"},
            "lpstat -d": {"said": "system default destination: office\n"},
            "lpstat -r": {"said": "scheduler is running\n"},
            "lpoptions -p office": {"said": OFFICE},
            "lpoptions -p portable": {"said": PORTABLE},
            "lp ": {"said": "request id is office-7 (0 file(s))\n"},
        }
        for name in ("lp", "lpstat", "lpoptions", "cancel"):
            program = place / name
            program.write_text(_COMMAND.format(python=sys.executable, place=str(place)))
            program.chmod(0o755)
        self._write()

    def answer(self, beginning: str, **answer: Any) -> None:
        """Answer a call that begins so with `said`, `complained` and `exit`, after it `sleeps`."""
        self.answers = {beginning: answer, **{k: v for k, v in self.answers.items() if k != beginning}}
        self._write()

    def begin_slowly(self, command: str, seconds: float) -> None:
        """Let a command wait before it reads its input."""
        (self.place / "slow").write_text(json.dumps({command: seconds}))

    def calls(self, command: str = "") -> list[dict[str, Any]]:
        """Return how the commands were called, one after the other."""
        file = self.place / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        return [one for one in map(json.loads, lines) if command in ("", one["command"])]

    @property
    def printed(self) -> bytes:
        """What was printed last."""
        return (self.place / "printed.pdf").read_bytes()

    def _write(self) -> None:
        (self.place / "answers").write_text(json.dumps(self.answers))


@contextmanager
def commands(place: Path) -> Iterator[Commands]:
    """Put commands that answer as they are told to first on the path."""
    place.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
        yield Commands(place)


# A printer that takes PDF, turns the paper, and has A4.
_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "OFFICE.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*cupsManualCopies: True
*ColorDevice: True
*DefaultColorSpace: RGB
*FileSystem: False
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "18 18 577 824"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/2-Sided Printing: PickOne
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long: "<</Duplex true>>setpagedevice"
*Duplex DuplexTumble/Short: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
"""


class PrintServer:
    """A real CUPS with a printer `office` that prints into a file, and `gone`, which nobody can reach."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self._environment = environment
        self.paper = place / "office.pdf"

    def run(self, *command: str) -> str:
        """Run a command of the print server; return what it said."""
        path = f"{os.environ['PATH']}:/usr/sbin"
        done = subprocess.run(
            command,
            env={**os.environ, **self._environment, "PATH": path, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def waiting(self) -> str:
        """Say which prints have not come out."""
        return self.run("lpstat", "-W", "not-completed", "-o")


@contextmanager
def print_server(place: Path) -> Iterator[PrintServer]:
    """Start a print server of one's own, on a socket that nobody else knows; skip where this computer has none."""
    if CUPSD is None or not FILTER.exists():
        if os.environ.get("CI"):
            raise RuntimeError("CI has to install cups-daemon, cups-client and cups-filters-core-drivers")
        pytest.skip("needs cups-daemon, cups-client and cups-filters-core-drivers")
    for name in ("root/ppd", "spool/tmp", "cache", "state", "log"):
        (place / name).mkdir(parents=True)
    # The print server's filters run as another user, who has to get to the spool.
    for folder in (place, *place.parents[:-2]):
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o011)
    socket = place / "state" / "s"
    (place / "cups-files.conf").write_text(
        f"FileDevice Yes\nServerRoot {place}/root\nRequestRoot {place}/spool\nCacheDir {place}/cache\n"
        f"StateDir {place}/state\nTempDir {place}/spool/tmp\nAccessLog {place}/log/access\n"
        f"ErrorLog {place}/log/error\nPageLog {place}/log/page\nSystemGroup root\n"
    )
    (place / "cupsd.conf").write_text(
        f"Listen {socket}\nBrowsing Off\nWebInterface No\nPreserveJobFiles No\nErrorPolicy stop-printer\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n"
    )
    (place / "office.ppd").write_text(_PPD)
    (place / "office.pdf").touch()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CUPS_SERVER", str(socket))
        running = subprocess.Popen(
            [CUPSD, "-f", "-c", str(place / "cupsd.conf"), "-s", str(place / "cups-files.conf")]
        )
        try:
            _wait_for(socket)
            server = PrintServer(place, {"CUPS_SERVER": str(socket)})
            paper = f"file:{place / 'office.pdf'}"
            ppd = str(place / "office.ppd")
            server.run("lpadmin", "-p", "office", "-E", "-v", paper, "-P", ppd, "-D", "Office, by the stairs")
            server.run("lpadmin", "-p", "gone", "-E", "-v", "ipp://127.0.0.1:9/ipp/print", "-P", ppd)
            server.run("lpadmin", "-d", "office")
            yield server
        finally:
            running.terminate()
            running.wait(20)


def _wait_for(socket: Path) -> None:
    until = time.monotonic() + 20
    while not socket.exists() and time.monotonic() < until:
        time.sleep(0.05)
