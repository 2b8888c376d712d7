from pathlib import Path

from supportplan.storage.store import Store
from tests.storage.stores import new_store_and_code


def test_an_answer_is_remembered_and_changed(store: Store) -> None:
    assert store.settings.get("role") is None
    store.settings.put("role", "broker").result()
    store.settings.put("role", "facilitator").result()
    assert store.settings.get("role") == "facilitator"


def test_the_author_is_known_when_the_store_is_opened_again(tmp_path: Path) -> None:
    store, code = new_store_and_code(tmp_path / "store")
    assert store.author == "A Facilitator"
    store.change_author("Somebody Else")
    assert store.author == "Somebody Else"
    store.close()
    with Store.unlock(tmp_path / "store", code) as again:
        assert again.author == "Somebody Else"
