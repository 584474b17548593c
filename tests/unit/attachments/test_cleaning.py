"""Nothing of a giver is left in a file that is passed on; what cannot be cleaned is not passed on.

The files are read back by exiftool, which shares no code with what cleaned them, and byte by byte.
"""

import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageStat

from attachments.cleaning import MOST_BYTES, Kind, Reason, Refused, clean
from tests.unit.attachments.personal_files import (
    MADE,
    MARKER_LENGTH,
    chunk,
    heic,
    jpeg,
    mp4,
    pdf,
    pixels,
    recorded,
    told,
    written,
    zipped,
)

REFUSED = {"webm_vorbis"}
# What exiftool may find: how a file is built, never from whom, where or when. A date is there only as "never".
TECHNICAL = {
    "File": """FileType FileTypeExtension MIMEType ImageWidth ImageHeight EncodingProcess BitsPerSample
        ColorComponents YCbCrSubSampling""",
    "JFIF": "JFIFVersion ResolutionUnit XResolution YResolution",
    "PNG": "ImageWidth ImageHeight BitDepth ColorType Compression Filter Interlace",
    "PDF": """PDFVersion Linearized PageCount EmbeddedImage EmbeddedImageColorSpace EmbeddedImageFilter
        EmbeddedImageHeight EmbeddedImageWidth""",
    "QuickTime": """MajorBrand MinorVersion CompatibleBrands MediaDataSize MediaDataOffset MovieHeaderVersion TimeScale
        Duration PreferredRate PreferredVolume MatrixStructure PreviewTime PreviewDuration PosterTime SelectionTime
        SelectionDuration CurrentTime NextTrackID HandlerType HandlerVendorID""",
    "Track": """TrackHeaderVersion TrackID TrackDuration TrackLayer TrackVolume MatrixStructure ImageWidth ImageHeight
        MediaHeaderVersion MediaTimeScale MediaDuration HandlerType GraphicsMode OpColor CompressorID SourceImageWidth
        SourceImageHeight XResolution YResolution BitDepth BufferSize MaxBitrate AverageBitrate VideoFrameRate Balance
        AudioFormat AudioChannels AudioBitsPerSample AudioSampleRate TrackNumber TrackDefault CodecID TrackType
        VideoScanType""",
    "Matroska": "EBMLVersion EBMLReadVersion DocType DocTypeVersion DocTypeReadVersion TimecodeScale Duration",
    "MPEG": """MPEGAudioVersion AudioLayer AudioBitrate SampleRate ChannelMode MSStereo IntensityStereo CopyrightFlag
        OriginalMedia Emphasis""",
    "Opus": "OpusVersion AudioChannels SampleRate OutputGain",
    "Vorbis": "VorbisVersion AudioChannels SampleRate",
    "RIFF": "Encoding NumChannels SampleRate AvgBytesPerSec BitsPerSample",
}
# What may be there with this value alone, the same for everybody.
NEVER = "0000:00:00 00:00:00"
NEUTRAL = {
    "QuickTime:CreateDate": NEVER,
    "QuickTime:ModifyDate": NEVER,
    "Track:TrackCreateDate": NEVER,
    "Track:TrackModifyDate": NEVER,
    "Track:MediaCreateDate": NEVER,
    "Track:MediaModifyDate": NEVER,
    "Track:MediaLanguageCode": "und",
    "Track:TrackLanguage": "und",
    "Track:TrackUID": "",
    "Track:HandlerDescription": "VideoHandler SoundHandler",
    "Matroska:MuxingApp": "Lavf",
    "Matroska:WritingApp": "Lavf",
    "Matroska:TagTrackUID": "",
    "Vorbis:Vendor": "ffmpeg",
}
# Of exiftool itself and of the pipe it reads from, and what it works out from the rest.
NOT_OF_THE_FILE = ("ExifTool", "System", "Composite")


def cleaned(data: bytes) -> tuple[Kind, bytes]:
    out = io.BytesIO()
    kind = clean(io.BytesIO(data), out)
    return kind, out.getvalue()


