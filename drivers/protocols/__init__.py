"""Sans-I/O codecs: bytes in, frozen messages out; standard library only."""
