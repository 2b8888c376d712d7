"""People are found by their names, whatever the script: whole, by a word, by its first letters, and mistyped."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from supportplan.domain.search_words import words_in
from supportplan.storage.cases.case_index import CaseIndex
from supportplan.storage.store import Store
from tests.storage.stores import new_store, plan_bytes

Found = Callable[[str, str], bool]

# As people write them; each script's letters and marks, some of them letters that are written as two elsewhere.
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyzABCXYZ", "äöüßÄÖẞæœøåéèêçñłőśžđþðıİǰſ", "αβγδεζηθιλνσςωάέήίόύώΐΕΛ", "абвгджзийлнстуфьяёїўєЇ",
    "אבגדהלםמןנשתוי\u05b0\u05b8\u05bc", "ابتجحدرسشعفقلمنهويآأئى\u064e\u0651", "ابپتچژکگی\u200c", "कखगजनपमरलशसह\u093e\u093f\u0940\u0941\u094d\u0902\u093c",
    "ਅਕਗਜਨਪਮਰਲਸਹ\u0a3e\u0a3f\u0a40\u0a41\u0a4d\u0a70\u0a3c\u0a71", "অকখগজনপমরলশসহ\u09be\u09bf\u09c0\u09c1\u09cb\u09cd\u09bc\u0982", "அகசதநபமரலவ\u0bbe\u0bbf\u0bc0\u0bc1\u0bcd",
    "กขคงจชดตนบปพมรลวสห\u0e31\u0e34\u0e35\u0e38\u0e39\u0e48\u0e49", "王小明李陳美玲", "かがさざはばぱタダパー", "김이박최지민수영각", "ሀለመሰአበተ", "აბგდევზᲐᲑ", "աբգդեզև", "ꭰꭱꭲᎠᎡ",
    "e\u0301a\u0308o\u0328n\u0303c\u0327u\u030a",
)  # fmt: skip
PARTS = (" ", "-", "'", "’", "ʼ", "ʻ", "‐", ".", ", ", " \u00ad")
LETTERS = st.sampled_from(ALPHABETS).flatmap(lambda letters: st.text(letters, min_size=1, max_size=10))
NAMES = st.lists(LETTERS | st.sampled_from(PARTS), min_size=1, max_size=7).map("".join)
ANY_NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("".join(PARTS)), min_size=1, max_size=25
)


@pytest.fixture(scope="module")
def is_found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Say whether the one case of a store, under a name, is found by what is typed."""
    store: Store = new_store(tmp_path_factory.mktemp("names") / "store")
    kept = [""]

    def is_found(name: str, typed: str) -> bool:
        if kept != [name]:
            store.drafts.save("case-1", plan_bytes(name), "Named").result()
            kept[:] = [name]
        # Read anew, so that it knows of no name but this.
        return bool(CaseIndex(store._readers).search(typed).rows)

    return is_found


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Anna Strauß", "strauß"),
        ("Anna Strauß", "Strauss"),
        ("Anna Strauss", "Strauß"),
        ("Anna STRAUẞ", "strauß"),
        ("Anna Strauß", "Straux"),
        ("Anna Strauß", "Straßu"),
        ("Anna Strauß", "Strau"),
        ("Uwe Weiß", "Weiß"),
        ("Ελένη Παππάς", "ΕΛΈΝΗ"),
        ("Ελένη Παππάς", "ελενη παππας"),
        ("Ελένη Παππάς", "Παππας"),
        ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ਗੁਰਪ੍ਰੀਤ"),
        ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ਸਿੰ"),
        ("শ্রেয়া চট্টোপাধ্যায়", "শ্রেয়া"),
        ("শ্রেয়া চট্টোপাধ্যায়", "চট্টোপাধ্যা"),
        ("प्रिया शर्मा", "शर्मा"),
        ("Zoe\u0308 Núñez", "zoë nunez"),
        ("Mary O'Brien", "O’Brien"),
        ("Mary O’Brien", "O'Brien"),
        ("Mary OʼBrien", "O'Brien"),
        ("Mary O'Brien", "obrien"),
        ("Mary O'Brien", "obrein"),
        ("Mary O'Brien", "O Brien"),
        ("Mary O'Brien", "brien"),
        ("Ann Smith-Jones", "smith jones"),
        ("Ann Smith-Jones", "Jones-Smith"),
        ("Ann Smith-Jones", "smithjones"),
        ("Ann Smith‑Jones", "Smith-Jones"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Lukasz Wojcik", "Łukasz Wójcik"),
        ("Søren Kjær", "soren kjaer"),
        ("Đorđe Petrović", "dorde"),
        ("Işıl Öztürk", "isil ozturk"),
        ("İpek Yılmaz", "ipek yilmaz"),
        ("김지민", "김지"),
        ("Swan 0012X", "swan 0012x"),
        ("Swan0012X", "swan"),
        ("Swan-0012X", "swan0012"),
        ("Swan0012X", "SWAN-0012"),
        ("علی\u200cرضا", "علیرضا"),
        ("علی\u200cرضا", "علی رضا"),
        ("مُحَمَّد", "محمد"),
        ("ナオミ", "ﾅｵﾐ"),
        ("Ｓａｍ", "sam"),
    ],
)
def test_names_are_found_as_people_type_them(is_found: Found, name: str, typed: str) -> None:
    assert is_found(name, typed)


def test_other_vowels_are_another_name(is_found: Found) -> None:
    assert not is_found("ਕਰਨ", "ਕੁਰੀਨਾ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES | ANY_NAMES)
def test_a_name_is_found_by_itself_by_its_words_and_by_their_beginnings(is_found: Found, name: str) -> None:
    assume(name.strip())
    words = words_in(name)
    assert is_found(name, name)
    assert is_found(name, " ".join(words))
    for word in {*words, *name.split()}:
        assert is_found(name, word)
    for word in words:
        assert all(is_found(name, word[:length]) for length in range(1, len(word)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, st.data())
def test_a_name_is_found_by_a_word_with_one_slip(is_found: Found, name: str, data: st.DataObject) -> None:
    long = [word for word in words_in(name) if len(word) >= 5]
    assume(long)
    word = data.draw(st.sampled_from(long))
    place = data.draw(st.integers(0, len(word) - 1))
    other = data.draw(st.sampled_from(word) | st.sampled_from("xжγকਕ"))
    slips = {
        "missing": word[:place] + word[place + 1 :],
        "doubled": word[:place] + word[place] + word[place:],
        "swapped": word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        "wrong": word[:place] + other + word[place + 1 :],
    }
    for slip, typed in slips.items():
        # Two letters that are written as one are another word, and more than one slip.
        if words_in(typed) == (typed,):
            assert is_found(name, typed), slip