def refusal(data: bytes) -> Reason:
    out = io.BytesIO()
    with pytest.raises(Refused) as refused:
        clean(io.BytesIO(data), out)
    assert not out.getvalue()  # not a byte is passed on
    return refused.value.reason


def read_by_exiftool(data: bytes) -> dict[str, Any]:
    done = subprocess.run(["exiftool", "-a", "-G1", "-j", "-ee", "-"], input=data, capture_output=True, check=True)
    [tags] = json.loads(done.stdout)
    return dict(tags)


def personal(tags: dict[str, Any]) -> list[str]:
    """What exiftool found and is not purely technical."""
    found = []
    for name, value in tags.items():
        group, _, tag = re.sub(r"^Track\d+:", "Track:", name).partition(":")
        technical = tag in TECHNICAL.get(group, "").split() or group in NOT_OF_THE_FILE or name == "SourceFile"
        neutral = NEUTRAL.get(f"{group}:{tag}")
        if not technical and not (neutral is not None and (value == neutral or value in neutral.split())):
            found.append(f"{name}={value}")
    return found


def laid_open(data: bytes) -> bytes:
    """The bytes of a file, and of what is packed in it."""
    parts = [data]
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as document:
            for thing in document.objects:
                if isinstance(thing, pikepdf.Stream):
                    jpeg_within = thing.get("/Filter") == Name.DCTDecode
                    parts += [thing.read_raw_bytes() if jpeg_within else thing.read_bytes()]
                    parts += [repr(value).encode() for value in thing.values()]
                else:
                    parts.append(thing.unparse(resolved=True))
    if data.startswith(b"\x89PNG"):
        names = []
        place = 8
        while place < len(data):
            [length] = struct.unpack(">I", data[place : place + 4])
            names.append(data[place + 4 : place + 8])
            place += 12 + length
        assert set(names) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    return b"\n".join(parts)


def has(marker: str, data: bytes) -> bool:
    forms = [marker.encode(coding) for coding in ("utf-8", "utf-16-be", "utf-16-le")]
    forms += [form.hex().encode() for form in forms]
    return any(form in data or form.upper() in data for form in forms)


def test_there_are_files_enough() -> None:
    kinds = {name.split("_")[0] for name in MADE}
    assert kinds == {"jpeg", "png", "webp", "heic", "gif", "pdf", "mp4", "mov", "webm", "mp3", "m4a", "ogg", "wav"}
    print(f"{len(MADE)} files that tell of their giver, {len(REFUSED)} of them refused")
    assert len(MADE) >= 40


@pytest.mark.parametrize("name", MADE)
def test_nothing_personal_is_left(name: str, tmp_path: Path) -> None:
    marker = "K" + os.urandom(6).hex()
    assert len(marker) == MARKER_LENGTH
    original = MADE[name](marker, tmp_path)
    # What nobody could have found before proves nothing by being away.
    assert has(marker, original) or marker in str(read_by_exiftool(original))
    if name in REFUSED:
        assert refusal(original) == Reason.uncleanable
        return
    _, passed_on = cleaned(original)
    tags = read_by_exiftool(passed_on)
    assert personal(tags) == []
    assert marker not in str(tags)
    assert not has(marker, laid_open(passed_on))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("jpeg_exif_place", Kind.photo),
        ("heic_exif", Kind.photo),
        ("gif_comment", Kind.photo),
        ("pdf_info", Kind.document),
        ("mp4_place", Kind.video),
        ("webm_tags", Kind.video),
        ("mp3_cover", Kind.audio),
        ("m4a_tags", Kind.audio),
        ("ogg_opus_tags", Kind.audio),
        ("wav_info", Kind.audio),
    ],
)
def test_says_as_what_it_is_to_be_sent(name: str, kind: Kind, tmp_path: Path) -> None:
    assert cleaned(MADE[name]("K" * MARKER_LENGTH, tmp_path))[0] == kind


@pytest.mark.parametrize("name", [name for name in MADE if name not in REFUSED])
def test_what_was_cleaned_can_be_cleaned_again(name: str, tmp_path: Path) -> None:
    """So it is whole, and of one of the types that can be sent."""
    kind, once = cleaned(MADE[name]("K" * MARKER_LENGTH, tmp_path))
    assert cleaned(once)[0] == kind


