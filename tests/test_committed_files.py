"""What is committed belongs to everybody: it names no server that packages come from, and nobody's own folders."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Every server that may be named: whoever adds one says by it that no package is fetched from there.
HOSTS = {
    "json-schema.org",
    "schemas.openxmlformats.org",
    "purl.oclc.org",
    "github.com",
    "openfontlicense.org",
    "www.w3.org",
    "purl.org",
    "ns.adobe.com",
    "www.aiim.org",
}
HOST = re.compile(r"\b(?:https?|ftp|git\+ssh|ssh)://(?:[^/\s@]*@)?([A-Za-z0-9.-]+)")

# Fay is nobody: her folders are examples.
FOLDER = re.compile(
    r"(?<![\w.~}<-])/(?:root|work|opt|srv|mnt|media|(?:home|Users)/(?!fay\b)\w+)/|\b[A-Z]:\\Users\\(?!fay\b)"
)
SOURCE_OPTION = re.compile(
    r"--(?:extra-)?index(?:-url)?\b|--find-links|--trusted-host|\b(?:PIP|UV)_\w*INDEX\w*\s*="
)


def committed() -> dict[str, str]:
    """Every committed file that is text, by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout, so nothing is committed")
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        raw = path.read_bytes() if path.is_file() else b""
        if b"\0" not in raw:
            found[name] = raw.decode()
    return found


def said(text: str) -> list[str]:
    """What a text says that no committed file may say."""
    hosts = [found[0] for found in HOST.finditer(text) if found[1] not in HOSTS]
    return hosts + [found[0] for pattern in (FOLDER, SOURCE_OPTION) for found in pattern.finditer(text)]


def test_no_committed_file_names_where_packages_come_from_or_somebodys_folders() -> None:
    own = Path(__file__).relative_to(ROOT).as_posix()
    files = committed()
    assert "README.md" in files
    assert {name: said(text) for name, text in files.items() if name != own and said(text)} == {}


def test_no_link_is_committed() -> None:
    """Where a link leads is a place on one computer, and nobody else has it."""
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode:
        pytest.skip("this is no checkout, so nothing is committed")
    assert not [line for line in listed.stdout.splitlines() if line.startswith("120000 ")]


@pytest.mark.parametrize(
    "text",
    [
        "see https://packages.example.org/simple",
        "pip install --index-url x",
        "--find-links wheels",
        "PIP_EXTRA_INDEX_URL=x",
        "cd /home/jo/plans",
        "cd /root/plans",
        r"C:\Users\jo",
        "git+ssh://jo@example.org/x",
    ],
)
def test_such_words_are_found(text: str) -> None:
    assert said(text)


@pytest.mark.parametrize("text", ["/home/fay/plans", "https://json-schema.org/draft", "src/root/x", "and/or"])
def test_other_words_are_not(text: str) -> None:
    assert not said(text)
