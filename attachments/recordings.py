"""Sound and moving pictures: the coded picture and sound are put into a new container that holds nothing else."""

import io
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import av
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.stream import Disposition

from attachments.outcome import Kind, Reason, Refused

if TYPE_CHECKING:
    from av.stream import Stream

    from attachments.cleaning import Cleaner

    Put = Callable[[av.Packet[Stream]], None]

# Codecs whose coded picture has no room for notes, or whose notes this filter takes out: in H.264 and H.265 the SEI
# units, where cameras leave places and encoders their settings, in AV1 the metadata and the padding.
PICTURES = {
    "h264": "filter_units=remove_types=6",
    "hevc": "filter_units=remove_types=39|40",
    "av1": "filter_units=remove_types=5|15",
    "vp8": "null",
    "vp9": "null",
}
# By the form that holds it. No Vorbis in WebM: there its comments are part of what the decoder needs.
SOUNDS = {
    "mov": {"aac", "mp3", "alac"},
    "matroska": {"opus"},
    "mp3": {"mp3"},
    "ogg": {"opus", "vorbis"},
    "wav": {"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw"},
}
# The new container, for sound with a picture and for sound alone, and what keeps it from adding notes of its own.
CONTAINERS = {"mov": ("mp4", "ipod"), "matroska": ("webm", "webm")}
BARE = {"fflags": "+bitexact"}
BARE_MP3 = {"id3v2_version": "0", "write_id3v1": "0"}
# MPEG audio, layer III: kbit/s by the index in a frame's head, for version 1 and for 2 and 2.5; Hz of version 1.
KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
HERTZ = (44100, 48000, 32000)


def cleaner(form: str) -> "Cleaner":
    """What cleans a recording of this form, as FFmpeg names it."""
    return partial(_cleaned, form)


def _cleaned(form: str, source: BinaryIO) -> tuple[Kind, memoryview]:
    out = io.BytesIO()
    # The form is said, not guessed: guessing lets playlists in, which make FFmpeg open other files.
    with av.open(source, "r", format=form) as old:
        picture = next((s for s in old.streams.video if not s.disposition & Disposition.attached_pic), None)
        sound = next(iter(old.streams.audio), None)
        container = CONTAINERS.get(form, (form, form))[picture is None]
        options = BARE | (BARE_MP3 if container == "mp3" else {})
        with av.open(out, "w", format=container, container_options=options) as new:
            puts: dict[Stream, Put] = {}
            if picture is not None:
                puts[picture] = _picture(picture, new)
            if sound is not None:
                puts[sound] = _sound(sound, new, SOUNDS[form])
            if not puts:
                raise Refused(Reason.damaged)
            for packet in old.demux(*puts):
                puts[packet.stream](packet)
    return Kind.audio if picture is None else Kind.video, out.getbuffer()


def _picture(old: "Stream", new: OutputContainer) -> "Put":
    notes_out = PICTURES.get(old.codec_context.codec.canonical_name)
    if notes_out is None:
        raise Refused(Reason.uncleanable)
    stream = new.add_stream_from_template(old, opaque=True)
    filtered = BitStreamFilterContext(notes_out, old, stream)

    def put(packet: "av.Packet[Stream]") -> None:
        for clean in filtered.filter(packet if packet.size else None):
            new.mux(_bare(clean, old, stream))

    return put


def _sound(old: "Stream", new: OutputContainer, allowed: set[str]) -> "Put":
    codec = old.codec_context.codec.canonical_name
    if codec not in allowed:
        raise Refused(Reason.uncleanable)
    stream = new.add_stream_from_template(old, opaque=True)

    def put(packet: "av.Packet[Stream]") -> None:
        # The last packet is empty and only says that it is the last.
        if packet.size and (codec != "mp3" or _is_frame(bytes(packet))):
            new.mux(_bare(packet, old, stream))

    return put


def _is_frame(packet: bytes) -> bool:
    """Is this one whole frame of an MP3? FFmpeg takes what stands between and behind them, tags for example, along."""
    if len(packet) < 4 or packet[0] != 0xFF or packet[1] & 0xE6 != 0xE2 or packet[2] & 0x0C == 0x0C:
        return False
    version = packet[1] >> 3 & 3  # 3: 1, 2: 2, 0: 2.5
    kbits = (KBITS_1 if version == 3 else KBITS_2)[packet[2] >> 4]
    hertz = HERTZ[packet[2] >> 2 & 3] >> {3: 0, 2: 1, 0: 2}.get(version, 0)
    return len(packet) == (144_000 if version == 3 else 72_000) * kbits // hertz + (packet[2] >> 1 & 1)


def _bare(packet: "av.Packet[Stream]", old: "Stream", new: "Stream") -> "av.Packet[Stream]":
    """The packet without what may hang on it beside its content (texts, additions, captions)."""
    bare: av.Packet[Stream] = av.Packet(bytes(packet))
    bare.stream = new
    if old.time_base is not None:
        bare.time_base = old.time_base
    bare.pts, bare.dts, bare.duration = packet.pts, packet.dts, packet.duration
    bare.is_keyframe = packet.is_keyframe
    return bare
