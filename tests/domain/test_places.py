import pytest

from supportplan.domain.places import in_words, place_words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("supports[0].rate", "support 1, rate"),
        ("supports[11].rate.top_up", "support 12, rate, top up"),
        ("people[1].name", "person 2, name"),
        ("payments.first", "payments, first"),
        ("price_points[0]", "price points, number 1"),
        ("contingency", ""),
        ("", ""),
        ("a name with spaces", ""),
        ("supports[x]", ""),
    ],
)
def test_places_are_counted_from_one(path: str, words: str) -> None:
    assert place_words(path) == words


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("plan.json, supports[2].rate", "plan.json, support 3, rate (supports[2].rate)"),
        ("supports[0]", "support 1 (supports[0])"),
        ("plan.json", "plan.json"),
        ("plan.json, contingency", "plan.json, contingency"),
        ("/home/fay/my plans, old/plan.json", "/home/fay/my plans, old/plan.json"),
        ("case 3f2a", "case 3f2a"),
        ("", ""),
    ],
)
def test_the_path_follows_the_words(where: str, said: str) -> None:
    assert in_words(where) == said
