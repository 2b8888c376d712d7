import itertools
import re

import pytest

from supportplan.domain.problems import BadInput, StoreProblem
from supportplan.storage.keys import passphrase
from supportplan.storage.keys.passphrase import DEFAULT, FLOOR, Cost


@pytest.mark.parametrize(
    "secret", ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababababab", "x" * 1_001]
)
def test_a_passphrase_that_is_guessed_easily_is_refused(secret: str) -> None:
    with pytest.raises(BadInput) as caught:
        passphrase.demand_strength(secret)
    assert caught.value.mend
    assert not secret or secret not in str(caught.value)


@pytest.mark.parametrize("secret", ["correct horse", "tri gair Cymraeg", "łódka na wodzie", "twelveletter"])
def test_a_few_words_are_enough(secret: str) -> None:
    passphrase.demand_strength(secret)


def test_accents_count_alike_however_they_were_typed() -> None:
    composed, apart = "tŷ bach y môr", "ty\u0302 bach y mo\u0302r"
    assert composed != apart
    keys = {passphrase.stretched(one, b"0" * 16, FLOOR) for one in (composed, apart)}
    assert len(keys) == 1


def test_a_recovery_code_is_160_random_bits_in_eight_groups() -> None:
    codes = {passphrase.new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){7}[A-Z2-7]{4}", code) for code in codes)
    assert all(len(passphrase.recovery_code_bytes(code) or b"") == 20 for code in codes)


def test_a_recovery_code_is_read_as_people_type_it() -> None:
    code = "OIBA-QWER-TYUI-OPAS-DFGH-JKLZ-XCVB-NM23"
    bits = passphrase.recovery_code_bytes(code)
    assert bits is not None
    for typed in (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        f" {code}\n",
        f"018{code[3:]}",
    ):
        assert passphrase.recovery_code_bytes(typed) == bits
    assert passphrase.recovery_code_bytes(code[:-1]) is None
    assert passphrase.recovery_code_bytes("not a code at all") is None


@pytest.mark.parametrize(
    ("seconds", "cost"),
    [
        (3.0, DEFAULT),
        (0.9, DEFAULT),
        (0.4, Cost(128 * 1024, 3, 4)),
        (0.2, Cost(256 * 1024, 3, 4)),
        (0.1, Cost(256 * 1024, 7, 4)),
        (0.001, Cost(256 * 1024, 10, 4)),
    ],
)
def test_the_cost_of_a_guess_follows_the_computer(
    seconds: float, cost: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count(0, seconds)
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    monkeypatch.setattr(passphrase, "stretched", lambda *_: b"")
    assert passphrase.calibrated() == cost


def test_too_little_memory_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_memory(**_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(passphrase, "Argon2id", without_memory)
    with pytest.raises(StoreProblem, match="64 MB"):
        passphrase.stretched("a good long secret", b"0" * 16, DEFAULT)
