//! DOCX.

use crate::read::ReadError;
use crate::support::{archive, lines, read, word};

fn paragraph(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn notes_bold_and_breaks() {
    let body = paragraph(&format!(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>一是</w:t></w:r>{}<w:r><w:footnoteReference w:id=\"7\"/></w:r>{}",
        run("新增企业 2 家 "),
        run("。")
    )) + &paragraph(&format!("{}<w:r><w:br/></w:r>{}", run("二"), run("三")));
    let notes = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
                 <w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> 甲、乙。</w:t></w:r></w:p></w:footnote>";
    assert_eq!(
        lines(&word(&body, notes, "", ""), "a.docx"),
        ["**一是**新增企业 2 家¹。", "¹ 甲、乙。", "二", "三"]
    );
}

#[test]
fn tracked_changes_are_accepted() {
    let deleted_end = "<w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>";
    let body = paragraph(&format!(
        "{deleted_end}{}<w:del><w:r><w:delText>7%</w:delText></w:r></w:del><w:ins>{}</w:ins>\
         <w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>",
        run("增长"),
        run("8.1%"),
        run("旧"),
        run("，")
    )) + &paragraph(&run("达到 3 亿元。"))
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删 9</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(lines(&word(&body, "", "", ""), "a.docx"), ["增长8.1%，达到 3 亿元。"]);
}

#[test]
fn automatic_numbers_are_made() {
    let level = |level: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"5\">{}{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>",
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%1.%3."),
    );
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"H\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let item = |level: usize, text: &str| {
        let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
        paragraph(&format!("<w:pPr>{properties}</w:pPr>{}", run(text)))
    };
    let body = paragraph(&format!("<w:pPr><w:pStyle w:val=\"H\"/></w:pPr>{}", run("回顾")))
        + &item(1, "创新")
        + &item(1, "民生")
        + &item(2, "就业")
        + &item(0, "任务")
        + &item(1, "转型");
    assert_eq!(
        lines(&word(&body, "", styles, &numbering), "a.docx"),
        [
            "一、回顾",
            "（一）创新",
            "（二）民生",
            "一.1. 就业",
            "二、任务",
            "（一）转型"
        ]
    );
}

#[test]
fn tables_become_statements() {
    let cell =
        |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{}</w:p></w:tc>", run(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:vMerge w:val=\"restart\"/>", "指标"),
        cell("<w:gridSpan w:val=\"2\"/>", "2023年"),
        cell("<w:vMerge/>", ""),
        cell("", "实绩（亿元）"),
        cell("", "同比增长（%）"),
        cell("", "财政收入"),
        cell("", "8.37"),
        cell("", "7.91"),
    );
    assert_eq!(
        lines(&word(&body, "", "", ""), "a.docx"),
        ["财政收入2023年实绩8.37亿元；财政收入2023年同比增长7.91%。"]
    );
}

#[test]
fn another_archive_is_refused() {
    let open_document = archive(&[("content.xml", b"<x/>")]);
    let error = read(&open_document, "a.odt").unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.odt: expected text, Markdown, HTML, DOCX or PDF, found an OpenDocument file: save it as .docx"
    );
    assert!(matches!(
        read(&archive(&[("a.txt", b"a")]), "a.zip"),
        Err(ReadError::Unsupported { .. })
    ));
}
