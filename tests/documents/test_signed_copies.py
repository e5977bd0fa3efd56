"""What comes back signed: a scan, or our own file signed elsewhere and nothing else (JR-09)."""

from io import BytesIO

import pypdfium2
import pytest

from documents import signed_copies
from documents.render import render_pdf
from documents.sealing import seal
from documents.signed_copies import why_not
from tests.factories.authority import PASSWORD, make_key
from tests.factories.documents import LETTER, jpeg

LONG = LETTER | {"body": [{"type": "paragraph", "text": "Một đoạn của công văn dài. " * 250}] * 2}


@pytest.fixture(scope="module")
def pdf():
    return render_pdf("cong_van", LETTER)


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.SIGNING_P12 = make_key(tmp_path, name="Người ký nơi khác")
    settings.SIGNING_P12_PASSWORD = PASSWORD


def signed(pdf):
    return seal(pdf, reason="Ký ngoài")[0]


def written_on(pdf, change):
    """The file with one more revision: what `change` does to its first page or catalog."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    out = IncrementalPdfFileWriter(BytesIO(pdf))
    change(out, out.root["/Pages"]["/Kids"][0].get_object())
    new = BytesIO()
    out.write(new)
    return new.getvalue()


def another_text(out, page):
    from pyhanko.pdf_utils import generic

    words = b"BT /F1 12 Tf 100 400 Td (Khac) Tj ET"
    page["/Contents"] = out.add_object(generic.StreamObject(stream_data=words))
    out.update_container(page)


def text_in_place(out, page):
    stream = page["/Contents"]
    stream._data = stream.data.replace(b"Tj", b"TJ", 1) + b"\n% khac"
    stream._encoded_data = None
    out.mark_update(page.raw_get("/Contents").reference)


def an_action(out, page):
    from pyhanko.pdf_utils import generic

    say = {"/S": generic.NameObject("/JavaScript"), "/JS": generic.pdf_string("app.alert(1)")}
    out.root["/OpenAction"] = generic.DictionaryObject(
        {generic.NameObject(name): value for name, value in say.items()}
    )
    out.update_root()


def a_note(out, page):
    from pyhanko.pdf_utils import generic

    note = {"/Subtype": generic.NameObject("/FreeText"), "/Contents": generic.pdf_string("Khác")}
    box = generic.ArrayObject(generic.NumberObject(at) for at in (0, 0, 500, 500))
    said = generic.DictionaryObject({generic.NameObject(n): v for n, v in note.items()})
    said[generic.NameObject("/Rect")] = box
    page["/Annots"] = generic.ArrayObject([out.add_object(said)])
    out.update_container(page)


def test_our_own_file_signed_elsewhere_is_taken(pdf):
    assert why_not(signed(pdf), "pdf", pdf) == ""


@pytest.mark.parametrize("change", [another_text, text_in_place, an_action, a_note])
def test_a_text_that_was_changed_before_signing_is_not(pdf, change):
    altered = written_on(pdf, change)

    assert altered.startswith(pdf)
    assert why_not(signed(altered), "pdf", pdf) == signed_copies.ALTERED
    with pypdfium2.PdfDocument(altered) as opened:  # it is a file that every reader opens
        assert len(opened) == 1


def test_what_only_looks_signed_is_not(pdf):
    sealed = signed(pdf)

    assert why_not(pdf + b"\n% /ByteRange\n%%EOF\n", "pdf", pdf) == signed_copies.ALTERED
    assert why_not(sealed + b"\n%%EOF\n", "pdf", pdf) == signed_copies.ALTERED
    assert why_not(sealed[:-300], "pdf", pdf) == signed_copies.ALTERED
    assert why_not(signed(render_pdf("cong_van", LONG)), "pdf", pdf) == signed_copies.FOREIGN
    assert why_not(sealed, "pdf", b"") == signed_copies.FOREIGN  # nothing was issued yet


def test_what_bears_the_agencys_signature_is_not_signed_again(pdf):
    sealed = signed(pdf)

    assert why_not(written_on(sealed, a_note), "pdf", sealed) == signed_copies.SEALED


def test_a_scan_has_all_pages_and_is_not_the_file_itself(pdf):
    long = render_pdf("cong_van", LONG)
    with pypdfium2.PdfDocument(long) as opened:
        pages = len(opened)

    assert pages > 1
    assert (
        why_not(pdf, "pdf", long)
        == f"Bản quét có 1 trang, văn bản có {pages} trang. Quét đủ các trang."
    )
    assert why_not(long, "pdf", pdf) == ""  # a cover or a back may be scanned with it
    assert why_not(pdf, "pdf", pdf) == signed_copies.UNSIGNED
    assert why_not(jpeg(), "jpg", pdf) == ""
    assert why_not(b"PK", "docx", pdf) == signed_copies.NOT_A_SCAN
