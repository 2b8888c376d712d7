from hypothesis import example, given
from hypothesis import strategies as st

from supportplan.storage.cases.splice import splice_between

few = st.text("ab", max_size=12).map(str.encode)
alike = st.one_of(few, st.binary(max_size=40))


@given(before=alike, after=alike)
@example(before=b"aa", after=b"aaa")
@example(before=b"abab", after=b"ab")
@example(before=b"", after=b"")
def test_it_can_be_put_in_and_taken_out(before: bytes, after: bytes) -> None:
    splice = splice_between(before, after)
    assert splice.put_in(before) == after
    assert splice.taken_out(after) == before


@given(before=alike, after=alike)
def test_it_holds_no_more_than_what_differs(before: bytes, after: bytes) -> None:
    _, removed, inserted = splice_between(before, after)
    if before == after:
        assert (removed, inserted) == (b"", b"")
    if removed and inserted:
        assert removed[:1] != inserted[:1]
        assert removed[-1:] != inserted[-1:]


@given(before=st.binary(max_size=300), place=st.integers(0, 300), new=st.binary(min_size=1, max_size=3))
def test_a_small_edit_of_a_large_text_is_small(before: bytes, place: int, new: bytes) -> None:
    after = before[:place] + new + before[place:]
    assert len(splice_between(before, after).inserted) == len(new)
    assert splice_between(before, after).removed == b""
