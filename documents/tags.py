"""What WeasyPrint leaves open in the tags of a file, so that a screen reader reads all of it.

Cells of a head say that they stand above a column; with the spans that WeasyPrint writes, readers
find the heads of every cell. Its own lists of heads for each cell are taken out: they are wrong
where cells of the head are merged, and they made half of the file of a long table.
"""

from typing import Any

PART = b"</rdf:RDF>"
IS_ACCESSIBLE = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(document: Any, pdf: Any) -> None:
    """Mend the tags of a file that is about to be written; its pages are laid out no longer."""
    document.pages.clear()
    for one in pdf.objects:
        kind = one.get("S") if isinstance(one, dict) else None
        if kind == "/TH":
            one["A"]["Scope"] = "/Column"
            one.pop("ID", None)
        elif kind == "/TD" and "A" in one:
            one["A"].pop("Headers", None)


def finish_kept(document: Any, pdf: Any) -> None:
    """The same, and say that the archive's file is one for all readers too (PDF/UA-1)."""
    finish(document, pdf)
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number].stream
    metadata[:] = [piece.replace(PART, IS_ACCESSIBLE + PART) for piece in metadata]
