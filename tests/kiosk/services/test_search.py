"""The search as residents use it: what they type, and what they find first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin

from kiosk.core.catalogue import Bundle, Catalogue, Policy, ServiceItem, Text
from kiosk.core.search import Hit, HitKind
from kiosk.services.search import Search
from sandbox.platform import content

CONTENT = content.reference()
WHOLE = Search(CONTENT)


def item(code: str, zh: str, en: str = "Item", *keywords: str) -> ServiceItem:
    """An item of which only the name and the keywords matter."""
    differs = {"code": code, "name": Text(zh, en), "keywords": keywords}
    return CONTENT.items[0].model_copy(update=differs)


def bundle(code: str, zh: str) -> Bundle:
    """A bundle of which only the name matters."""
    return CONTENT.bundles[0].model_copy(update={"code": code, "name": Text(zh, "Bundle")})


def policy(code: str, zh: str) -> Policy:
    """A policy of which only the name matters."""
    return CONTENT.policies[0].model_copy(update={"code": code, "name": Text(zh, "Policy")})


ITEMS = (
    item("pension", "城乡居民基本养老保险参保登记", "Joining the basic pension insurance"),
    item("medical", "城乡居民基本医疗保险参保登记", "Joining the medical insurance"),
    item("transfer", "养老保险关系转移接续", "Moving your pension insurance", "转社保"),
    item("minimum", "最低生活保障对象认定", "Minimum income", "低保", "吃低保", "困难补助"),
    item("birth", "新生儿出生登记", "Registering a birth", "上户口", "报户口"),
    item("shop", "个体工商户设立登记", "Registering as a sole trader", "开店", "办执照"),
    item("claim", "医疗费用手工（零星）报销", "Claiming medical costs", "看病报销"),
    item("bank", "银行账户变更", "Changing your bank account"),
    item("severe", "重度残疾人护理补贴", "Care allowance for severe disability"),
    item("anew", "社会保障卡重新申领", "A new social security card", "社保卡丢了"),
    item("milk", "牛奶生产许可", "Milk licence"),
    item("old", "八十周岁以上老人长寿津贴", "Allowance for those over 80", "高龄津贴"),
)
SEARCH = Search(Catalogue(serial=1, version="v", items=ITEMS))
NAMES = {one.code: one.name for one in ITEMS}


def codes(query: str, search: Search = SEARCH) -> list[str]:
    """What is found, in order."""
    return [hit.code for hit in search.find(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("养老保险", "transfer"), ("养老保险关系转移接续", "transfer"), ("医疗保险", "medical"),
        ("yanglaobaoxian", "transfer"), ("yang lao bao xian", "transfer"), ("yǎnglǎo", "transfer"),
        ("chengxiangjumin", "pension"), ("yanglaobaox", "transfer"), ("ylbx", "transfer"),
        ("YLBX", "transfer"), ("ＹＬＢＸ", "transfer"), ("ylbxgx", "transfer"),
        ("养老bx", "transfer"), ("yanglbx", "transfer"), ("老保xian", "pension"),
        ("cxjmjbylbxcbdj", "pension"),
        ("birth", "birth"), ("registering", "birth"), ("reg", "birth"), ("sole trader", "shop"),
        ("trader sole", "shop"),
        ("Registering as a sole trader", "shop"),
        ("how do I register a birth", "birth"), ("BANK acc", "bank"),
        ("低保", "minimum"), ("dibao", "minimum"), ("db", "minimum"), ("看病报销", "claim"),
        ("kan bing bao xiao", "claim"), ("零星报销", "claim"), ("手工零星", "claim"),
        ("残疾补贴", "severe"), ("补贴 残疾", "severe"), ("老人津贴", "old"),
    ],
)  # fmt: skip
def test_what_people_type_finds_what_they_mean(query: str, first: str) -> None:
    """Characters, pinyin, initials, mixtures, English, everyday words, and words apart."""
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("办低保", "minimum"), ("我要办低保", "minimum"), ("怎么申请低保", "minimum"),
        ("我想给孩子上户口", "birth"), ("请问开店怎么办？", "shop"), ("补贴一下", "severe"),
        ("ban dibao", "minimum"), ("woyaobandibao", "minimum"), ("社保卡丢了咋办", "anew"),
    ],
)  # fmt: skip
def test_words_said_around_it_do_not_hurt(query: str, first: str) -> None:
    """People type as they would speak at a counter."""
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("chanji", "severe"), ("cangji", "severe"), ("zongdu", "severe"), ("liulai", "milk"),
        ("niulai", "milk"), ("sengcan", "milk"), ("shenchan", "milk"), ("yinghan", "bank"),
        ("zhanghu", "bank"), ("zanghu", "bank"), ("cangshou", "old"), ("shehuibaozang", "anew"),
    ],
)  # fmt: skip
def test_it_understands_how_people_of_the_south_type(query: str, first: str) -> None:
    """Z or zh, s or sh, c or ch, n or l, with or without a g at the end."""
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    "query",
    ["yanglaobaoxiam", "yanlaobaoxan", "yamglaobaoxian", "ynaglaobaoxian", "yangalobaoxian",
     "yanglaobaoxixan", "ynglaobaoxian", "yanglaobapxian", "yanglaobaxian"],
)  # fmt: skip
def test_one_slip_of_a_finger_is_forgiven(query: str) -> None:
    """A letter wrong, missing, too many, or two swapped."""
    assert codes(query)[0] == "transfer"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("yinhangzhanghu", "bank"), ("zhongducanji", "severe"), ("chongxinshenling", "anew"),
        ("changshoujintie", "old"), ("yhzh", "bank"), ("cxsl", "anew"),
        ("yinxingzhanghu", "bank"), ("chongducanji", "severe"),
    ],
)  # fmt: skip
def test_characters_of_several_readings_are_found_by_each(query: str, first: str) -> None:
    """行, 重, 长: as the name is read, and as somebody may read it."""
    assert codes(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [("養老保險", "transfer"), ("銀行帳戶", "bank"), ("底保", "minimum"), ("残级", "severe")],
)
def test_characters_that_sound_alike_are_found_where_the_right_ones_are_not(
    query: str, first: str
) -> None:
    """Traditional ones, and those an input method offers first."""
    assert codes(query)[0] == first


def test_the_better_a_name_fits_the_sooner_it_comes() -> None:
    """Exact, by all initials, its beginning, a word, initials, inside, keyword, apart, alike."""
    names = ("地产机", "残人疾", "重残疾", "办（出境）", "办（残疾）", "残疾证", "出境", "残疾")
    items = [item(name, name) for name in names]
    items.append(item("证明", "证明", "Item", "残疾人"))
    search = Search(Catalogue(serial=1, version="v", items=tuple(items)))
    spelled = ["残疾", "残疾证", "办（残疾）", "重残疾", "证明", "残人疾", "地产机"]
    assert codes("canji", search) == spelled
    initials = ["出境", "残疾", "办（出境）", "办（残疾）", "残疾证", "证明", "地产机", "重残疾"]
    assert codes("cj", search) == initials


def test_bundles_come_before_items_and_frequent_ones_first() -> None:
    """At equal rank alone: a name that fits better comes before any of them."""
    search = Search(
        Catalogue(
            serial=1,
            version="v",
            items=(item("a", "退休登记"), item("b", "退休审批"), item("c", "退休")),
            bundles=(bundle("d", "退休一件事"), bundle("e", "退休安置")),
            policies=(policy("f", "退休补助"),),
            frequent=("b", "e"),
        )
    )
    assert codes("退休", search) == ["c", "e", "d", "b", "a", "f"]
    kinds = [hit.kind for hit in search.find("退休")]
    item_, bundle_, policy_ = HitKind.ITEM, HitKind.BUNDLE, HitKind.POLICY
    assert kinds == [item_, bundle_, bundle_, item_, item_, policy_]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("养老bx", "养老保险"), ("guanxi", "关系"), ("ylbxgx", "养老保险关系"), ("guanx", "关系"),
        ("养老转移", "养老保险关系转移"), ("moving", "Moving"), ("pension ins", "pension ins"),
    ],
)  # fmt: skip
def test_the_part_that_was_found_is_named(query: str, part: str) -> None:
    """For the screen to show it: of the Chinese name or of the English one."""
    hit = next(hit for hit in SEARCH.find(query) if hit.code == "transfer")
    assert _parts(hit) == [part]


def test_the_part_that_was_found_holds_the_signs_within() -> None:
    """Brackets in a name are passed over and shown."""
    (hit,) = SEARCH.find("手工零星报销")
    assert _parts(hit) == ["手工（零星）报销"]
    (hit,) = SEARCH.find("看病报销")
    assert _parts(hit) == []


def _parts(hit: Hit) -> list[str]:
    name = NAMES[hit.code]
    sides = ((name.zh, hit.zh), (name.en, hit.en))
    return [text[slice(*part)] for text, part in sides if part]


@pytest.mark.parametrize("query", ["", "  ", "，。！", "\ud800", "bdfgbdfg", "🙂"])
def test_a_query_that_says_nothing_finds_nothing(query: str) -> None:
    """No guess is better than a wrong one."""
    assert SEARCH.find(query) == ()


def test_an_empty_catalogue_has_nothing() -> None:
    """Before the first catalogue there is nothing to find."""
    search = Search(Catalogue(serial=0, version="none"))
    assert search.find("养老保险") == search.find("ylbx") == search.find("pension") == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ylbx", "养老保险"), ("办低保", "低保"), ("上户口", "出生"), ("开店", "开便利店"),
        ("kan bing bao xiao", "报销"), ("shenfenz", "身份"), ("tuixiu", "退休"),
        ("pension", "养老"), ("junren", "军人"), ("zhuan hukou", "户口迁移"), ("jianfang", "建房"),
    ],
)  # fmt: skip
def test_the_whole_catalogue_of_the_reference_platform_can_be_searched(
    query: str, expected: str
) -> None:
    """Its first three hits have what is meant."""
    assert any(expected in name for name in _first_names(query))


def test_everything_in_the_whole_catalogue_is_found_by_each_of_its_names() -> None:
    """Chinese, English and pinyin: the first hit is called so."""
    entries: list[ServiceItem | Bundle | Policy]
    entries = [*CONTENT.items, *CONTENT.bundles, *CONTENT.policies]
    for entry in entries:
        assert _first_names(entry.name.zh)[0] == entry.name.zh
        assert _first_names("".join(lazy_pinyin(entry.name.zh)))[0] == entry.name.zh
        hit = WHOLE.find(entry.name.en)[0]
        assert _entry(hit).name.en == entry.name.en
        assert hit.en is not None


def _entry(hit: Hit) -> ServiceItem | Bundle | Policy:
    kinds = {
        HitKind.ITEM: CONTENT.item,
        HitKind.BUNDLE: CONTENT.bundle,
        HitKind.POLICY: CONTENT.policy,
    }
    entry = kinds[hit.kind](hit.code)
    assert entry is not None
    return entry


def _first_names(query: str) -> list[str]:
    return [_entry(hit).name.zh for hit in WHOLE.find(query)[:3]]


# --- whatever the catalogue has, whatever is typed ---

CHARACTERS = "养老保险医疗登记证明银行重新长期残疾人女儿低保参加转移"
SIGNS = "A1（）、 "
FILLERS = "办理申请"


def _names(letters: str) -> st.SearchStrategy[list[str]]:
    name = st.text(letters, min_size=1, max_size=9).filter(lambda name: set(name) - set(SIGNS))
    return st.lists(name, min_size=1, max_size=12, unique=True)


TYPED = st.one_of(
    st.text(CHARACTERS + "abceghilnoxyz '1我要怎么", max_size=12),
    st.text(st.characters(codec=None), max_size=12),
)


def _search(names: list[str]) -> Search:
    items = tuple(item(str(n), name, "Item", *names[n + 1 : n + 3]) for n, name in enumerate(names))
    return Search(Catalogue(serial=1, version="v", items=items))


def _counted(name: str) -> str:
    return "".join(one for one in name.casefold() if one.isalnum())


def _could_be(name: str) -> re.Pattern[str]:
    """All that is typed for a whole name: each character, a reading of it, or its initial."""
    ways = []
    for one in _counted(name):
        readings = pinyin(one, style=Style.NORMAL, heteronym=True)[0]
        spelled = {r[:length] for r in readings for length in range(1, len(r) + 1)}
        ways.append("|".join({one, *spelled}))
    return re.compile("".join(f"(?:{way})" for way in ways))


@given(_names(CHARACTERS + SIGNS + FILLERS), st.data())
def test_everything_is_found_by_its_name_its_pinyin_and_its_initials(
    names: list[str], data: st.DataObject
) -> None:
    """First, or behind what the same letters are a whole name of as well."""
    search = _search(names)
    number = data.draw(st.integers(0, len(names) - 1))
    letters = _counted(names[number])
    spelled = lazy_pinyin(letters)  # with what is no Chinese as it is
    initials = "".join(part if part in letters else part[0] for part in spelled)
    for query in (names[number], "".join(spelled), " ".join(spelled), initials):
        found = [names[int(code)] for code in codes(query, search)]
        before = found[: found.index(names[number])]
        assert all(_could_be(name).fullmatch(_counted(query)) for name in before)


@given(_names(CHARACTERS + SIGNS), st.data())
def test_what_contains_the_characters_typed_is_found_and_they_are_named(
    names: list[str], data: st.DataObject
) -> None:
    """As a plain scan would, and its part of the name is what was typed."""
    search = _search(names)
    letters = _counted(data.draw(st.sampled_from(names)))
    begin = data.draw(st.integers(0, len(letters) - 1))
    query = letters[begin : begin + data.draw(st.integers(1, 5))]
    by_code = {hit.code: hit for hit in search.find(query)}
    for number, name in enumerate(names):
        if query in _counted(name):
            part = by_code[str(number)].zh
            assert part is not None
            if not any(one.isascii() for one in query):
                assert _counted(name[slice(*part)]) == query


@given(st.sampled_from(ITEMS), st.data())
def test_any_one_slip_in_a_whole_name_is_forgiven(meant: ServiceItem, data: st.DataObject) -> None:
    """Whichever letter is missing, wrong, or one too many."""
    letters = "".join(lazy_pinyin(_counted(meant.name.zh)))
    at = data.draw(st.integers(0, len(letters) - 1))
    head, one, tail = letters[:at], letters[at], letters[at + 1 :]
    other = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    for typed in (head + tail, head + other + tail, head + other + one + tail):
        assert codes(typed)[0] == meant.code


@given(_names(CHARACTERS + SIGNS + FILLERS), TYPED, st.integers(0, 20))
@settings(max_examples=300)
def test_no_query_raises_and_the_order_is_always_the_same(
    names: list[str], query: str, limit: int
) -> None:
    """Fewer are the beginning of more, nothing comes twice, parts lie within the name."""
    search = _search(names)
    hits = search.find(query)
    assert hits == search.find(query) == _search(names).find(query)
    assert search.find(query, limit) == hits[:limit]
    assert len({hit.code for hit in hits}) == len(hits)
    for hit in hits:
        for part, length in ((hit.zh, len(names[int(hit.code)])), (hit.en, len("Item"))):
            assert part is None or 0 <= part[0] < part[1] <= length
