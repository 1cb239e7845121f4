"""Views as data: what has no order of its own gets one."""

from atalaya.publishing.site.rendering import plain


def test_a_set_is_written_in_the_same_order_whatever_the_hashes_of_a_run():
    codes = {"PER", "AUT", "CHL", "BOL", "MEX"}
    assert plain({"codes": codes}) == {"codes": ["AUT", "BOL", "CHL", "MEX", "PER"]}
    assert plain(["b", "a"]) == ["b", "a"], "what has an order keeps it"
