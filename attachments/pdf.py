"""PDF: the pages, with what is drawn on them, go into a new document; nothing else of the old one does.

What is filled in or noted on a page is drawn into it first; links, outlines, layers' names and attached files end here.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image

from attachments.images import QUALITY, opened
from attachments.outcome import Kind, Reason, Refused

# What is taken over, where the standard fixes what there may be.
PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents"}
RESOURCES = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading"}
STREAM = {"/Type", "/Subtype", "/Length", "/Filter", "/DecodeParms"}
FORM = STREAM | {"/FormType", "/BBox", "/Matrix", "/Resources", "/Group"}
IMAGE = STREAM | {"/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/Intent", "/ImageMask", "/Mask"}
IMAGE |= {"/SMask", "/SMaskInData", "/Matte", "/Interpolate"}
# What never is, in anything else that pages need (fonts, patterns, states).
GONE = ["/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/OC", "/OPI", "/Measure", "/PtData"]
# How data may be packed: none of these has room for notes but DCT, which is made anew. JPX has, and is not.
FILTERS = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
FILTERS |= {"/CCITTFaxDecode", "/JBIG2Decode", "/DCTDecode"}
NOTES = {"BMC", "BDC", "EMC", "MP", "DP"}  # operators that draw nothing
DEVICE = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}


def cleaned(source: BinaryIO) -> tuple[Kind, memoryview]:
    """See `cleaning.clean`."""
    out = io.BytesIO()
    try:
        old = pikepdf.open(source)
    except pikepdf.PasswordError:
        raise Refused(Reason.encrypted) from None
    with old, pikepdf.new() as new:
        if old.is_encrypted:
            raise Refused(Reason.encrypted)
        _refuse_programs(old)
        _refuse_hidden_layers(old)
        if not old.pages:
            raise Refused(Reason.damaged)
        old.generate_appearance_streams()
        old.flatten_annotations()
        for page in old.pages:
            _keep(page.obj, PAGE)
            new.pages.append(page)
        for thing in list(_things(new)):
            _clean_thing(thing, new)
        for page in new.pages:
            page.Contents = new.make_stream(_redrawn(page.obj))
        # Deterministic: the identifier is made of the content, where otherwise it is made of the time.
        new.save(out, deterministic_id=True, recompress_flate=True)
    return Kind.document, out.getbuffer()


def _things(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary, array and stream of the document, also those that stand inside others."""
    waiting = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Dictionary | Stream):
            inner = [value for _, value in thing.items()]
        elif isinstance(thing, Array):
            inner = list(thing)
        else:
            continue
        yield thing
        waiting += [value for value in inner if isinstance(value, Object) and not value.is_indirect]


def _refuse_programs(pdf: Pdf) -> None:
    for thing in _things(pdf):
        if isinstance(thing, Array):
            continue
        if "/XFA" in thing or thing.get("/S") == Name.JavaScript or thing.get("/Subtype") == Name.PS:
            raise Refused(Reason.script)
        if thing.get("/S") == Name.Rendition and "/JS" in thing:
            raise Refused(Reason.script)


def _refuse_hidden_layers(pdf: Pdf) -> None:
    """Without its layers a document shows all of them; what its maker had hidden is not ours to show."""
    shown = pdf.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    if shown.get("/BaseState", Name.ON) != Name.ON or len(shown.get("/OFF", Array())):
        raise Refused(Reason.uncleanable)


def _keep(thing: Object, allowed: set[str]) -> None:
    for key in set(thing.keys()) - allowed:
        del thing[key]


def _clean_thing(thing: Object, pdf: Pdf) -> None:
    _without_profiles(thing)
    if isinstance(thing, Array):
        return
    for key in GONE:
        if key in thing:
            del thing[key]
    if isinstance(resources := thing.get("/Resources"), Dictionary):
        _keep(resources, RESOURCES)
    if not isinstance(thing, Stream):
        if thing.get("/Subtype") == Name.Type3:
            for glyph in thing.CharProcs.values():
                glyph.write(_redrawn(glyph))
        return
    filters = [str(name) for name in _listed(thing.get("/Filter"))]
    if not FILTERS.issuperset(filters):
        raise Refused(Reason.uncleanable)
    if "/DCTDecode" in filters:
        _remake_jpeg(thing, pdf)
    if thing.get("/Subtype") == Name.Image:
        _keep(thing, IMAGE)
    elif thing.get("/Subtype") == Name.Form:
        _keep(thing, FORM)
        thing.write(_redrawn(thing))
    elif thing.get("/PatternType") == 1:
        thing.write(_redrawn(thing))


def _listed(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _without_profiles(thing: Object) -> None:
    """Colours by profile become the device's: a profile may name the screen or the camera that it belongs to."""
    places = enumerate(list(thing)) if isinstance(thing, Array) else list(thing.items())
    for place, value in places:
        if isinstance(value, Array) and len(value) == 2 and value[0] == Name.ICCBased:
            thing[place] = DEVICE[int(value[1].N)]


def _remake_jpeg(stream: Object, pdf: Pdf) -> None:
    """An image within a page is a whole JPEG file, with all that a camera writes into one."""
    data = stream.read_raw_bytes()
    filters = _listed(stream.Filter)
    if len(filters) > 1:
        data = pdf.make_stream(data, Filter=Array(filters[:-1])).read_bytes()
    out = io.BytesIO()
    with opened("JPEG", io.BytesIO(data)) as image:
        pixels = Image.new(image.mode, image.size)
        pixels.paste(image)
    pixels.save(out, "JPEG", quality=QUALITY)
    stream.write(out.getvalue(), filter=Name.DCTDecode)


def _redrawn(drawing: Object) -> bytes:
    """The drawing's instructions written anew: remarks and marks that draw nothing do not come along."""
    instructions = []
    for instruction in pikepdf.parse_content_stream(drawing):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            if not FILTERS.difference({"/DCTDecode"}).issuperset(instruction.iimage.filters):
                raise Refused(Reason.uncleanable)
        elif str(instruction.operator) in NOTES:
            continue
        instructions.append(instruction)
    return pikepdf.unparse_content_stream(instructions)
