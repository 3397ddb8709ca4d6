"""Values keep their types on the way, and what a value says of itself does not matter."""

import collections
import enum
import json
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.runner.values import TOO_LARGE, Thing, canonical, decode, encode, encode_input, plain, show


def same(one, other, ordered=True):
    return canonical(one, ordered) == canonical(other, ordered)


def there_and_back(value, attribute=None):
    encoded = encode(value, attribute)
    assert decode(json.loads(json.dumps(encoded))) == encoded
    return encoded


PLAIN = [
    None,
    True,
    False,
    0,
    1,
    -(10**4000),
    1.0,
    0.1,
    1e308,
    math.inf,
    2 + 3j,
    "1",
    "",
    "v1 “quoted” 'too'",
    "\ud800",
    b"",
    b"\x00\xff",
    [],
    [1],
    (),
    (1,),
    (1, "2"),
    {1, 2},
    set(),
    frozenset(),
    frozenset({1}),
    {},
    {1: "a"},
    {"1": "a"},
    {"v1": ["stable", None]},
    {(1, 2): {3: {4}}},
]


def test_every_value_is_the_same_as_itself_and_as_no_other():
    for i, one in enumerate(PLAIN):
        for j, other in enumerate(PLAIN):
            assert same(there_and_back(one), there_and_back(other)) is (i == j), (one, other)


@pytest.mark.parametrize("value", [value for value in PLAIN if value != "\ud800"], ids=lambda v: repr(v)[:20])
def test_show_writes_what_python_would(value):
    expected = repr(value)
    if len(expected) <= 300:
        assert show(encode(value)) == expected
    else:
        assert len(show(encode(value))) == 300


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.complex_numbers()
)
KEYS = st.integers() | st.text() | st.booleans() | st.tuples(st.integers(), st.text())
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner) | st.dictionaries(KEYS, inner) | st.tuples(inner, inner) | st.frozensets(KEYS)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_survives_the_way_and_can_be_shown(value):
    encoded = there_and_back(value)
    assert same(encoded, encoded) and same(encoded, encoded, ordered=False)
    show(encoded).encode("utf-8")


@given(VALUES, VALUES)
def test_what_is_the_same_is_equal_for_python_too(one, other):
    if same(encode(one), encode(other)) and "nan" not in repr(one):
        assert one == other and type(one) is type(other)


def test_orders_that_are_free():
    assert same(encode({1: 2, 3: 4}), encode({3: 4, 1: 2}))
    assert same(encode({"b", "a", "c"}), ("set", (("str", "c"), ("str", "a"), ("str", "b"))))
    assert not same(encode([1, 2]), encode([2, 1]))
    assert same(encode([1, 2, 2]), encode([2, 1, 2]), ordered=False)
    assert not same(encode([1, 2, 2]), encode([2, 1, 1]), ordered=False)
    assert same(encode({"a": [1, 2]}), encode({"a": [2, 1]}), ordered=False)
    assert not same(encode((1, 2)), encode((2, 1)), ordered=False)
    assert not same(encode([1]), encode((1,)), ordered=False)


def test_nan_and_zero():
    assert same(encode(math.nan), encode(-math.nan))
    assert same(encode([0.0]), encode([-0.0]))
    assert not same(encode(0.0), encode(0))


class AlwaysTrue:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    @property
    def __class__(self):
        return str

    def __repr__(self):
        return "'v1'"


def test_an_object_that_equals_everything_equals_nothing():
    assert encode(AlwaysTrue()) == ("object", "AlwaysTrue")
    assert not same(encode(AlwaysTrue()), encode("v1"))
    assert not same(encode([AlwaysTrue()]), encode(["v1"]))


class LyingList(list):
    def __iter__(self):
        return iter(["v1"])

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return "v1"


class LyingStr(str):
    def __str__(self):
        return "v1"

    __repr__ = __str__

    def __getitem__(self, index):
        return "v1"


class LyingInt(int):
    def __int__(self):
        return 1

    def __repr__(self):
        return "1"

    def bit_length(self):
        return 1


