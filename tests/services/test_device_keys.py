"""The keys of this computer and of others, and whose seals are known where."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from supportplan.domain.problems import BadInput, NotAllowed, NotFound, WrongPassphrase
from supportplan.services import certificates, device_keys, key_files
from supportplan.storage.backups.backup import restore
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
    assert not key_files.has_to_be_asked(first)
    first.close()
    with Store.unlock(first.folder, SECRET) as again:
        assert key_files.has_to_be_asked(again)
        for use in (device_keys.keys_to_seal_with, device_keys.renew):
            with pytest.raises(WrongPassphrase, match="passphrase of their own"):
                use(again)
        with pytest.raises(WrongPassphrase, match="does not open"):
            key_files.open_keys(again, "another")
        key_files.open_keys(again, "one of our own")
        assert not key_files.has_to_be_asked(again)
        assert device_keys.keys_to_seal_with(again)


def test_no_backup_of_the_store_takes_the_keys_along(first: Store, tmp_path: Path) -> None:
    device_keys.make_keys(first)
    key = (key_files.keys_folder(first.folder) / "device.p12").read_bytes()
    first.back_up(tmp_path / "backup")
    assert key not in (tmp_path / "backup").read_bytes()
    assert key_files.keys_folder(first.folder).parent == first.folder.parent


def test_a_second_computer_gets_its_certificate_under_the_same_root(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    certificates.request_certificate(second, tmp_path / "request.pem")
    certificates.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    assert certificates.take_certificate(second, tmp_path / "second.pem") == "Example Brokers"
    assert device_keys.known_roots(second.folder) == device_keys.known_roots(first.folder)
    assert device_keys.keys_to_seal_with(second).root == device_keys.keys_to_seal_with(first).root
    assert not device_keys.key_facts(second.folder).root_here
    with pytest.raises(NotFound, match="root is not on this computer"):
        certificates.issue_certificate(second, tmp_path / "request.pem", tmp_path / "third.pem")
    with pytest.raises(NotFound, match="asked for no certificate"):
        certificates.take_certificate(second, tmp_path / "second.pem")
    assert b"PRIVATE" not in (tmp_path / "request.pem").read_bytes() + (tmp_path / "second.pem").read_bytes()


def test_a_computer_that_sealed_by_itself_before_still_knows_its_own_seals(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first)
    device_keys.make_keys(second)
    own = device_keys.known_roots(second.folder)[0]
    certificates.request_certificate(second, tmp_path / "request.pem")
    # Until the certificate comes, it seals as before.
    assert device_keys.keys_to_seal_with(second).root == own
    certificates.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    certificates.take_certificate(second, tmp_path / "second.pem")
    assert device_keys.known_roots(second.folder) == (device_keys.known_roots(first.folder)[0], own)


def test_the_certificate_of_another_computer_is_refused(first: Store, second: Store, tmp_path: Path) -> None:
    device_keys.make_keys(first)
    certificates.request_certificate(second, tmp_path / "one.pem")
    certificates.request_certificate(second, tmp_path / "two.pem")
    certificates.issue_certificate(first, tmp_path / "one.pem", tmp_path / "certificate.pem")
    with pytest.raises(BadInput, match="another computer, or of an earlier request"):
        certificates.take_certificate(second, tmp_path / "certificate.pem")


def test_another_organisation_is_known_by_its_root_and_not_by_one_of_its_computers(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    device_keys.export_root(first.folder, tmp_path / "root.pem")
    root = device_keys.read_root(tmp_path / "root.pem")
    assert device_keys.known_roots(second.folder) == ()
    name, mark = device_keys.root_facts(root)
    assert name == "Seals of Example Brokers"
    assert mark == device_keys.key_facts(first.folder).root_fingerprint
    device_keys.trust(second.folder, root)
    assert device_keys.known_roots(second.folder) == device_keys.known_roots(first.folder)
    with pytest.raises(BadInput, match="only the certificate of one computer"):
        device_keys.read_root(key_files.keys_folder(first.folder) / "device.pem")
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(BadInput, match="holds no certificate"):
        device_keys.read_root(tmp_path / "letter.txt")


def test_a_certificate_that_ran_out_is_renewed_where_the_root_is_and_said_where_it_is_not(
    first: Store, second: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device_keys.make_keys(first)
    certificates.request_certificate(second, tmp_path / "request.pem")
    certificates.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    certificates.take_certificate(second, tmp_path / "second.pem")
    before = device_keys.keys_to_seal_with(first).certificate
    later = datetime.now().astimezone() + timedelta(days=6 * 365)
    monkeypatch.setattr(device_keys, "local_moment", lambda: later)
    assert device_keys.keys_to_seal_with(first).certificate.not_valid_after_utc > before.not_valid_after_utc
    with pytest.raises(NotAllowed, match="certificate of this computer ran out on"):
        device_keys.keys_to_seal_with(second)


def test_a_file_of_keys_that_is_damaged_is_said_to_be(first: Store) -> None:
    device_keys.make_keys(first)
    file = key_files.keys_folder(first.folder) / "device.p12"
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(BadInput, match="damaged"):
        device_keys.keys_to_seal_with(first)


def test_keys_that_were_half_made_are_finished(first: Store) -> None:
    device_keys.make_keys(first)
    for name in ("device.p12", "device.pem"):
        (key_files.keys_folder(first.folder) / name).unlink()
    assert device_keys.keys_to_seal_with(first)
    assert device_keys.key_facts(first.folder).root_here


def test_seals_that_were_made_known_by_mistake_are_forgotten(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    device_keys.make_keys(second)
    own, other = device_keys.known_roots(second.folder)[0], device_keys.known_roots(first.folder)[0]
    mark = device_keys.root_facts(other).fingerprint
    with pytest.raises(NotFound, match="No seals with that number") as refused:
        device_keys.known_root(second.folder, mark)
    assert "Nobody else's" in refused.value.mend
    device_keys.trust(second.folder, other)
    with pytest.raises(NotFound) as refused:
        device_keys.known_root(second.folder, device_keys.root_facts(own).fingerprint)
    assert f"Seals of Example Brokers, {mark[:9]}" in refused.value.mend
    for unclear in ("", mark[:6]):
        with pytest.raises(BadInput, match="which one is meant"):
            device_keys.known_root(second.folder, unclear)
    assert device_keys.known_root(second.folder, mark[:9].upper()) == other
    device_keys.forget(second.folder, other)
    assert device_keys.known_roots(second.folder) == (own,)


@pytest.mark.parametrize("how", ["the first seal", "keys make"])
def test_where_an_older_store_came_back_the_keys_that_open_no_more_give_way_to_new_ones(
    first: Store, tmp_path: Path, how: str
) -> None:
    before, _ = _restored(first, tmp_path)
    with Store.unlock(first.folder, SECRET) as again:
        assert not key_files.has_to_be_asked(again)
        if how == "keys make":
            with pytest.raises(NotFound, match="root is not on this computer") as refused:
                device_keys.renew(again)
            assert "supportplan keys make" in refused.value.mend
            device_keys.make_keys(again)
        root = device_keys.keys_to_seal_with(again).root
        assert root != before
        assert device_keys.known_roots(again.folder) == (root, before)
        aside = [one.name for one in key_files.keys_folder(again.folder).glob("*-20*.p12")]
        assert sorted(one.split("-")[0] for one in aside) == ["device", "root"]
        assert device_keys.keys_to_seal_with(again).root == root


def test_where_an_older_store_came_back_another_computer_can_be_asked_anew(
    first: Store, second: Store, tmp_path: Path
) -> None:
    device_keys.make_keys(second, organisation="Example Brokers")
    before, asked = _restored(first, tmp_path, ask=True)
    certificates.issue_certificate(second, asked, tmp_path / "lost.pem")
    with Store.unlock(first.folder, SECRET) as again:
        with pytest.raises(NotFound, match="asked for no certificate"):
            certificates.take_certificate(again, tmp_path / "lost.pem")
        certificates.request_certificate(again, tmp_path / "request.pem")
        certificates.issue_certificate(second, tmp_path / "request.pem", tmp_path / "first.pem")
        certificates.take_certificate(again, tmp_path / "first.pem")
        root = device_keys.keys_to_seal_with(again).root
        assert device_keys.known_roots(again.folder) == (root, before)


def test_a_chosen_passphrase_is_asked_for_where_an_older_store_came_back(
    first: Store, tmp_path: Path
) -> None:
    before, _ = _restored(first, tmp_path, passphrase="one of our own")
    with Store.unlock(first.folder, SECRET) as again:
        # The store may even have a random one, from keys before these.
        again.settings.put("seal_passphrase", "from before").result()
        assert key_files.has_to_be_asked(again)
        with pytest.raises(WrongPassphrase, match="of their own"):
            device_keys.keys_to_seal_with(again)
        with pytest.raises(NotAllowed, match="has its keys already"):
            device_keys.make_keys(again)
        key_files.open_keys(again, "one of our own")
        assert device_keys.keys_to_seal_with(again).root == before


@pytest.mark.parametrize("passphrase", ["", "one of our own"])
def test_keys_that_are_made_between_asking_and_taking_do_not_make_the_certificate_useless(
    first: Store, second: Store, tmp_path: Path, passphrase: str
) -> None:
    device_keys.make_keys(first, organisation="Example Brokers")
    certificates.request_certificate(second, tmp_path / "request.pem")
    certificates.issue_certificate(first, tmp_path / "request.pem", tmp_path / "second.pem")
    device_keys.make_keys(second, passphrase=passphrase)
    own = device_keys.keys_to_seal_with(second).root
    assert certificates.take_certificate(second, tmp_path / "second.pem") == "Example Brokers"
    root = device_keys.known_roots(first.folder)[0]
    assert device_keys.keys_to_seal_with(second).root == root
    assert device_keys.known_roots(second.folder) == (root, own)


def test_half_made_keys_with_a_passphrase_of_their_own_ask_for_it(first: Store) -> None:
    device_keys.make_keys(first, passphrase="one of our own")
    for name in ("device.p12", "device.pem"):
        (key_files.keys_folder(first.folder) / name).unlink()
    first.close()
    with Store.unlock(first.folder, SECRET) as again:
        assert key_files.has_to_be_asked(again)
        with pytest.raises(WrongPassphrase, match="does not open"):
            key_files.open_keys(again, "another")
        key_files.open_keys(again, "one of our own")
        assert device_keys.keys_to_seal_with(again)


def test_who_moves_the_keys_away_gets_new_ones_that_nobody_is_asked_about(first: Store) -> None:
    device_keys.make_keys(first, passphrase="one of our own")
    first.close()
    for file in key_files.keys_folder(first.folder).glob("*.p12"):
        file.unlink()
    with Store.unlock(first.folder, SECRET) as again:
        assert not key_files.has_to_be_asked(again)
        assert device_keys.keys_to_seal_with(again)
    with Store.unlock(first.folder, SECRET) as again:
        assert not key_files.has_to_be_asked(again)
        assert device_keys.keys_to_seal_with(again)


def _restored(
    store: Store, tmp_path: Path, *, passphrase: str = "", ask: bool = False
) -> tuple[Certificate, Path]:
    """Back a store up, make keys, close it and bring the backup back. Returns the root, and a request that was made."""
    store.back_up(tmp_path / "old.backup")
    device_keys.make_keys(store, passphrase=passphrase)
    root = device_keys.keys_to_seal_with(store).root
    if ask:
        certificates.request_certificate(store, tmp_path / "asked.pem")
    store.close()
    restore(tmp_path / "old.backup", store.folder, SECRET, at="2026-11-24T10:00:00Z", replace=True)
    return root, tmp_path / "asked.pem"
