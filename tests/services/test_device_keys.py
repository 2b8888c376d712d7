"""The keys of this computer and of others, and whose seals are known where."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from supportplan.domain.problems import BadInput, NotAllowed, NotFound, WrongPassphrase
from supportplan.services import device_keys
from supportplan.storage.keys.passphrase import FLOOR
from supportplan.storage.store import Store

SECRET = "seven small boats at anchor"


def _store(folder: Path, author: str) -> Store:
    return Store.create(folder, SECRET, at="2026-11-23T10:00:00Z", author=author, cost=FLOOR)[0]


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Store]:
    with _store(tmp_path / "first" / "store", "Fran Example, broker") as store:
        yield store


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Store]:
    with _store(tmp_path / "second" / "store", "Ann Other") as store:
        yield store


def test_keys_are_made_once_and_bear_the_name_that_was_given(first: Store) -> None:
    with pytest.raises(NotFound, match="no keys to seal with yet"):
        device_keys.key_facts(first.folder)
    device_keys.make_keys(first, organisation="Example Brokers")
    facts = device_keys.key_facts(first.folder)
    assert facts.organisation == "Example Brokers"
    assert facts.root_here
    with pytest.raises(NotAllowed, match="has its keys already"):
        device_keys.make_keys(first)
    assert device_keys.keys_to_seal_with(first).name == facts.device


def test_a_passphrase_of_their_own_is_asked_for_and_is_not_in_the_store(first: Store) -> None:
    device_keys.make_keys(first, passphrase="one of our own")
    assert not device_keys.has_to_be_asked(first)
    first.close()
    with Store.unlock(first.folder, SECRET) as again:
        assert device_keys.has_to_be_asked(again)
        for use in (device_keys.keys_to_seal_with, device_keys.renew):
            with pytest.raises(WrongPassphrase, match="passphrase of their own"):
                use(again)
        with pytest.raises(WrongPassphrase, match="does not open"):
            device_keys.open_keys(again, "another")
        device_keys.open_keys(again, "one of our own")
        assert not device_keys.has_to_be_asked(again)
        assert device_keys.keys_to_seal_with(again)


def test_no_backup_of_the_store_takes_the_keys_along(first: Store, tmp_path: Path) -> None:
    device_keys.make_keys(first)
    key = (device_keys.keys_folder(first.folder) / "device.p12").read_bytes()
    first.back_up(tmp_path / "backup")
    assert key not in (tmp_path / "backup").read_bytes()
    assert device_keys.keys_folder(first.folder).parent == first.folder.parent


def test_a_second_computer_gets_its_certificate_under_the_same_root(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    device_keys.request_certificate(second, tmp_path / "request.pem")
    device_keys.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    assert device_keys.take_certificate(second, tmp_path / "second.pem") == "Example Brokers"
    assert device_keys.known_roots(second.folder) == device_keys.known_roots(first.folder)
    assert device_keys.keys_to_seal_with(second).root == device_keys.keys_to_seal_with(first).root
    assert not device_keys.key_facts(second.folder).root_here
    with pytest.raises(NotFound, match="root is not on this computer"):
        device_keys.issue_certificate(second, tmp_path / "request.pem", tmp_path / "third.pem")
    with pytest.raises(NotFound, match="asked for no certificate"):
        device_keys.take_certificate(second, tmp_path / "second.pem")
    assert b"PRIVATE" not in (tmp_path / "request.pem").read_bytes() + (tmp_path / "second.pem").read_bytes()


def test_a_computer_that_sealed_by_itself_before_still_knows_its_own_seals(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first)
    device_keys.make_keys(second)
    own = device_keys.known_roots(second.folder)[0]
    device_keys.request_certificate(second, tmp_path / "request.pem")
    device_keys.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    device_keys.take_certificate(second, tmp_path / "second.pem")
    assert device_keys.known_roots(second.folder) == (device_keys.known_roots(first.folder)[0], own)


def test_the_certificate_of_another_computer_is_refused(first: Store, second: Store, tmp_path: Path) -> None:
    device_keys.make_keys(first)
    device_keys.request_certificate(second, tmp_path / "one.pem")
    device_keys.request_certificate(second, tmp_path / "two.pem")
    device_keys.issue_certificate(first, tmp_path / "one.pem", tmp_path / "certificate.pem")
    with pytest.raises(BadInput, match="another computer, or of an earlier request"):
        device_keys.take_certificate(second, tmp_path / "certificate.pem")


def test_another_organisation_is_known_by_its_root_and_not_by_one_of_its_computers(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    device_keys.export_root(first.folder, tmp_path / "root.pem")
    name, mark = device_keys.trust(second.folder, tmp_path / "root.pem")
    assert name == "Seals of Example Brokers"
    assert mark == device_keys.key_facts(first.folder).root_fingerprint
    assert device_keys.known_roots(second.folder) == device_keys.known_roots(first.folder)
    with pytest.raises(BadInput, match="only the certificate of one computer"):
        device_keys.trust(second.folder, device_keys.keys_folder(first.folder) / "device.pem")
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(BadInput, match="holds no certificate"):
        device_keys.trust(second.folder, tmp_path / "letter.txt")


def test_a_certificate_that_ran_out_is_renewed_where_the_root_is_and_said_where_it_is_not(
    first: Store, second: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device_keys.make_keys(first)
    device_keys.request_certificate(second, tmp_path / "request.pem")
    device_keys.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    device_keys.take_certificate(second, tmp_path / "second.pem")
    before = device_keys.keys_to_seal_with(first).certificate
    later = datetime.now().astimezone() + timedelta(days=6 * 365)
    monkeypatch.setattr(device_keys, "local_moment", lambda: later)
    assert device_keys.keys_to_seal_with(first).certificate.not_valid_after_utc > before.not_valid_after_utc
    with pytest.raises(NotAllowed, match="certificate of this computer ran out on"):
        device_keys.keys_to_seal_with(second)


def test_a_file_of_keys_that_is_damaged_is_said_to_be(first: Store) -> None:
    device_keys.make_keys(first)
    file = device_keys.keys_folder(first.folder) / "device.p12"
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(BadInput, match="damaged"):
        device_keys.keys_to_seal_with(first)


def test_keys_that_were_half_made_are_finished(first: Store) -> None:
    device_keys.make_keys(first)
    for name in ("device.p12", "device.pem"):
        (device_keys.keys_folder(first.folder) / name).unlink()
    assert device_keys.keys_to_seal_with(first)
    assert device_keys.key_facts(first.folder).root_here
