"""Finishing a drawn PDF: what PDF/A-3a and PDF/UA-1 ask for beyond the marks and tags on its pages.

ReportLab draws; pikepdf adds what it cannot say: who and what the file is in XMP, what its colours mean, the plan's
own JSON as an associated file, and letters for every code of every font.
"""

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from supportplan.documents.bundled import bundled
from supportplan.documents.model import Document

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

ATTACHED = "plan.json"
VIEWS = "views.json"


def finished(drawn: bytes, document: Document) -> bytes:
    """Finish a file that ReportLab drew. The same file always gives the same bytes."""
    from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

    with Pdf.open(BytesIO(drawn)) as pdf:
        root = pdf.Root
        root.MarkInfo = Dictionary(Marked=True)
        root.Metadata = _stream(pdf, _xmp(document), Type=Name.Metadata, Subtype=Name.XML)
        root.OutputIntents = Array([_output_intent(pdf)])
        if document.source:
            _attach(pdf, document)
        for number, page in enumerate(pdf.pages):
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
        mend_letters(pdf)
        # No clock went into the file, and no other day is to be read from it.
        for moment in ("/CreationDate", "/ModDate", "/Trapped", "/Keywords"):
            if moment in pdf.docinfo:
                del pdf.docinfo[moment]
        finished = BytesIO()
        pdf.save(
            finished,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return finished.getvalue()


def _output_intent(pdf: "Pdf") -> "Object":
    """Say that all colours are sRGB."""
    from pikepdf import Dictionary, Name

    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB",
        DestOutputProfile=_stream(pdf, bundled("colour/sRGB.icc"), N=3),
    )


def _attach(pdf: "Pdf", document: Document) -> None:
    """Attach the plan that the document was made from, and the views beside it, where it prints any."""
    from pikepdf import Array, Dictionary, Name

    files = [(ATTACHED, document.source, "The plan as data, from which this document was made", Name.Source)]
    if document.views:
        files.append((VIEWS, document.views, "What each thinks of the plan, as data", Name.Data))
    attached = []
    for name, content, words, relationship in files:
        held = _stream(
            pdf,
            content,
            Type=Name.EmbeddedFile,
            Subtype=Name("/application/json"),
            Params=Dictionary(Size=len(content)),
        )
        one = Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=words,
            AFRelationship=relationship,
            EF=Dictionary(F=held, UF=held),
        )
        attached.append((name, pdf.make_indirect(one)))
    pdf.Root.AF = Array([one for _, one in attached])
    names = Array([part for pair in attached for part in pair])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _stream(pdf: "Pdf", content: bytes, **entries: object) -> "Object":
    from pikepdf import Stream

    return pdf.make_indirect(Stream(pdf, content, **entries))


_LETTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
# A table of letters may name no more than these at once.
_AT_ONCE = 100


def mend_letters(pdf: "Pdf") -> None:
    """Write anew which letter each code of each font is: ReportLab names codes that are none, and too many at once."""
    fonts = {font.objgen: font for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
    for font in fonts.values():
        if "/ToUnicode" in font:
            font.ToUnicode.write(_letters(font.ToUnicode.read_bytes()))


def _letters(table: bytes) -> bytes:
    pairs = []
    for code, letter in _LETTER.findall(table):
        value = int(letter, 16)
        if value >= ord(" "):
            pairs.append(b"<%s> <%s>" % (code, chr(value).encode("utf-16-be").hex().upper().encode()))
    blocks = [pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE)]
    written = b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block)) for block in blocks
    )
    return (
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        + written
        + b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    )


def _xmp(document: Document) -> bytes:
    """Say in XMP what the file is, who made it, and which standards it keeps.

    The part on PDF/UA is a schema that PDF/A does not know, so it is described.
    """
    title, subject, author, language = (
        escape(text) for text in (document.title, document.subject, document.author, document.language)
    )
    return _XMP.format(title=title, subject=subject, author=author, language=language).encode()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
   <xmp:CreatorTool>supportplan</xmp:CreatorTool>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
   <pdf:Producer>supportplan</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Which part of ISO 14289 the file keeps</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