# --- What is refused


def exe() -> bytes:
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", Reason.empty, id="nothing"),
        pytest.param(zipped("tip"), Reason.type, id="a ZIP, whatever its name"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", Reason.type, id="SVG"),
        pytest.param(b"<!DOCTYPE html><script>1</script>", Reason.type, id="HTML"),
        pytest.param(exe(), Reason.type, id="EXE"),
        pytest.param(b"#!/bin/sh\necho tip\n", Reason.type, id="a text"),
        pytest.param(written(pixels(), "TIFF"), Reason.type, id="TIFF"),
        pytest.param(written(pixels(), "BMP"), Reason.type, id="BMP"),
        pytest.param(b"#EXTM3U\nfile:///etc/passwd\n", Reason.type, id="a playlist"),
        pytest.param(b"\xff", Reason.type, id="a byte"),
        pytest.param(b"\xff\xd8\xff", Reason.damaged, id="the beginning of a JPEG"),
        pytest.param(b"\xff\xd8\xff" + os.urandom(5000), Reason.damaged, id="noise that begins as a JPEG"),
        pytest.param(b"RIFF\0\0\0\0WAVE" + os.urandom(50), Reason.damaged, id="noise that begins as a WAV"),
        pytest.param(b"ID3" + os.urandom(5000), Reason.damaged, id="noise that begins as an MP3"),
        pytest.param(jpeg() + bytes(MOST_BYTES), Reason.too_large, id="more than 20 MB"),
    ],
)
def test_is_refused(data: bytes, reason: Reason) -> None:
    assert refusal(data) == reason


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    most = jpeg() + bytes(MOST_BYTES - len(jpeg()))
    assert cleaned(most)[0] == Kind.photo
    assert refusal(most + b"\0") == Reason.too_large