class LyingDict(dict):
    def items(self):
        return [("v1", "stable")]

    keys = values = __iter__ = items


class LyingMeta(type):
    __name__ = "str"
    __mro__ = (str, object)

    def mro(cls):
        return [*type.mro(cls)]


class LyingClass(metaclass=LyingMeta):
    pass


def test_a_subclass_is_read_through_its_base_type():
    assert encode(LyingList([2])) == ("list", (("int", "2"),))
    assert encode(LyingStr("v2")) == ("str", "v2")
    assert encode(LyingInt(2)) == ("int", "2")
    assert encode(LyingDict(a=1)) == ("dict", ((("str", "a"), ("int", "1")),))
    assert encode(collections.OrderedDict(a=1)) == encode({"a": 1})
    assert encode(collections.namedtuple("P", "x")(1)) == encode((1,))
    assert encode(enum.IntEnum("E", "one").one) == ("int", "1")
    assert encode(LyingClass()) == ("object", "LyingClass")


class Version:
    def __init__(self, version):
        self.version = version

    @property
    def broken(self):
        raise RuntimeError("no")


def test_a_rich_object_is_read_through_the_named_attribute():
    assert there_and_back([Version(2)], "version") == ("list", (("object", "Version", ("int", "2")),))
    assert encode(Version(2), "nothing") == encode(Version(2), "broken") == ("object", "Version")
    assert show(encode([Version(2)], "version"), "version") == "[Version(version=2)]"
    assert show(encode(Version("a"), "version")) == "Version('a')"
    assert show(encode(Version("a"))) == "<Version>"
    assert not same(encode(Version(2), "version"), encode(Version("2"), "version"))


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def endless():
    value = []
    value.append(value)
    value.append(value)
    return value


class Endless:
    @property
    def version(self):
        return Endless()


@pytest.mark.parametrize(
    "value",
    [
        nested(60),
        nested(100_000),
        endless(),
        list(range(20_000)),
        "x" * 10**6,
        10**5000,
        b"x" * 10**6,
        Endless(),
    ],
    ids=["deep", "deeper", "endless", "long", "text", "number", "bytes", "attributes"],
)
def test_what_is_too_large_equals_nothing_and_crashes_nothing(value):
    encoded = there_and_back(value, "version")
    assert encoded == TOO_LARGE
    assert not same(encoded, encoded)
    assert not same(("list", (encoded,)), ("list", (encoded,)))
    assert show(encoded) == "(too large to show)"


def test_just_within_the_limits():
    for value in (nested(49), list(range(9_000)), "x" * 100_000):
        encoded = there_and_back(value)
        assert encoded != TOO_LARGE
        assert same(encoded, encode(value))


def test_shown_text_can_be_written_to_a_file():
    show(encode({"\ud800": "\udfff"})).encode("utf-8")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        1,
        "int",
        [],
        {},
        ["int"],
        ["int", 1],
        ["int", "1", "2"],
        ["int", "one"],
        ["int", "９"],
        ["int", "1" * 5000],
        ["bool", "yes"],
        ["float", "one"],
        ["float", "1" * 50],
        ["bytes", "0"],
        ["bytes", "zz"],
        ["list", "ab"],
        ["list", [1]],
        ["dict", [[["int", "1"]]]],
        ["dict", {}],
        ["object"],
        ["object", 1],
        ["object", "A", 1],
        ["str", None],
        ["too_large", 1],
        ["unknown", "1"],
        [["int", "1"]],
    ],
    ids=repr,
)
def test_decode_refuses_what_encode_does_not_write(raw):
    with pytest.raises(ValueError):
        decode(raw)


def test_decode_refuses_what_is_nested_too_deep():
    raw = ["none"]
    for _ in range(500):
        raw = ["list", [raw]]
    with pytest.raises(ValueError):
        decode(raw)


def test_numbers_have_one_spelling():
    assert decode(["int", "007"]) == ("int", "7")
    assert decode(["float", "1e0"]) == ("float", "1.0")


# ── what is made to cost more than its size ───────────────────────────────────────────────────────────

PRIME = 2**61 - 1  # hash(int) is the int modulo this


