"""JSON as pages carry it."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from minebelief.spiders.lenient_json import _Reader, loads

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
CONTAINERS = st.lists(VALUES, max_size=4) | st.dictionaries(st.text(), VALUES, max_size=4)
BLANKS = st.sampled_from(["", " ", "\n", "\t", "/* why */", "// so\n", "\r\n  "])


@st.composite
def dirty(draw, value):
    """``value`` as JSON with what templates do to it: comments, trailing commas, raw control characters."""

    def write(entry):
        before, after = draw(BLANKS), draw(BLANKS)
        if isinstance(entry, dict):
            members = [f"{draw(BLANKS)}{json.dumps(key)}{draw(BLANKS)}:{write(item)}" for key, item in entry.items()]
            text = "{" + ",".join(members) + draw(st.sampled_from(["", ",", " ,\n"])) * bool(members) + "}"
        elif isinstance(entry, list):
            text = "[" + ",".join(map(write, entry)) + draw(st.sampled_from(["", ","])) * bool(entry) + "]"
        elif isinstance(entry, str):
            text = (
                json.dumps(entry, ensure_ascii=False).replace("\\n", "\n").replace("\\t", "\t")
                if "\\" not in entry
                else json.dumps(entry)
            )
        else:
            text = json.dumps(entry)
        return before + text + after

    return write(value) + draw(st.sampled_from(["", ";", " ;\n"]))


@given(CONTAINERS)
@settings(max_examples=150, deadline=None)
def test_valid_json_means_the_same_to_the_lenient_reader(value):
    assert _Reader(json.dumps(value)).document() == value
    assert loads(json.dumps(value, indent=1)) == value


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_dirt_does_not_change_what_is_said(data):
    value = data.draw(CONTAINERS)
    assert loads(data.draw(dirty(value))) == value


@given(
    st.text(alphabet=st.sampled_from(list("{}[]:,\"'\\/*; \n\tabtrue019.-&<!>@#")), max_size=80) | st.text(max_size=60)
)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_there_ends_in_a_value_or_a_value_error(text):
    with suppress(ValueError):
        json.dumps(loads(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"@type": "Review", "itemReviewed": Product', {"@type": "Review", "itemReviewed": "Product"}),
        ('{"a": "one\ntwo\tthree"}', {"a": "one\ntwo\tthree"}),
        ('{"a": 1};', {"a": 1}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/* <![CDATA[ */ {"a": 1,} /* ]]> */', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ("{a: 1, 'b': 'it\\'s', c: true}", {"a": 1, "b": "it's", "c": True}),
        ('{"a": "he said "never again" twice", "b": 2}', {"a": 'he said "never again" twice', "b": 2}),
        ('{"a": "say "hi", then go", "b": 2}', {"a": 'say "hi", then go', "b": 2}),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": {"b": [1, 2', {"a": {"b": [1, 2]}}),
        ('{"a": , "b": 1}', {"a": None, "b": 1}),
        ('{"a": "http://x.example/y" /* no */}', {"a": "http://x.example/y"}),
        ("{&quot;a&quot;: 1}", {"a": 1}),
        ('{"a": "\\x \\u00e9 \\ud83d\\ude00"}', {"a": "x \u00e9 \U0001f600"}),
    ],
)
def test_dirt_seen_on_real_pages_is_read(text, value):
    assert loads(text) == value


def test_depth_without_end_is_a_value_error_and_no_crash():
    with pytest.raises(ValueError, match="deeper"):
        loads("[" * 100_000)


def test_a_large_broken_script_takes_no_more_than_its_length():
    text = '{"a": [' + '"x" "y", ' * 50_000
    assert len(loads(text)["a"]) > 1000
