#!/usr/bin/env python3
"""Makes the same report in every format that Gongkai reads.

    samples.py REPORT.txt FOLDER

REPORT.txt is a report in the project's text conventions (superscript marks, notes on lines that begin with one).
FOLDER gets one folder a sample, each with one file named like the report:

    gb18030, utf-16, crlf      the text in other encodings (iconv)
    markdown                   headings, `**bold**`, `[^1]` notes
    docx                       Word with real footnotes (pandoc)
    html                       a page with navigation around it, notes linked (pandoc)
    html-gbk                   an old page: GBK, a layout table, notes as `<sup>`
    pdf-writer-1, pdf-writer-2 printed by LibreOffice in one and in two columns, with running heads and page numbers
    pdf-chromium-1, -2         printed by Chromium in one and in two columns

Needs iconv, pandoc, soffice (LibreOffice Writer) and chromium with a Chinese font.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
MARK = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
NOTE = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+) (.*)")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(*command, **options):
    subprocess.run(list(map(str, command)), check=True, **options)


def read_report(text):
    """The report's paragraphs, whole again where a page's end cut them, and its notes by number."""
    paragraphs, notes, in_note = [], {}, False
    for line in text.split("\n"):
        line = line.strip()
        note = NOTE.fullmatch(line)
        if note and int(note[1].translate(SUPERSCRIPTS)) == len(notes) + 1:
            notes[len(notes) + 1] = [note[2]]
            in_note = True
        elif not line:
            in_note = False
        elif in_note:
            notes[len(notes)].append(line)
        elif paragraphs and is_cut(paragraphs[-1]):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    return paragraphs, notes


def is_cut(paragraph):
    return len(paragraph) > 30 and paragraph.rstrip("*")[-1] not in "。！？：；”）"


def heading_level(paragraph):
    if paragraph == "政府工作报告":
        return 1
    if re.match("[一二三四五六七八九十]+、", paragraph):
        return 2
    if re.match("（[一二三四五六七八九十]+）", paragraph):
        return 3
    return 0


def markdown(paragraphs, notes):
    blocks = []
    for paragraph in paragraphs:
        marked = MARK.sub(lambda mark: f"[^{mark[0].translate(SUPERSCRIPTS)}]", paragraph)
        level = heading_level(paragraph)
        blocks.append(f"{'#' * level} {marked}" if level else marked)
    blocks += [f"[^{number}]: " + "\\\n    ".join(lines) for number, lines in notes.items()]
    return "\n\n".join(blocks) + "\n"


def page(content):
    """A government site's page around the content."""
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>政府工作报告_镇政府</title>
<style>nav {{ color: gray }}</style><script>var visits = 12345;</script></head>
<body>
<header><a href="/">首页</a><form><input value="搜索 2024"></form></header>
<nav><ul><li><a href="/1">新闻 2024</a></li><li><a href="/2">政务公开</a></li></ul></nav>
<div class="breadcrumb">当前位置：首页 &gt; 政务公开 &gt; 报告</div>
<div id="wrap"><div class="main-box"><article>
{content}
</article></div>
<div class="sidebar"><h3>相关阅读</h3><ul><li><a href="/3">2023年工作报告</a>（阅读 1024 次）</li></ul></div></div>
<footer>版权所有 2024 沪ICP备12345678号 电话 021-12345678</footer>
</body></html>
"""


def old_page(paragraphs, notes):
    """A page as they were made twenty years ago."""
    def words(text):
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
        return MARK.sub(lambda mark: f"<sup>{mark[0].translate(SUPERSCRIPTS)}</sup>", text)

    body = "\n".join(f"<P>&nbsp;&nbsp;&nbsp;&nbsp;{words(paragraph)}" for paragraph in paragraphs)
    foot = "\n".join(f"<P><SUP>{number}</SUP> {'<BR>'.join(map(words, lines))}" for number, lines in notes.items())
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>报告</TITLE></HEAD>
<BODY><TABLE width=960><TR><TD><A href="a">首页</A> | <A href="b">2024年要闻</A></TD></TR>
<TR><TD><TABLE><TR><TD width=200 class="menu">栏目 12 个</TD><TD><FONT size=3>
{body}
<HR>
{foot}
</FONT></TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>
"""


def print_page(content, columns):
    """A page to be printed: notes small, at the end, with raised numbers."""
    return f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><style>