def alike(make):
    """Values that Python gives one hash."""
    return [make(number) for number in range(1, 700)]


COLLIDING = {
    "ints": alike(lambda n: n * PRIME),
    "complex numbers": alike(lambda n: complex(4_000_000_000_000 - 1_000_003 * n, n)),
    "tuples": alike(lambda n: (n * PRIME,)),
    "tuples of -1 and -2": alike(lambda n: tuple(-1 - (n >> bit & 1) for bit in range(10))),
    "frozensets": alike(lambda n: frozenset({n * PRIME})),
}


@pytest.mark.parametrize("name", COLLIDING)
@pytest.mark.parametrize("kind", ["set", "frozenset", "dict"])
def test_keys_of_one_hash_are_not_built_into_anything(name, kind):
    assert len(set(map(hash, COLLIDING[name]))) == 1
    keys = [encode(key) for key in COLLIDING[name]]
    value = (kind, tuple(keys) if kind != "dict" else tuple((key, ("none",)) for key in keys))
    assert plain(value) == Thing("too_large")
    raw = json.loads(json.dumps(value))
    assert decode(raw) == decode(["list", [raw]]) == TOO_LARGE


def test_few_keys_of_one_hash_are_plain_data():
    for value in (
        {n * PRIME for n in range(8)},
        {-1: "a", -2: "b"},
        {1, 2, 3} | {n * PRIME for n in range(6)},
    ):
        assert plain(there_and_back(value)) == value


class Counting:
    compared = 0

    def __init__(self, kind, value):
        self.value = value

    def __hash__(self):
        return self.value % 50

    def __eq__(self, other):
        Counting.compared += 1
        return self.value == other.value


def test_building_compares_no_more_than_its_size():
    def build(size):
        Counting.compared = 0
        items = tuple(("object", "A", ("int", str(number))) for number in range(size))
        return plain(("set", items), Counting), plain(("dict", tuple((i, i) for i in items)), Counting)

    found, pairs = build(50 * 8)
    assert len(found) == len(pairs) == 400 and Counting.compared <= 400 * 16
    found, pairs = build(50 * 8 + 1)
    assert isinstance(found, Counting) and Counting.compared == 0


def test_a_forged_result_of_colliding_integers_costs_little():
    forged = ["set", [["int", str(number * PRIME)] for number in range(30_000)]]
    began = time.process_time()
    with pytest.raises(ValueError, match="larger"):
        decode(forged)
    value = decode(["set", forged[1][:8_000]])
    assert value == TOO_LARGE and not same(value, value) and plain(value) == Thing("too_large")
    assert time.process_time() - began < 2  # 30,000 such keys take a set 59 s, and 8,000 take it 4


def test_what_is_decoded_is_no_larger_than_what_is_encoded():
    for raw in (["list", [["none"]] * 10_001], ["str", "x" * 200_001], ["list", [["int", "1" * 4_300]] * 50]):
        with pytest.raises(ValueError):
            decode(raw)


def test_plain_gives_back_what_was_encoded():
    for value in PLAIN:
        again = plain(there_and_back(value))
        assert again == value and type(again) is type(value)
    assert plain(encode(Version(2), "version")) == Thing("Version", 2)
    assert plain(encode([Version(2)])) == [Thing("Version")]
    assert plain(encode(nested(60))) == Thing("too_large")
    assert plain(("set", (("list", ()),))) == Thing("set") and plain(
        ("dict", ((("list", ()), ("none",)),))
    ) == Thing("dict")
    assert plain(encode(Version(2), "version"), lambda kind, value: (kind, value)) == ("Version", 2)


@given(VALUES)
def test_any_plain_value_is_an_input(value):
    encoded = encode_input(value, "it")
    assert same(encoded, encode(value))
    assert same(encode(plain(json.loads(json.dumps(encoded)))), encoded)


def test_a_set_crosses_in_the_same_order_every_time():
    one, other = {"a", "b", *map(str, range(50))}, {*map(str, reversed(range(50))), "b", "a"}
    assert encode_input(one, "it") == encode_input(other, "it")
