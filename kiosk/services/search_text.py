"""What of a text counts when it is searched: its letters, digits and characters, in one form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What people say around what they look for, when they speak to somebody at a counter.
_CHINESE = (
    *("请问", "你好", "您好", "麻烦", "帮我", "帮忙", "我要", "我想", "想要", "需要", "我们", "我"),
    *("怎么办理", "怎么办", "怎么弄", "怎么", "咋办", "咋弄", "咋", "如何", "哪里", "在哪", "哪儿"),
    *(
        "申请",
        "办理",
        "办个",
        "办",
        "一下",
        "可以",
        "能不能",
        "吗",
        "呢",
        "吧",
        "啊",
        "想",
        "要",
        "给",
    ),
    *("去", "的", "了", "什么"),
)
_PINYIN = (
    *("qingwen", "woyao", "woxiang", "wo", "xiangyao", "yao", "xiang", "zenmebanli", "zenmeban"),
    *("zenme", "zaban", "ruhe", "shenqing", "banli", "ban", "yixia"),
)
_ENGLISH = frozenset(
    {
        *("a", "an", "the", "for", "of", "to", "i", "we", "my", "me", "how", "do", "can", "could"),
        *("want", "need", "would", "like", "get", "apply", "please"),
    }
)
_FILLERS = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_SPELLED = "|".join(sorted(_PINYIN, key=len, reverse=True))
_SPELLED_FILLERS = re.compile(rf"^(?:{_SPELLED})+|(?:{_SPELLED})+$")
_DIAERESIS = "\u0308"


def units(text: str) -> Iterator[tuple[str, int]]:
    """Each character that counts, and at which character of the text it stands.

    Full-width and compatibility forms are plain (NFKC), capitals small, tone marks gone; blanks
    and punctuation do not count.
    """
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character).casefold():
            if one.isalnum():
                yield _without_marks(one), place


def _without_marks(character: str) -> str:
    """ǎ is a; ǚ is v, as keyboards have it."""
    parts = unicodedata.normalize("NFD", character)
    base = parts[0]
    if not base.isascii():
        return character
    return "v" if base == "u" and _DIAERESIS in parts else base


def plain(text: str) -> str:
    """The characters that count, without blanks."""
    return "".join(one for one, _ in units(text))


def without_fillers(query: str) -> str:
    """A query, plain, without what people say around it; "" where that leaves too little."""
    left = _FILLERS.sub("", query)
    return left if left != query and len(left) > 1 else ""


def without_spelled_fillers(query: str) -> str:
    """The same of a query in pinyin, where it can be wrong: ban begins many a word."""
    left = _SPELLED_FILLERS.sub("", query)
    return left if left != query and len(left) > 1 else ""


def words(text: str) -> str:
    """A text in small letters, all but letters and digits as blanks; place by place the same."""
    wide = (unicodedata.normalize("NFKC", c).casefold() for c in text)
    return "".join(w if len(w) == 1 and w.isalnum() else " " for w in wide)


def english_words(query: str) -> list[str]:
    """The words of a query that say something; all of them where none does."""
    said = words(query).split()
    return [word for word in said if word not in _ENGLISH] or said