@page {{ size: A4; margin: 22mm 20mm }}
body {{ font: 11pt/1.7 serif; columns: {columns}; column-gap: 10mm; text-align: justify }}
h1 {{ font-size: 18pt; text-align: center; column-span: all }} h2 {{ font-size: 14pt }} h3 {{ font-size: 12pt }}
p {{ text-indent: 2em; margin: 0.3em 0 }} sup {{ font-size: 60%; line-height: 0 }}
.note {{ font-size: 8.5pt; text-indent: 0 }}
</style></head><body>{content}</body></html>
"""


def printable(paragraphs, notes):
    def words(text):
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
        return MARK.sub(lambda mark: f"<sup>{mark[0].translate(SUPERSCRIPTS)}</sup>", text)

    def block(paragraph):
        level = heading_level(paragraph)
        return f"<h{level}>{words(paragraph)}</h{level}>" if level else f"<p>{words(paragraph)}</p>"

    body = "\n".join(map(block, paragraphs))
    foot = "\n".join(f"<p class=note><sup>{no}</sup> {'<br>'.join(map(words, lines))}</p>" for no, lines in notes.items())
    return f"{body}<hr>{foot}"


def with_furniture(source, target, columns):
    """Copies a DOCX with a running head, page numbers and columns."""
    def part(kind, content):
        return f'<?xml version="1.0"?><w:{kind} xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{content}</w:p></w:{kind}>'

    head = part("hdr", "<w:r><w:t>镇人民代表大会会议文件（6）</w:t></w:r>")
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inner}' for kind, inner in
                    [("begin", "<w:r><w:instrText> PAGE </w:instrText></w:r>"), ("end", "")])
    foot = part("ftr", f"<w:r><w:t>— </w:t></w:r>{field}<w:r><w:t> —</w:t></w:r>")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                section = (f'<w:sectPr xmlns:r="{R}"><w:headerReference w:type="default" r:id="rIdHead"/>'
                           f'<w:footerReference w:type="default" r:id="rIdFoot"/><w:cols w:num="{columns}" w:space="480"/></w:sectPr>')
                text = re.sub(rb"<w:sectPr\b.*?</w:sectPr>|<w:sectPr\s*/>", b"", text, flags=re.S)
                text = text.replace(b"</w:body>", section.encode() + b"</w:body>")
            elif name == "word/_rels/document.xml.rels":
                added = "".join(f'<Relationship Id="rId{part}" Type="{R}/{kind}" Target="{kind}1.xml"/>'
                                for part, kind in [("Head", "header"), ("Foot", "footer")])
                text = text.replace(b"</Relationships>", added.encode() + b"</Relationships>")
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
                added = "".join(f'<Override PartName="/word/{part}1.xml" ContentType="{kind}{part}+xml"/>'
                                for part in ["header", "footer"])
                text = text.replace(b"</Types>", added.encode() + b"</Types>")
            new.writestr(name, text)
        new.writestr("word/header1.xml", head)
        new.writestr("word/footer1.xml", foot)


def main(report, folder):
    text = report.read_text(encoding="utf-8")
    paragraphs, notes = read_report(text)

    def sample(kind, extension):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        return folder / kind / f"{report.stem}.{extension}"

    sample("text", "txt").write_text(text, encoding="utf-8", newline="")
    sample("crlf", "txt").write_text(text.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    for kind, encoding in [("gb18030", "GB18030"), ("utf-16", "UTF-16")]:
        with open(sample(kind, "txt"), "wb") as file:
            run("iconv", "-f", "UTF-8", "-t", encoding, report, stdout=file)
    source = sample("markdown", "md")
    source.write_text(markdown(paragraphs, notes), encoding="utf-8")
    docx = sample("docx", "docx")
    run("pandoc", source, "-o", docx)
    fragment = subprocess.run(["pandoc", str(source), "-t", "html5"], check=True, capture_output=True, text=True).stdout
    sample("html", "html").write_text(page(fragment), encoding="utf-8")
    sample("html-gbk", "html").write_text(old_page(paragraphs, notes), encoding="gb18030")
    with tempfile.TemporaryDirectory() as scratch:
        for columns in [1, 2]:
            pdf = sample(f"pdf-writer-{columns}", "pdf")
            with_furniture(docx, pdf.with_suffix(".docx"), columns)
            run("soffice", "--headless", f"-env:UserInstallation=file://{scratch}/office", "--convert-to", "pdf",
                "--outdir", pdf.parent, pdf.with_suffix(".docx"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            pdf.with_suffix(".docx").unlink()
            pdf = sample(f"pdf-chromium-{columns}", "pdf")
            html = Path(scratch) / f"{columns}.html"
            html.write_text(print_page(printable(paragraphs, notes), columns), encoding="utf-8")
            run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                "--no-first-run", f"--user-data-dir={scratch}/chromium", "--no-pdf-header-footer",
                f"--print-to-pdf={pdf}", f"file://{html}", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
