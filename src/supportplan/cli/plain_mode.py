"""Plain mode at the terminal, or from a file of answers: where its lines come from and where they go."""

import getpass
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from supportplan.cli.answers import harmless, say
from supportplan.cli.secrets import ENVIRONMENT as PASSPHRASE_FILE
from supportplan.plain.asker import Asker
from supportplan.services.opening import store_folder
from supportplan.services.secret_files import first_line


def open_plain(store: Path | None, *, case: str | None = None) -> None:
    """Work in the named store, or this user's own, by question and answer until the person leaves."""
    from supportplan.plain.session import visit

    named = os.environ.get(PASSPHRASE_FILE)
    visit(_asker(), store_folder(store), case=case, secret=first_line(Path(named)) if named else None)


def open_plain_practice() -> None:
    """Work in the practice plan by question and answer."""
    from supportplan.plain.session import practice_visit

    practice_visit(_asker())


def _asker() -> Asker:
    if isinstance(sys.stdin, TextIOWrapper):
        # A file of answers is UTF-8, whoever wrote it; a letter that is none must not end the visit.
        sys.stdin.reconfigure(
            encoding=sys.stdin.encoding if sys.stdin.isatty() else "utf-8-sig", errors="replace"
        )
    if sys.stdin is not None and sys.stdin.isatty():
        _edit_lines()
        return Asker(_typed, say, _typed_unseen)
    return Asker(_from_file, say, _secret_from_file)


def _edit_lines() -> None:
    """Let a line be edited, and be longer than a terminal's own 4,096 letters. Nothing that was typed comes up again."""
    with suppress(ImportError):
        import readline

        readline.set_auto_history(False)
        # Its marks round what is pasted would be read aloud; lines that are pasted count one by one.
        readline.parse_and_bind("set enable-bracketed-paste off")


def _typed(asked: str) -> str:
    with _one_ctrl_c():
        return input(harmless(asked))


def _typed_unseen(asked: str) -> str:
    with _one_ctrl_c():
        return getpass.getpass(harmless(asked))


def _from_file(asked: str) -> str:
    """Read an answer from a file or a pipe, and let the record of the visit hold it after its question."""
    answer = _secret_from_file(asked, end="")
    say(answer)
    return answer


def _secret_from_file(asked: str, *, end: str = "\n") -> str:
    print(harmless(asked), end=end, flush=True)
    with _one_ctrl_c():
        line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        say()
        raise EOFError
    return line.rstrip("\r\n")


@contextmanager
def _one_ctrl_c() -> Iterator[None]:
    """Let the first Ctrl+C lead out, and those that follow not break into leaving."""
    try:
        yield
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise
