"""The chips of cards, byte for byte: commands in, answers out, under T=0 as most cards speak it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from drivers.device import SocialSecurityCard
from drivers.protocols import social_card
from drivers.protocols.social_card import BANKS, BY_NUMBER, SSSE

ATR = bytes.fromhex("3B6D0000") + b"DOORSTEP TEST"  # T=0, and 13 bytes of the maker's choice
OK = bytes.fromhex("9000")


class Habit(StrEnum):
    """What chips do differently: each is in use somewhere."""

    OLD_SELECT = "old-select"
    """Files are selected with P1 00 only."""
    BY_TAG = "by-tag"
    """Records are read by their tags only."""
    GET_RESPONSE = "get-response"
    """Every answer with data has to be fetched (61xx)."""
    EXACT_LENGTH = "exact-length"
    """Only the exact length is answered (6Cxx); others cut or end early."""


class Chip:
    """Any chip: it knows nothing but GET RESPONSE and the names of its applications."""

    applications: tuple[bytes, ...] = ()

    def __init__(self) -> None:
        self.habits: set[Habit] = set()
        self.reset()

    def reset(self) -> None:
        """Power comes: nothing is selected, nothing waits to be fetched."""
        self._waiting = b""
        self._application = b""

    def answer(self, command: bytes) -> bytes:
        """What it says to one command."""
        if len(command) < 5:
            return sw(0x6700)
        waiting, self._waiting = self._waiting, b""
        obey: dict[int, Callable[[bytes], bytes]] = {0xA4: self.select, 0xB2: self.read_record}
        if command[0] != 0x00:
            return sw(0x6E00)
        if command[1] == 0xC0:
            return _measured(waiting, command[4]) if waiting else sw(0x6985)
        return obey[command[1]](command) if command[1] in obey else sw(0x6D00)

    def select(self, command: bytes) -> bytes:
        """SELECT by name; what the application says of itself waits to be fetched."""
        name = command[5 : 5 + command[4]]
        if command[2] != 0x04 or name not in self.applications:
            return sw(0x6A82)
        self._application = name
        inner = bytes([0x84, len(name)]) + name
        return self._keep(bytes([0x6F, len(inner)]) + inner)

    def read_record(self, command: bytes) -> bytes:
        """READ RECORD: there is none."""
        del command
        return sw(0x6A83)

    def _keep(self, data: bytes) -> bytes:
        self._waiting = data
        return bytes([0x61, len(data)])


class UnknownChip(Chip):
    """A chip of some other trade."""


class BankChip(Chip):
    """A bank card: it says so, and answers whoever goes on reading with a card number."""

    applications = BANKS

    def read_record(self, command: bytes) -> bytes:
        """A record with a card number (invented), which nobody here should ever ask for."""
        del command
        return bytes.fromhex("70 0C 5A 0A 6299009900000000015F") + OK


class SocialSecurityChip(Chip):
    """A social security card."""

    applications = (SSSE,)

    def __init__(self, card: SocialSecurityCard) -> None:
        super().__init__()
        self._files = social_card.encode(card)
        self.worn = False
        """Its number can not be read any more."""

    def reset(self) -> None:
        """Power comes: no file is selected either."""
        super().reset()
        self._records: list[bytes] = []

    def select(self, command: bytes) -> bytes:
        """SELECT SSSE by name, then one of its files by number."""
        if command[2] == 0x04:
            return super().select(command)
        form = 0x00 if Habit.OLD_SELECT in self.habits else 0x02
        if command[2] != form:
            return sw(0x6A86)
        records = self._files.get(int.from_bytes(command[5:7], "big"))
        if not self._application or records is None:
            return sw(0x6A82)
        self._records = records
        return OK

    def read_record(self, command: bytes) -> bytes:
        """READ RECORD by number or by tag."""
        _, _, p1, p2, length = command
        if p2 == BY_NUMBER and Habit.BY_TAG in self.habits:
            return sw(0x6A86)
        by_number = self._records[p1 - 1 : p1] if p1 else []
        by_tag = [record for record in self._records if record[0] == p1]
        for record in by_number if p2 == BY_NUMBER else by_tag:
            return self._give(self._wear(record), length)
        return sw(0x6A83)

    def _wear(self, record: bytes) -> bytes:
        return record[:2] + bytes(len(record) - 2) if self.worn and record[0] == 0x07 else record

    def _give(self, record: bytes, length: int) -> bytes:
        if Habit.GET_RESPONSE in self.habits:
            return self._keep(record)
        if Habit.EXACT_LENGTH in self.habits:
            return _measured(record, length)
        return record[: length or 256] + OK


def _measured(data: bytes, length: int) -> bytes:
    """The data, where its exact length was asked for."""
    return data + OK if length == len(data) else bytes([0x6C, len(data)])


def sw(word: int) -> bytes:
    """A status word."""
    return word.to_bytes(2, "big")