@pytest.mark.parametrize("name", ["jpeg_comment", "png_text", "webp_exif", "heic_exif", "gif_comment", "mp4_place"])
def test_half_a_file_is_refused(name: str, tmp_path: Path) -> None:
    data = MADE[name]("K" * MARKER_LENGTH, tmp_path)
    assert refusal(data[: len(data) // 2]) == Reason.damaged


def blank_png(side: int) -> bytes:
    """A white square, small as a file whatever its size."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (-(-side // 8))
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_an_image_bomb_costs_no_memory(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(blank_png(30_000))
    program = """
import io, resource, sys
from attachments.cleaning import Refused, clean
from attachments import images, pdf, recordings
def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = most()
try:
    clean(open(sys.argv[1], "rb"), io.BytesIO())
except Refused as refused:
    print(refused.reason, most() - before)
"""
    done = subprocess.run([sys.executable, "-c", program, str(bomb)], capture_output=True, check=True, text=True)
    reason, kilobytes = done.stdout.split()
    print(f"30,000 x 30,000 pixels in {bomb.stat().st_size} bytes: {reason}, {kilobytes} kB more memory")
    assert reason == Reason.pixels
    assert int(kilobytes) < 20_000  # its pixels would be 900,000


@pytest.mark.parametrize("side", [7_072, 12_000])
def test_more_than_fifty_million_pixels_are_refused(side: int) -> None:
    assert refusal(blank_png(side)) == Reason.pixels


def test_fifty_million_pixels_are_taken() -> None:
    with Image.open(io.BytesIO(cleaned(blank_png(7_071))[1])) as image:
        assert image.size == (4096, 4096)


# --- Pictures still show what they showed


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_looks_the_same(mode: str) -> None:
    data = jpeg(mode, quality=95)
    assert unlike(shown(cleaned(data)[1]), shown(data)) < 5


@pytest.mark.parametrize("data", [written(pixels(), "PNG"), written(pixels(), "WEBP", lossless=True), heic(quality=95)])
def test_other_photos_become_jpeg_and_look_the_same(data: bytes) -> None:
    passed_on = shown(cleaned(data)[1])
    assert passed_on.format == "JPEG"
    assert unlike(passed_on, pixels()) < 4


def test_a_drawing_stays_sharp() -> None:
    drawing = pixels().quantize(16)
    passed_on = shown(cleaned(written(drawing, "PNG"))[1])
    assert passed_on.format == "PNG"
    assert unlike(passed_on, drawing) == 0


def test_sixteen_bits_of_grey_look_the_same() -> None:
    deep = pixels("L").convert("I").point(lambda grey: grey * 257).convert("I;16")
    assert unlike(shown(cleaned(written(deep, "PNG"))[1]), pixels("L")) < 3


def test_what_was_see_through_is_white_and_hides_nothing() -> None:
    hidden = pixels()
    hidden.putalpha(0)
    assert shown(cleaned(written(hidden, "PNG"))[1]).convert("RGB").getcolors() == [(96 * 64, (255, 255, 255))]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    """The mark that turned it is gone, so the pixels must be turned: the dark corner is where it was seen."""
    picture = Image.new("RGB", (40, 20), "white")
    picture.paste("black", (0, 0, 10, 10))
    data = told(written(picture, "JPEG", quality=95), f"-Orientation#={orientation}")
    passed_on = shown(cleaned(data)[1])
    width, height = passed_on.size
    corners = {"top left": (2, 2), "top right": (width - 3, 2)}
    corners |= {"bottom left": (2, height - 3), "bottom right": (width - 3, height - 3)}
    dark = [corner for corner, at in corners.items() if passed_on.convert("L").getpixel(at) < 100]  # type: ignore[operator]
    seen = [
        "top left",
        "top right",
        "bottom right",
        "bottom left",
        "top left",
        "top right",
        "bottom right",
        "bottom left",
    ]
    assert dark == [seen[orientation - 1]]
    assert passed_on.size == ((40, 20) if orientation < 5 else (20, 40))


def test_colours_are_those_that_the_profile_meant() -> None:
    """Red and green change places in this profile; without it the picture must show them changed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ", 128), profile.index(b"gXYZ", 128)
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    data = written(Image.new("RGB", (20, 20), (255, 0, 0)), "JPEG", icc_profile=bytes(profile), quality=100)
    assert unlike(shown(cleaned(data)[1]), Image.new("RGB", (20, 20), (0, 255, 0))) < 10


def test_a_large_photo_is_made_smaller() -> None:
    assert shown(cleaned(written(pixels(size=(6000, 3000)), "JPEG"))[1]).size == (4096, 2048)


def test_a_picture_like_a_ribbon_is_sent_as_a_file() -> None:
    assert cleaned(written(pixels(size=(2100, 100)), "JPEG"))[0] == Kind.document


def test_no_zip_is_left_behind_a_photo() -> None:
    _, passed_on = cleaned(jpeg() + zipped("tip"))
    assert not zipfile.is_zipfile(io.BytesIO(passed_on))


# --- PDF


def program(document: pikepdf.Pdf) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def opens_with_program(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = program(document)


def names_program(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([pikepdf.String("a"), program(document)])))


def button_with_program(document: pikepdf.Pdf) -> None:
    button = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 9, 9], AA=Dictionary(K=program(document)))
    document.pages[0].obj.Annots = Array([button])


def packed_program(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = document.make_indirect(Dictionary(S=Name.URI, Next=Array([program(document)])))


def form_with_program(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=document.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    "edit", [opens_with_program, names_program, button_with_program, packed_program, form_with_program]
)
def test_a_pdf_with_a_program_is_refused(edit: Callable[[pikepdf.Pdf], object]) -> None:
    assert refusal(pdf(edit=edit)) == Reason.script


@pytest.mark.parametrize("password", ["secret", ""], ids=["to open", "to change"])
def test_an_encrypted_pdf_is_refused(password: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user=password, owner="owner"))
    assert refusal(out.getvalue()) == Reason.encrypted


