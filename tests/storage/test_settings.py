from pathlib import Path

from supportplan.storage.store import Store
from tests.storage.stores import new_store_and_code


def test_an_answer_is_remembered_changed_and_forgotten(store: Store) -> None:
    assert store.settings.get("role") is None
    store.settings.put("role", "broker").result()
    store.settings.put("role", "facilitator").result()
    assert store.settings.get("role") == "facilitator"
    store.settings.forget("role").result()
    store.settings.forget("role").result()
    assert store.settings.get("role") is None


def test_answers_are_listed_by_how_their_keys_begin(store: Store) -> None:
    for key in ("columns.b", "columns.a", "columnsX", "other"):
        store.settings.put(key, key.upper()).result()
    assert store.settings.all("columns.") == {"columns.a": "COLUMNS.A", "columns.b": "COLUMNS.B"}
    assert store.settings.all("100%") == {}
    assert list(store.settings.all()) == ["author", "columns.a", "columns.b", "columnsX", "other"]


def test_the_author_is_known_when_the_store_is_opened_again(tmp_path: Path) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    assert store.author == "A Facilitator"
    store.settings.put("author", "Somebody Else").result()
    store.close()
    with Store.unlock(tmp_path / "store", code) as again:
        assert again.author == "Somebody Else"
