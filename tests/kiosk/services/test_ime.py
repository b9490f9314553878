"""Pinyin on the real librime: what letters mean, and that nothing is kept of them."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.ime import DATA, LONGEST, ImeError, PinyinInput
from kiosk.services.rime import LIBRARY, SCHEMAS, TABLES
from tests import memory

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty directory."""
    return tmp_path_factory.mktemp("ime")


@pytest.fixture(autouse=True, scope="module")
def installed() -> None:
    """Skips where the Debian packages are missing."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        pytest.skip(f"{LIBRARY} is missing: ./run setup installs it")
    if not all((DATA / name).exists() for name in TABLES):
        pytest.skip("rime-data-luna-pinyin is missing: ./run setup installs it")


@pytest.fixture
def ime(scratch: Path) -> Iterator[PinyinInput]:
    """An open input method."""
    with closing(PinyinInput(scratch)) as method:
        yield method


# --- what letters mean ---


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("henansheng", "河南省"),
        ("zhoukou", "周口"),
        ("sheng huo kun nan", "生活困难"),
        ("shenghuokunnan", "生活困难"),
        ("xi'an", "西安"),
        ("xian", "先"),
        ("lvse", "绿色"),
        ("LÜSE", "绿色"),
        ("guojia", "国家"),
        ("shenqingdibao", "申请低保"),
        ("ludenghuaile", "路灯坏了"),
        ("wangxiuying", "王秀英"),
        ("lijianguo", "李建国"),
        ("ouyangna", "欧阳娜"),
        ("lvhong", "吕红"),
    ],
)
def test_the_likeliest_comes_first(ime: PinyinInput, letters: str, text: str) -> None:
    """Words, sentences and names come first where they are the likeliest, in simplified form."""
    assert ime.candidates(letters)[0] == text


def test_names_are_among_the_first(ime: PinyinInput) -> None:
    """Of a hundred names with the commonest surnames, most are among the first nine candidates."""
    places = []
    for line in (HERE / "names.txt").read_text(encoding="utf-8").splitlines():
        name, *syllables = line.split()
        found = ime.candidates("".join(syllables))
        places.append(found.index(name) if name in found else len(line) + 100)
    assert len(places) == 100
    assert sum(place == 0 for place in places) >= 35
    assert sum(place < 9 for place in places) >= 80


@pytest.mark.parametrize(("letters", "text"), [("yi", "翊"), ("yu", "钰"), ("yan", "闫")])
def test_rarer_characters_of_names_can_be_reached(
    ime: PinyinInput, letters: str, text: str
) -> None:
    """A character that stands far behind for its syllable is still offered."""
    assert text in ime.candidates(letters)[20:]


def test_a_word_comes_before_a_name_of_the_same_sound(ime: PinyinInput) -> None:
    """河南省 is likelier than somebody called 何南生, who is there too."""
    first, *others = ime.candidates("henansheng")
    assert first == "河南省"
    assert "何南生" in others


def test_a_sentence_stays_beside_a_name(ime: PinyinInput) -> None:
    """Where a name takes the first place, what was read as a sentence has the second."""
    assert ime.candidates("jialimei")[:2] == ("贾丽梅", "家里没")


@pytest.mark.parametrize(
    "letters", ["", "'", "v", "wangi", "wang2", "王", "wáng", "{End}", "a" * (LONGEST + 1), "\0"]
)
def test_what_is_no_pinyin_has_no_candidates(ime: PinyinInput, letters: str) -> None:
    """Letters that stay unread, in part or whole, are not turned into characters."""
    assert ime.candidates(letters) == ()


def test_no_more_than_asked_for(ime: PinyinInput) -> None:
    """The limit is kept, and the best stay."""
    assert ime.candidates("shi", limit=5) == ime.candidates("shi")[:5]
    assert ime.candidates("wangxiuying", limit=1) == ("王秀英",)


@given(letters=st.text() | st.text("abeghinorsuvxz' ", max_size=20), limit=st.integers(1, 30))
def test_any_text_has_an_answer(scratch: Path, letters: str, limit: int) -> None:
    """Whatever is typed, candidates are whole, distinct and no more than asked for."""
    with closing(PinyinInput(scratch)) as ime:
        found = ime.candidates(letters, limit)
    assert len(set(found)) == len(found) <= limit
    assert not any("a" <= character <= "z" for text in found for character in text)


def test_many_threads_get_their_own_answers(ime: PinyinInput) -> None:
    """Threads that type at once each get what they would have got alone."""
    typed = ["zhoukou", "henansheng", "wang", "lijianguo", "shi", "v"] * 50
    alone = {letters: ime.candidates(letters) for letters in typed}
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ime.candidates, typed)) == [alone[letters] for letters in typed]


# --- nothing is kept ---


def test_nothing_is_learned(ime: PinyinInput) -> None:
    """The same letters give the same candidates, whatever was typed in between, and how often."""
    before = {letters: ime.candidates(letters) for letters in ("wei", "weijie", "nimen", "w")}
    for _ in range(200):
        ime.candidates("wei'jie")
        ime.candidates("womendouyaoqu")
    assert {letters: ime.candidates(letters) for letters in before} == before


def test_nothing_is_written(tmp_path: Path) -> None:
    """No file is made or written: not in the scratch directory, at home, in /tmp or beside us."""
    places = {name: tmp_path / name for name in ("scratch", "HOME", "TMPDIR", "cwd")}
    for place in places.values():
        place.mkdir()
    before = _tree(SCHEMAS), _tree(DATA)
    typed = _typist(places, "wangxiuying", "shenghuokunnan")
    assert typed.stdout == "王秀英\n生活困难"
    assert typed.stderr == ""
    assert [path for place in places.values() for path in place.rglob("*")] == []
    assert (_tree(SCHEMAS), _tree(DATA)) == before
    assert not list(Path("/tmp").glob("rime.doorstep*"))  # noqa: S108 # where its log would be


def test_memory_stays_bounded(ime: PinyinInput) -> None:
    """Ten thousand queries after the first thousand take no more memory than those did."""
    syllables = ("wang", "li", "zhang", "shi", "yi", "guo", "xian", "zhe", "lv", "nan")
    typed = [f"{a}{b}" for a in syllables for b in syllables]

    def type_all(count: int) -> int:
        for place in range(count):
            ime.candidates(typed[place % len(typed)], limit=9)
        return memory.needed()

    first = type_all(1_000)
    assert type_all(10_000) - first < MEBIBYTE


# --- beginning and end ---


def test_it_can_be_opened_again_and_again(
    no_leaks: None,  # noqa: ARG001 # it looks at what is left afterwards
    scratch: Path,
) -> None:
    """Each one after the one before has the same answers, and leaves no thread and no file."""
    for _ in range(20):
        with closing(PinyinInput(scratch)) as ime:
            assert ime.candidates("zhoukou") == ("周口",)
    assert list(scratch.iterdir()) == []


def test_one_at_a_time(ime: PinyinInput, tmp_path: Path) -> None:
    """A second one in the same process is refused, and the first goes on."""
    with pytest.raises(ImeError, match="open already"):
        PinyinInput(tmp_path)
    assert ime.candidates("zhoukou") == ("周口",)


def test_closed_means_nothing_any_more(scratch: Path) -> None:
    """Letters that come after the end have no candidates, and it may be closed twice."""
    ime = PinyinInput(scratch)
    ime.close()
    ime.close()
    assert ime.candidates("zhoukou") == ()


def test_missing_tables_are_named(tmp_path: Path) -> None:
    """Without the package of words the error says which to install, and another try may follow."""
    with pytest.raises(ImeError, match=r"luna_pinyin.table.bin; install .* rime-data-luna-pinyin"):
        PinyinInput(tmp_path, data=tmp_path)
    PinyinInput(tmp_path).close()


def test_broken_tables_are_named(tmp_path: Path) -> None:
    """Tables that librime can not read are said to be so, and another try may follow."""
    data = tmp_path / "build"
    data.mkdir()
    for name in TABLES:
        (data / name).write_bytes(b"Rime::Table/9.9\0".ljust(4096, b"\0"))
    with pytest.raises(ImeError, match=r"finds nothing in .*build"):
        PinyinInput(tmp_path, data)
    PinyinInput(tmp_path).close()


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    """Without librime the error says which package to install."""
    places = {name: tmp_path / name for name in ("scratch", "LD_LIBRARY_PATH", "cwd")}
    for place in places.values():
        place.mkdir()
    (places["LD_LIBRARY_PATH"] / LIBRARY).write_bytes(b"no library")  # found before Debian's
    told = _typist(places, "zhoukou").stdout
    assert told.startswith("pinyin input: librime.so.1 can not be loaded")
    assert told.endswith("install the Debian package librime1")


def _typist(places: dict[str, Path], *typed: str) -> subprocess.CompletedProcess[str]:
    """Run typist.py, with variables of the environment set to the places, and unmeasured.

    Whoever measures which lines it reaches writes that down when it ends.
    """
    variables = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    variables |= {name: str(place) for name, place in places.items() if name.isupper()}
    return subprocess.run(
        [sys.executable, "-B", HERE / "typist.py", places["scratch"], *typed],
        env={**variables, "PYTHONPATH": str(ROOT)},
        cwd=places["cwd"],
        capture_output=True,
        text=True,
        check=True,
    )


def _tree(folder: Path) -> list[tuple[Path, int, int]]:
    return sorted((p, p.stat().st_mtime_ns, p.stat().st_size) for p in folder.rglob("*"))
