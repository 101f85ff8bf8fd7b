"""What comes out of an encoder is as loud as what was measured before it went in."""

from __future__ import annotations

import math
from array import array
from random import Random

import av
import pytest

from exporter.speech import encode
from exporter.speech.codec import AAC, MP3, Codec

RATE = 24_000
LEVEL = 6_000 / 32_768
"""Height of the tone, of 1."""


@pytest.mark.parametrize("codec", [AAC, MP3], ids=["aac", "mp3"])
@pytest.mark.parametrize("bitrate", [32_000, 64_000, 128_000])
@pytest.mark.parametrize("gain", [0.0, 4.0])
def test_a_tone_is_as_loud_as_it_should_be(codec: Codec, bitrate: int, gain: float) -> None:
    tone = array("h", [round(6_000 * math.sin(2 * math.pi * 1_000 * place / RATE)) for place in range(3 * RATE)])
    stretch = encode.encode([(tone.tobytes(), gain)], codec, RATE, bitrate)
    heard = _played(stretch.packets, codec, bitrate)[RATE : 2 * RATE]
    power = sum(sample * sample for sample in heard) / len(heard)
    assert 10 * math.log10(2 * power / LEVEL**2) == pytest.approx(gain, abs=0.1)


def test_at_a_low_rate_no_packet_takes_more_than_its_share() -> None:
    noise = Random(1).randbytes(4 * RATE)
    for bitrate in (24_000, 28_000):
        packets = encode.encode([(noise, 0.0)], AAC, RATE, bitrate).packets
        assert max(map(len, packets)) <= math.ceil(bitrate * AAC.frame / RATE / 8)


def _played(packets: tuple[bytes, ...], codec: Codec, bitrate: int) -> list[float]:
    decoder = av.CodecContext.create("aac" if codec is AAC else "mp3float", "r")
    if codec is AAC:
        decoder.extradata = codec.open_encoder(RATE, bitrate).extradata
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    return [float(sample) for frame in frames for sample in array("f", bytes(frame.planes[0])[: frame.samples * 4])]
