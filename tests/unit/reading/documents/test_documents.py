"""Pages, PDFs and feed items become plain text; what is wrong with them is said, not guessed."""

import gzip
import io
import re
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.reading.documents.feeds import item
from atalaya.reading.documents.language import identify
from atalaya.reading.documents.metadata import iso
from atalaya.reading.documents.opening import read
from atalaya.reading.documents.papers import page_of
from atalaya.reading.documents.unpacking import LARGEST

PARAGRAPHS = [
    "La policía incautó 20 kilos de cocaína en el puerto de Guayaquil, dijo el ministerio.",
    "El cargamento estaba en un contenedor con destino a Bélgica, añadió la misma fuente oficial.",
    "Es la tercera incautación del mes en esa terminal, donde operan cuatro empresas navieras.",
]
PAGE = """<!doctype html><html lang="es"><head>
<meta charset="{charset}">
<title>Incautan cocaína - El Diario</title>
<meta property="og:title" content="Incautan cocaína en Guayaquil">
<script type="application/ld+json">
{{"@type":"NewsArticle","datePublished":"2024-03-05T10:00:00-05:00"}}</script>
</head><body>
<nav><a href="/">Portada</a></nav><article><h1>Incautan cocaína</h1>{body}
<div class="related-articles"><h3>Te puede interesar</h3>
<p>Otra noticia que no viene al caso.</p></div>
</article><footer>Todos los derechos reservados</footer></body></html>"""
BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def page(charset="utf-8", body=BODY):
    return PAGE.format(charset=charset, body=body)


def kinds(document):
    return [one.kind for one in document.issues]


def test_a_marked_page_gives_its_text_title_day_and_language():
    document = read(page().encode(), "text/html", "a")
    assert document.text.split("\n\n") == ["Incautan cocaína", *PARAGRAPHS]
    assert document.title == "Incautan cocaína en Guayaquil"
    assert document.published == "2024-03-05T10:00:00-05:00"
    assert document.language.code == "es"
    assert document.issues == ()


def test_a_page_that_marks_nothing_is_read_too():
    markup = page().replace("article>", "div>").replace("<article", "<div")
    document = read(markup.encode(), "text/html", "a")
    assert PARAGRAPHS[1] in document.text
    assert "derechos reservados" not in document.text


def test_a_missing_date_stays_missing():
    markup = page().replace("datePublished", "dateModified")
    assert read(markup.encode(), "text/html", "a").published is None


@pytest.mark.parametrize(
    "written", ["0001-01-01", "1970-01-01T00:00:00Z", "2024-13-40", "soon", ""]
)
def test_a_date_that_is_none_is_not_read(written):
    assert iso(written) is None


@pytest.mark.parametrize(
    ("written_in", "declared", "issue"),
    [
        ("utf-8", "iso-8859-1", []),
        ("cp1252", "iso-8859-1", []),
        ("cp1252", "utf-8", ["wrong-encoding"]),
        ("utf-16", "utf-8", []),
        ("utf-8", "no-such-encoding", []),
    ],
)
def test_letters_prove_the_encoding(written_in, declared, issue):
    document = read(page(declared).encode(written_in), "text/html", "a")
    assert PARAGRAPHS[0] in document.text
    assert kinds(document) == issue


def test_cells_of_a_table_stay_together_as_a_row():
    rows = "<table><tr><th>Droga</th><th>kg</th></tr><tr><td>cocaína</td><td>20</td></tr></table>"
    text = read(page(body=BODY + rows).encode(), "text/html", "a").text
    assert "Droga | kg" in text
    assert "cocaína | 20" in text


def test_bombs_archives_and_broken_packing_are_refused():
    bomb = gzip.compress(b"<p>" + b"a" * (LARGEST + 10))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("page.html", page())
    cut = gzip.compress(page().encode())[:-40]
    assert kinds(read(bomb, "text/html", "a")) == ["too-large"]
    assert kinds(read(packed.getvalue(), "text/html", "a")) == ["archive"]
    assert kinds(read(cut, "text/html", "a"))[0] == "broken-packing"
    assert read(gzip.compress(page().encode()), "text/html", "a").text.startswith("Incautan")


def test_a_line_of_a_hundred_megabytes_is_refused_at_once():
    began = time.monotonic()
    document = read(b"a" * 100_000_000, "text/html", "a")
    assert kinds(document) == ["too-large"]
    assert document.issues[0].do
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "payload", [b"", b"   \n", b"<html></html>", b"<!-- -->", b"\x00\x00", b"<script>a()</script>"]
)
def test_nothing_is_made_of_nothing(payload):
    document = read(payload, "text/html", "a")
    assert document.text == ""
    assert kinds(document) == ["no-text"]
    assert document.issues[0].where.name == "a"


def test_a_plain_text_of_nothing_is_an_issue():
    assert kinds(read(b"\x00", "text/plain", "a")) == ["no-text"]


def test_elements_nested_a_hundred_thousand_deep_do_no_harm():
    document = read(b"<div>" * 100_000 + b"hola", "text/html", "a")
    assert document.text in {"", "hola"}


def pdf(pages):
    """Write a small PDF, a line a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
        font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << {font} >> "
            f"/Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF".encode()


def test_a_pdf_keeps_its_page_numbers():
    document = read(pdf(["Customs seized heroin at the port", "Two tonnes"]), "", "a.pdf")
    assert page_of(document, document.text.index("heroin")) == 1
    assert page_of(document, document.text.index("tonnes")) == 2


def test_a_pdf_without_text_or_broken_is_an_issue():
    assert kinds(read(pdf([""]), "", "a.pdf")) == ["unreadable-pdf"]
    assert kinds(read(b"%PDF-1.7 and nothing more", "", "a.pdf")) == ["unreadable-pdf"]


def test_an_item_that_repeats_its_title_has_no_text():
    assert item("Alert", "<b>Alert</b>", "Tue, 05 Mar 2024 10:00:00 GMT", "a").text == ""
    assert kinds(item("", "", None, "a")) == ["no-text"]


@pytest.mark.parametrize("text", ["", "😀😀", "12345 !!!", "\ud800", "asdkjh qwkejh zxmnb wqe"])
def test_noise_has_no_language(text):
    assert identify(text).code is None


@settings(max_examples=30)
@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=utf-16", "text/plain"]))
def test_any_bytes_are_read_or_refused(payload, media_type):
    document = read(payload, media_type, "a")
    assert document.text or document.issues or document.title


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</div>",
                "<article>",
                "<table><tr><td>",
                "&#x0;",
                "<!--",
                "droga",
                "]]>",
                "🙂",
                "مخدرات ",
                "<script>",
                "<h1>",
                '<a href="',
                "\u202e",
                "<p class='",
                "</html>",
            ]
        ),
        max_size=40,
    )
)
def test_broken_markup_invents_no_words(parts):
    source = "".join(parts)
    text = read(source.encode(), "text/html", "a").text
    for word in ("droga", "مخدرات"):
        assert text.count(word) <= source.count(word)
        text = text.replace(word, " ")
    assert all(word in source for word in re.findall(r"[^\W\d_]+", text))