def hides_a_layer(document: pikepdf.Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("names")))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def holds_a_jpeg_2000(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Resources.XObject.Im0.write(written(pixels(), "JPEG2000"), filter=Name.JPXDecode)


@pytest.mark.parametrize("edit", [hides_a_layer, holds_a_jpeg_2000])
def test_a_pdf_that_cannot_be_cleaned_is_refused(edit: Callable[[pikepdf.Pdf], object]) -> None:
    assert refusal(pdf(jpeg(), edit=edit)) == Reason.uncleanable


def test_a_photo_within_a_drawing_is_refused() -> None:
    inline = b"BI /W 96 /H 64 /BPC 8 /CS /RGB /F /DCT ID " + jpeg(comment=b"K") + b"\nEI\n"
    assert refusal(pdf(drawing=inline)) == Reason.uncleanable


def test_an_image_bomb_within_a_pdf_is_refused() -> None:
    huge = bytearray(jpeg())
    size = huge.index(b"\xff\xc0") + 5
    huge[size : size + 4] = struct.pack(">HH", 30_000, 30_000)
    assert refusal(pdf(bytes(huge))) == Reason.pixels


def test_a_pdf_without_a_page_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.save(out)
    assert refusal(out.getvalue()) == Reason.damaged


def test_a_pdf_keeps_its_pages_photos_and_notes(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(MADE["pdf_notes_author"]("K" * MARKER_LENGTH, tmp_path))) as document:
        with pikepdf.open(io.BytesIO(pdf(jpeg(), jpeg()))) as photos:
            document.pages.extend(photos.pages)
        out = io.BytesIO()
        document.save(out)
    with pikepdf.open(io.BytesIO(cleaned(out.getvalue())[1])) as document:
        first, second = document.pages
        assert list(first.mediabox) == [0, 0, 200, 200]
        assert "/Annots" not in first
        [note] = first.form_xobjects.values()
        assert b"0 1 0 rg" in note.read_bytes()  # what the note looked like, now drawn on the page itself
        assert b"20 120 50 50 re" in b"".join(stream.read_bytes() for stream in [second.Contents])
        for photo in second.get_images().values():
            assert unlike(shown(photo.read_raw_bytes()), shown(jpeg())) < 3


# --- Sound and moving pictures


RECORDINGS = [name for name in MADE if name.startswith(("mp4", "mov", "webm", "mp3", "m4a", "ogg", "wav"))]
# FFmpeg's own decoder stops at what stands behind the sound.
STOPPING = {"mp3_and_tags", "mp3_and_text"}


@pytest.mark.parametrize("name", [name for name in RECORDINGS if name not in REFUSED | STOPPING])
def test_a_recording_is_as_long_as_it_was(name: str, tmp_path: Path) -> None:
    original = MADE[name]("K" * MARKER_LENGTH, tmp_path)
    before, after = decoded(original), decoded(cleaned(original)[1])
    assert after["pictures"] == before["pictures"]
    # A coding's own silence before and behind the sound may be heard now, some hundredths of a second.
    assert 0 <= after["samples"] - before["samples"] < 48_000 * 0.05


def decoded(data: bytes) -> dict[str, int]:
    """How many pictures, and how many samples of sound, a decoder gets out of it."""
    found = {"pictures": 0, "samples": 0}
    with av.open(io.BytesIO(data), "r") as film:
        if film.streams.video and film.streams.video[0].codec_context.name != "mjpeg":  # a cover is no film
            found["pictures"] = sum(1 for _ in film.decode(video=0))
    with av.open(io.BytesIO(data), "r") as sound:
        if sound.streams.audio:
            found["samples"] = sum(frame.samples for frame in sound.decode(audio=0))
    return found


def test_a_film_stands_upright() -> None:
    turned = told(mp4(), "-Rotation=90")
    assert read_by_exiftool(cleaned(turned)[1])["Composite:Rotation"] == 90


@pytest.mark.parametrize(
    "data",
    [
        recorded("mp4", "aac", "mpeg4"),
        recorded("mov", "pcm_s16le", "libx264"),
        recorded("ogg", "flac"),
        recorded("wav", "adpcm_ms"),
    ],
    ids=["MPEG-4 part 2", "plain samples in MOV", "FLAC in OGG", "ADPCM"],
)
def test_a_coding_that_is_not_on_the_list_is_refused(data: bytes) -> None:
    assert refusal(data) == Reason.uncleanable
