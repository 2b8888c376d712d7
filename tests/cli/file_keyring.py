"""A keyring for real processes: what it holds stands in a file that KEYRING_FILE names."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileKeyring(KeyringBackend):
    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._hold(self._held() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        if held.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self._hold(held)

    def _held(self) -> dict[str, str]:
        file = Path(os.environ["KEYRING_FILE"])
        if not file.exists():
            return {}
        text = file.read_text(encoding="utf-8")
        if text == "locked":
            raise KeyringLocked
        held: dict[str, str] = json.loads(text)
        return held

    def _hold(self, held: dict[str, str]) -> None:
        Path(os.environ["KEYRING_FILE"]).write_text(json.dumps(held), encoding="utf-8")
