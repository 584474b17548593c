"""Files that tell of their giver, each in another way: every one carries a marker where tools put names and places."""

import io
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pikepdf
import pillow_heif
from av.bitstream import BitStreamFilterContext
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms, PngImagePlugin

Make = Callable[[str, Path], bytes]
MARKER_LENGTH = 13  # as long as the profile description that it takes the place of
MADE: dict[str, Make] = {}


def made(make: Make) -> Make:
    MADE[make.__name__] = make
    return make


def told(data: bytes, *tags: str) -> bytes:
    """The file with these tags written into it by exiftool."""
    done = subprocess.run(["exiftool", "-q", "-m", *tags, "-o", "-", "-"], input=data, capture_output=True)
    assert done.stdout, done.stderr.decode()
    return done.stdout


def place(marker: str) -> list[str]:
    return [
        "-GPSLatitude=39.9042",
        "-GPSLatitudeRef=N",
        "-GPSLongitude=116.4074",
        "-GPSLongitudeRef=E",
        f"-GPSAreaInformation={marker}",
        f"-Artist={marker}",
    ]


def pixels(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """Soft shades, of more colours than a drawing has."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    return Image.merge("RGB", (across, down, Image.radial_gradient("L"))).resize(size).convert(mode)


def written(image: Any, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def jpeg(mode: str = "RGB", **options: Any) -> bytes:
    return written(pixels(mode), "JPEG", **options)


def profile(marker: str) -> bytes:
    """A colour profile that names the screen it was made for."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = "sRGB built-in".encode("utf-16-be")
    assert name in plain
    return plain.replace(name, marker.encode("utf-16-be"))


def zipped(marker: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tip.txt", marker)
    return out.getvalue()


def segment(number: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, 0xE0 + number, len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_with(data: bytes, *chunks: bytes) -> bytes:
    """The PNG with more chunks behind its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def riff_with(data: bytes, name: bytes, content: bytes) -> bytes:
    """The RIFF file (WebP, WAV) with one more chunk at its end."""
    more = data + name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return more[:4] + struct.pack("<I", len(more) - 8) + more[8:]


# --- JPEG


@made
def jpeg_exif_place(marker: str, folder: Path) -> bytes:
    return told(jpeg(), *place(marker))


@made
def jpeg_exif_camera(marker: str, folder: Path) -> bytes:
    return told(
        jpeg(), f"-OwnerName={marker}", f"-SerialNumber={marker}", f"-LensSerialNumber={marker}", "-Make=Camera"
    )


@made
def jpeg_exif_comments(marker: str, folder: Path) -> bytes:
    return told(jpeg(), f"-UserComment={marker}", f"-XPAuthor={marker}", f"-XPComment={marker}")


@made
def jpeg_exif_thumbnail(marker: str, folder: Path) -> bytes:
    (folder / "thumbnail").write_bytes(jpeg(comment=marker.encode()))
    return told(jpeg(), f"-ThumbnailImage<={folder / 'thumbnail'}", "-Orientation#=6")


@made
def jpeg_xmp(marker: str, folder: Path) -> bytes:
    return told(jpeg(), f"-XMP-dc:Creator={marker}", "-XMP-exif:GPSLatitude=39.9", f"-XMP-photoshop:City={marker}")


@made
def jpeg_xmp_extended(marker: str, folder: Path) -> bytes:
    return told(jpeg(), f"-XMP-dc:Description={'long ' * 20_000}{marker}")


@made
def jpeg_iptc(marker: str, folder: Path) -> bytes:
    return told(jpeg(), f"-IPTC:By-line={marker}", f"-IPTC:Sub-location={marker}", f"-IPTC:Caption-Abstract={marker}")


@made
def jpeg_photoshop(marker: str, folder: Path) -> bytes:
    return told(jpeg(), f"-Photoshop:URL=https://{marker}.example", "-Photoshop:CopyrightFlag=1")


@made
def jpeg_profile(marker: str, folder: Path) -> bytes:
    return jpeg(icc_profile=profile(marker))


@made
def jpeg_comment(marker: str, folder: Path) -> bytes:
    return jpeg(comment=marker.encode())


@made
def jpeg_unknown_segments(marker: str, folder: Path) -> bytes:
    more = b"".join(segment(number, b"Mark\0" + marker.encode()) for number in (2, 3, 9, 11, 15))
    return jpeg()[:2] + more + jpeg()[2:]


@made
def jpeg_and_text(marker: str, folder: Path) -> bytes:
    return jpeg() + marker.encode()


@made
def jpeg_and_zip(marker: str, folder: Path) -> bytes:
    return jpeg() + zipped(marker)


@made
def jpeg_and_jpeg(marker: str, folder: Path) -> bytes:
    """Two pictures in one file, as phones keep a photo and its depth, the second one with a place."""
    first, second = pixels(), Image.open(io.BytesIO(told(jpeg(), *place(marker))))
    return written(first, "MPO", save_all=True, append_images=[second], exif=second.getexif())


@made
def jpeg_cmyk(marker: str, folder: Path) -> bytes:
    return told(jpeg("CMYK", comment=marker.encode()), *place(marker))


@made
def jpeg_grey_progressive(marker: str, folder: Path) -> bytes:
    return told(jpeg("L", progressive=True), *place(marker), f"-XMP-dc:Title={marker}", f"-IPTC:City={marker}")


# --- PNG


def png_texts(marker: str, compressed: bool) -> PngImagePlugin.PngInfo:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", marker, zip=compressed)
    return texts


@made
def png_text(marker: str, folder: Path) -> bytes:
    return written(pixels(), "PNG", pnginfo=png_texts(marker, compressed=False))


@made
def png_text_compressed(marker: str, folder: Path) -> bytes:
    return written(pixels(), "PNG", pnginfo=png_texts(marker, compressed=True))


@made
def png_text_international(marker: str, folder: Path) -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("Location", marker + "街道", "zh", "地点", zip=True)
    return written(pixels(), "PNG", pnginfo=texts)


@made
def png_exif(marker: str, folder: Path) -> bytes:
    return told(written(pixels(), "PNG"), *place(marker))


@made
def png_xmp(marker: str, folder: Path) -> bytes:
    return told(written(pixels(), "PNG"), f"-XMP-dc:Creator={marker}")


@made
def png_profile(marker: str, folder: Path) -> bytes:
    return written(pixels(), "PNG", icc_profile=profile(marker))


@made
def png_private_chunks(marker: str, folder: Path) -> bytes:
    plain = written(pixels("L"), "PNG")
    return png_with(plain, chunk(b"tIME", struct.pack(">H5B", 2026, 11, 2, 3, 4, 5)), chunk(b"maRk", marker.encode()))


@made
def png_palette(marker: str, folder: Path) -> bytes:
    drawing = pixels().quantize(16)
    return written(drawing, "PNG", pnginfo=png_texts(marker, compressed=False), transparency=3)


@made
def png_grey_16(marker: str, folder: Path) -> bytes:
    deep = pixels("L").convert("I").point(lambda grey: grey * 257).convert("I;16")
    return written(deep, "PNG", pnginfo=png_texts(marker, compressed=False))


@made
def png_moving(marker: str, folder: Path) -> bytes:
    texts = png_texts(marker, compressed=False)
    return written(pixels(), "PNG", save_all=True, append_images=[pixels().rotate(90)], pnginfo=texts)


@made
def png_and_text(marker: str, folder: Path) -> bytes:
    return written(pixels("RGBA"), "PNG") + marker.encode()


# --- WebP, HEIC, GIF


@made
def webp_exif(marker: str, folder: Path) -> bytes:
    return told(written(pixels(), "WEBP"), *place(marker))


@made
def webp_xmp(marker: str, folder: Path) -> bytes:
    return told(written(pixels("RGBA"), "WEBP", lossless=True), f"-XMP-dc:Creator={marker}")


@made
def webp_profile(marker: str, folder: Path) -> bytes:
    return written(pixels(), "WEBP", icc_profile=profile(marker))


@made
def webp_moving(marker: str, folder: Path) -> bytes:
    moving = written(pixels(), "WEBP", save_all=True, append_images=[pixels().rotate(90)])
    return told(moving, *place(marker))


@made
def webp_unknown_chunk(marker: str, folder: Path) -> bytes:
    return riff_with(written(pixels(), "WEBP", exif=b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"), b"MARK", marker.encode())


def heic(image: Image.Image | None = None, **options: Any) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(image or pixels()).save(out, **options)
    return out.getvalue()


def exif(marker: str) -> bytes:
    return Image.open(io.BytesIO(told(jpeg(), *place(marker), "-Orientation#=6"))).info["exif"]  # type: ignore[no-any-return]


@made
def heic_exif(marker: str, folder: Path) -> bytes:
    return heic(exif=exif(marker))


@made
def heic_xmp(marker: str, folder: Path) -> bytes:
    return told(heic(), f"-XMP-dc:Creator={marker}")


@made
def heic_profile(marker: str, folder: Path) -> bytes:
    image = pixels()
    image.info["icc_profile"] = profile(marker)
    return heic(image)


@made
def gif_comment(marker: str, folder: Path) -> bytes:
    return written(pixels("P"), "GIF", comment=marker.encode())


@made
def gif_xmp(marker: str, folder: Path) -> bytes:
    moving = written(pixels("P"), "GIF", save_all=True, append_images=[pixels("P").rotate(90)])
    return told(moving, f"-XMP-dc:Creator={marker}")


@made
def gif_and_text(marker: str, folder: Path) -> bytes:
    return written(pixels("P"), "GIF") + marker.encode()


# --- PDF


def pdf(*images: bytes, edit: Callable[[pikepdf.Pdf], object] | None = None, drawing: bytes = b"") -> bytes:
    """A page with JPEG images on it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200)).obj
        page.Resources = Dictionary(XObject=Dictionary())
        for number, image in enumerate(images):
            page.Resources.XObject[f"/Im{number}"] = document.make_stream(
                image,
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=96,
                Height=64,
                BitsPerComponent=8,
                ColorSpace=Name.DeviceRGB,
                Filter=Name.DCTDecode,
            )
            drawing += b"q 96 0 0 64 10 10 cm /Im%d Do Q\n" % number
        page.Contents = document.make_stream(drawing + b"1 0 0 rg 20 120 50 50 re f\n")
        if edit is not None:
            edit(document)
        document.save(out, compress_streams=False)
    return out.getvalue()


@made
def pdf_info(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        document.docinfo["/Author"] = marker
        document.docinfo["/Producer"] = marker

    return pdf(edit=edit)


@made
def pdf_xmp(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [marker]

    return pdf(edit=edit)


@made
def pdf_edited(marker: str, folder: Path) -> bytes:
    """The name was taken out by a later edit: it still stands in the file, before the edit."""
    return told(pdf_info(marker, folder), "-PDF:Author=", "-PDF:Producer=")


@made
def pdf_page_notes(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        page.Metadata = document.make_stream(f"<x>{marker}</x>".encode(), Type=Name.Metadata, Subtype=Name.XML)
        page.PieceInfo = Dictionary(Maker=Dictionary(Private=pikepdf.String(marker)))
        page.Thumb = document.make_stream(marker.encode())
        page.VP = Array([Dictionary(Type=Name.Viewport, Measure=Dictionary(GPTS=Array([39.9, 116.4])))])
        document.Root.Lang = pikepdf.String(marker)

    return pdf(edit=edit)


@made
def pdf_photo_place(marker: str, folder: Path) -> bytes:
    return pdf(told(jpeg(comment=marker.encode()), *place(marker)), jpeg(icc_profile=profile(marker)))


@made
def pdf_photo_packed(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        image = document.pages[0].obj.Resources.XObject.Im0
        packed = zlib.compress(told(jpeg(), *place(marker)), 0)
        image.write(packed, filter=Array([Name.FlateDecode, Name.DCTDecode]))
        image.Metadata = document.make_stream(marker.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return pdf(jpeg(), edit=edit)


@made
def pdf_notes_author(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        look = document.make_stream(
            b"0 1 0 rg 0 0 20 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 20, 20]
        )
        look.PieceInfo = Dictionary(Maker=Dictionary(Private=pikepdf.String(marker)))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=[100, 100, 120, 120], F=4, AP=Dictionary(N=look))
        note.T = pikepdf.String(marker)
        note.Contents = pikepdf.String("a note")
        document.pages[0].obj.Annots = Array([document.make_indirect(note)])

    return pdf(edit=edit)


@made
def pdf_attached_file(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        document.attachments["tip.txt"] = pikepdf.AttachedFileSpec(document, marker.encode(), filename=f"{marker}.txt")

    return pdf(edit=edit)


@made
def pdf_launches(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = Dictionary(S=Name.Launch, F=pikepdf.String(marker))
        document.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI=pikepdf.String(f"https://{marker}.example")))

    return pdf(edit=edit)


@made
def pdf_profile(marker: str, folder: Path) -> bytes:
    def edit(document: pikepdf.Pdf) -> None:
        space = Array([Name.ICCBased, document.make_stream(profile(marker), N=3, Alternate=Name.DeviceRGB)])
        resources = document.pages[0].obj.Resources
        resources.XObject.Im0.ColorSpace = document.make_indirect(space)
        resources.ColorSpace = Dictionary(CS0=space, CS1=Array([Name.Indexed, space, 1, pikepdf.String("abcdef")]))

    return pdf(jpeg(), edit=edit)


@made
def pdf_drawing_remarks(marker: str, folder: Path) -> bytes:
    text = marker.encode()
    return pdf(drawing=b"% " + text + b"\n/Span <</ActualText (" + text + b")>> BDC 0 0 10 10 re f EMC\n")


@made
def pdf_and_text(marker: str, folder: Path) -> bytes:
    return pdf() + marker.encode()


# --- Video and sound


def frames() -> Iterator[av.VideoFrame]:
    for number in range(10):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([number * 20]) * plane.buffer_size)
        frame.pts, frame.time_base = number, Fraction(1, 10)
        yield frame


def silence(layout: str = "stereo") -> av.AudioFrame:
    frame = av.AudioFrame(format="s16", layout=layout, samples=48000)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.rate, frame.pts, frame.time_base = 48000, 0, Fraction(1, 48000)
    return frame


def recorded(
    form: str,
    sound: str = "",
    picture: str = "",
    tags: dict[str, str] | None = None,
    track_tags: dict[str, str] | None = None,
    cover: bytes = b"",
    note: str = "",
    chapter: str = "",
    options: dict[str, str] | None = None,
) -> bytes:
    """A second of sound and of pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format=form, container_options=options or {}) as container:
        container.metadata.update(tags or {})
        if picture:
            video: Any = container.add_stream(picture, rate=10, width=64, height=48, pix_fmt="yuv420p")
            video.metadata.update(track_tags or {})
        if sound:
            audio: Any = container.add_stream(sound, rate=48000, options={"strict": "-2"})
            audio.metadata.update(track_tags or {})
        if cover:
            art = container.add_stream("mjpeg", rate=1, width=96, height=64, pix_fmt="yuvj420p")
            art.disposition = av.stream.Disposition.attached_pic
        if note:
            subtitles, data = container.add_mux_stream("mov_text"), container.add_mux_stream("bin_data")
        if chapter:
            names = {"title": chapter}
            container.set_chapters(
                [{"id": 1, "start": 0, "end": 500, "time_base": Fraction(1, 1000), "metadata": names}]
            )
        container.start_encoding()
        if cover:
            container.mux(packet(cover, art))
        if picture:
            for frame in [*frames(), None]:
                container.mux(video.encode(frame))
        if sound:
            for heard in [silence(), None]:
                container.mux(audio.encode(heard))
        if note:
            container.mux(packet(struct.pack(">H", len(note)) + note.encode(), subtitles))
            container.mux(packet(note.encode(), data))
    return out.getvalue()


def packet(content: bytes, stream: Any) -> "av.Packet[Any]":
    whole: av.Packet[Any] = av.Packet(content)
    whole.stream = stream
    whole.pts = whole.dts = 0
    whole.duration, whole.time_base = 1, Fraction(1, 1)
    return whole


def mp4(**more: Any) -> bytes:
    return recorded("mp4", sound="aac", picture="libx264", **more)


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


@made
def mp4_place(marker: str, folder: Path) -> bytes:
    tags = {
        "title": marker,
        "location": "+39.9042+116.4074/",
        "creation_time": "2026-11-02T03:04:05Z",
        "artist": marker,
    }
    return mp4(tags=tags, track_tags={"handler_name": marker, "language": "chi"})


@made
def mp4_apple_keys(marker: str, folder: Path) -> bytes:
    keys = ["-Keys:GPSCoordinates=39.9042, 116.4074, 50", f"-Keys:Make={marker}", f"-Keys:Author={marker}"]
    return told(
        mp4(), *keys, f"-UserData:Artist={marker}", f"-XMP-dc:Creator={marker}", "-CreateDate=2026:11:02 03:04:05"
    )


@made
def mov_camera(marker: str, folder: Path) -> bytes:
    tags = {"com.apple.quicktime.location.ISO6709": "+39.9+116.4/", "com.apple.quicktime.model": marker}
    return recorded("mov", "aac", "libx264", tags, {"handler_name": marker}, options={"movflags": "use_metadata_tags"})


@made
def mp4_chapter(marker: str, folder: Path) -> bytes:
    return mp4(chapter=marker)


@made
def mp4_tracks_beside(marker: str, folder: Path) -> bytes:
    """Subtitles, and data as action cameras keep their places in."""
    return mp4(note=marker)


@made
def mp4_cover(marker: str, folder: Path) -> bytes:
    return mp4(cover=told(jpeg(), *place(marker)))


@made
def mp4_boxes(marker: str, folder: Path) -> bytes:
    text = marker.encode()
    return mp4() + box(b"free", text) + box(b"uuid", bytes(16) + text) + box(b"mdat", text)


@made
def mp4_within_the_picture(marker: str, folder: Path) -> bytes:
    """As drones do: notes among the coded pictures themselves."""
    out = io.BytesIO()
    note = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{marker}"
    with av.open(io.BytesIO(mp4()), "r") as old, av.open(out, "w", format="mp4") as new:
        video = old.streams.video[0]
        stream = new.add_stream_from_template(video, opaque=True)
        noted = BitStreamFilterContext(note, video, stream)
        for coded in old.demux(video):
            for more in noted.filter(coded if coded.size else None):
                more.stream = stream
                new.mux(more)
    return out.getvalue()


@made
def webm_tags(marker: str, folder: Path) -> bytes:
    return recorded("webm", "libopus", "libvpx-vp9", {"title": marker, "ARTIST": marker}, {"title": marker})


@made
def webm_chapter(marker: str, folder: Path) -> bytes:
    return recorded("webm", "libopus", "libvpx", chapter=marker)


@made
def webm_vorbis(marker: str, folder: Path) -> bytes:
    """Its comments are part of what the decoder needs: refused."""
    return recorded("webm", "vorbis", "libvpx", track_tags={"title": marker})


@made
def mp3_tags(marker: str, folder: Path) -> bytes:
    tags = {"title": marker, "artist": marker, "comment": marker, "place": marker}
    return recorded("mp3", "libmp3lame", tags=tags, options={"write_id3v1": "1"})


@made
def mp3_cover(marker: str, folder: Path) -> bytes:
    return recorded("mp3", "libmp3lame", tags={"title": marker}, cover=told(jpeg(), *place(marker)))


@made
def mp3_and_tags(marker: str, folder: Path) -> bytes:
    """Tags of other tools at the end: APE, and the 128 bytes of the oldest kind."""
    item = struct.pack("<II", len(marker), 0) + b"Artist\0" + marker.encode()
    foot = b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, 0) + bytes(8)
    oldest = b"TAG" + marker.encode().ljust(30, b"\0") + bytes(94) + b"\xff"
    return recorded("mp3", "libmp3lame") + item + foot + oldest


@made
def mp3_and_text(marker: str, folder: Path) -> bytes:
    return recorded("mp3", "libmp3lame") + marker.encode()


@made
def m4a_tags(marker: str, folder: Path) -> bytes:
    return told(recorded("ipod", "aac", tags={"title": marker}), f"-ItemList:Artist={marker}")


@made
def ogg_opus_tags(marker: str, folder: Path) -> bytes:
    return recorded("ogg", "libopus", track_tags={"title": marker, "LOCATION": marker})


@made
def ogg_vorbis_tags(marker: str, folder: Path) -> bytes:
    return recorded("ogg", "vorbis", track_tags={"title": marker, "METADATA_BLOCK_PICTURE": marker})


@made
def ogg_and_text(marker: str, folder: Path) -> bytes:
    return recorded("ogg", "libopus") + marker.encode()


def wav(**more: Any) -> bytes:
    return recorded("wav", "pcm_s16le", **more)


@made
def wav_info(marker: str, folder: Path) -> bytes:
    return wav(tags={"title": marker, "artist": marker, "date": "2026"})


@made
def wav_broadcast(marker: str, folder: Path) -> bytes:
    return wav(tags={"description": marker, "originator": marker}, options={"write_bext": "1"})


@made
def wav_chunks(marker: str, folder: Path) -> bytes:
    return riff_with(riff_with(wav(), b"id3 ", b"ID3\3\0\0\0\0\0\0" + marker.encode()), b"iXML", marker.encode())


@made
def wav_and_text(marker: str, folder: Path) -> bytes:
    return wav() + marker.encode()
