"""Frames and messages: whole, cut, joined, damaged."""

from __future__ import annotations

import io
import json
import os
import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cacviewer.core.errors import NotScorable
from cacviewer.workers import protocol
from cacviewer.workers.protocol import (
    Failure,
    FrameDecoder,
    Hello,
    Job,
    Log,
    Progress,
    ProtocolError,
    Ready,
    Result,
    from_body,
    read_messages,
    to_frame,
)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
words = st.text(max_size=20)
numbers = st.integers(0, 2**40)
seconds = st.floats(0, 1e6)
messages = st.one_of(
    st.builds(Hello, numbers, words, words, numbers, words),
    st.builds(Ready, seconds, seconds, st.dictionaries(words, words, max_size=2), words),
    st.builds(Job, numbers, words, st.lists(plain, max_size=3), st.dictionaries(words, plain, max_size=3)),
    st.builds(Progress, numbers, words, st.floats(0, 1), st.none() | seconds),
    st.builds(Result, numbers, plain, seconds, seconds),
    st.builds(Failure, numbers, st.dictionaries(words, plain, max_size=3), words),
    st.builds(Log, numbers, words),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(messages, max_size=5), st.data())
def test_messages_survive_any_cutting_of_the_stream(sent, data):
    stream = b"".join(map(to_frame, sent))
    decoder, seen, at = FrameDecoder(), [], 0
    while at < len(stream):
        step = data.draw(st.integers(1, len(stream) - at))
        seen += decoder.feed(stream[at : at + step])
        at += step
    assert seen == sent
    assert decoder.pending_bytes == 0


def test_every_byte_alone():
    sent = [Log(20, "Grüße"), Progress(1, "قلب", 0.5), Result(1, [1, {"a": None}])]
    decoder = FrameDecoder()
    seen = [m for byte in b"".join(map(to_frame, sent)) for m in decoder.feed(bytes([byte]))]
    assert seen == sent


@given(st.binary(max_size=200))
def test_any_bytes_give_messages_or_a_protocol_error(noise):
    decoder = FrameDecoder()
    with suppress(ProtocolError):
        assert list(decoder.feed(noise)) == []


@given(st.binary(max_size=60) | plain.map(lambda p: json.dumps(p).encode()))
def test_any_body_gives_a_message_or_a_protocol_error(body):
    with suppress(ProtocolError):
        from_body(body)


@given(messages, st.data())
def test_a_flipped_byte_gives_messages_or_a_protocol_error(message, data):
    frame = bytearray(to_frame(message))
    frame[data.draw(st.integers(0, len(frame) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(ProtocolError):
        list(FrameDecoder().feed(bytes(frame)))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b'"Log"', b'{"message": "Nonsense"}', b'{"message": []}', b'{"message": "Log"}',
        b'{"message": "Log", "level": "high", "text": ""}', b'{"message": "Log", "level": 1, "text": "", "x": 1}',
        b"\xff\xfe", b"[" * 100_000,
    ],
)  # fmt: skip
def test_bodies_that_are_no_message(body):
    with pytest.raises(ProtocolError):
        from_body(body)


@pytest.mark.parametrize("length", [protocol.MAX_BODY_BYTES + 1, 2**31, 2**32 - 1])
def test_absurd_lengths_are_refused_before_they_are_waited_for(length):
    with pytest.raises(ProtocolError, match="something else writes"):
        list(FrameDecoder().feed(struct.pack(">I", length)))


def test_printed_text_is_refused():
    with pytest.raises(ProtocolError):
        list(FrameDecoder().feed(b"Loading weights ...\n"))


def test_a_message_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(protocol, "MAX_BODY_BYTES", 100)
    with pytest.raises(ProtocolError, match="too large"):
        to_frame(Log(1, "x" * 100))


def test_file_names_that_are_not_text_survive():
    name = os.fsdecode(b"scan-\xff")
    assert list(FrameDecoder().feed(to_frame(Log(20, name)))) == [Log(20, name)]


def test_a_stream_is_read_to_its_end():
    sent = [Log(20, str(i)) for i in range(5)]
    assert list(read_messages(io.BufferedReader(io.BytesIO(b"".join(map(to_frame, sent)))))) == sent


def test_a_stream_that_ends_inside_a_frame():
    stream = io.BufferedReader(io.BytesIO(to_frame(Log(20, "whole")) + to_frame(Log(20, "cut"))[:-1]))
    incoming = read_messages(stream)
    assert next(incoming) == Log(20, "whole")
    with pytest.raises(ProtocolError, match="inside a frame"):
        next(incoming)


def test_an_error_keeps_its_kind_and_gets_its_traceback_as_a_note():
    error = NotScorable("No.", code="no_heart", path="/p", remedy="Look.")
    back = protocol.error_of(Failure(1, error.plain(), "Traceback ..."))
    assert (type(back), back.plain()) == (NotScorable, error.plain())
    assert protocol.details_of(back) == "Traceback ..."
    assert protocol.details_of(protocol.error_of(Failure(1, error.plain()))) == ""
