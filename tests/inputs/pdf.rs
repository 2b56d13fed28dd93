//! PDF. (Files printed by real programs are compared by `tests/formats`.)

use crate::read::{Origin, ReadError};
use crate::support::{draw, lines, pdf, read};

/// A line of 20 characters, which fills a column of [`LINE`] times 12 points.
const LINE: &str = "全年完成地方财政收入和工业总产值均超额达标";

#[test]
fn lines_join_to_paragraphs_across_pages_without_heads_and_numbers() {
    let page = |number: usize, lines: &[&str]| {
        let head = draw(250.0, 800.0, 9.0, "会议文件（6）");
        let foot = draw(290.0, 40.0, 9.0, &format!("— {number} —"));
        let body: String = lines
            .iter()
            .zip(0_u8..)
            .map(|(line, row)| draw(72.0, 740.0 - 20.0 * f64::from(row), 12.0, line))
            .collect();
        head + &body + &foot
    };
    let file = pdf(
        &[
            &page(1, &[LINE, LINE, "新增企业36家。", LINE]),
            &page(2, &["增长8.1%。", LINE, LINE]),
            &page(3, &["达到3亿元。"]),
        ],
        &[],
    );
    let expected = [
        format!("{LINE}{LINE}新增企业36家。"),
        format!("{LINE}增长8.1%。"),
        format!("{LINE}{LINE}达到3亿元。"),
    ];
    assert_eq!(lines(&file, "a.pdf"), expected);
    let origins: Vec<Origin> = read(&file, "a.pdf")
        .unwrap()
        .segments
        .iter()
        .map(|segment| segment.origin)
        .collect();
    assert_eq!(origins, [Origin::Page(1), Origin::Page(1), Origin::Page(2)]);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let short = "全年完成地方财政收入和工业总产值";
    let column = |x: f64, last: &str| -> String {
        let rows = (0..6_u8).map(|row| draw(x, 700.0 - 20.0 * f64::from(row), 12.0, short));
        rows.chain([draw(x, 580.0, 12.0, last)]).collect()
    };
    // Drawn right column first: the order of drawing says nothing.
    let content = column(320.0, "右栏完。") + &column(72.0, "左栏完。") + &draw(220.0, 740.0, 18.0, "政府工作报告");
    assert_eq!(
        lines(&pdf(&[&content], &[]), "a.pdf"),
        [
            "政府工作报告".to_owned(),
            format!("{}左栏完。", short.repeat(6)),
            format!("{}右栏完。", short.repeat(6))
        ]
    );
}

#[test]
fn notes_at_the_foot_go_to_their_marks() {
    let content = draw(72.0, 700.0, 12.0, LINE)
        + &draw(72.0, 680.0, 12.0, "企业2家")
        + &draw(120.0, 685.0, 7.0, "1")
        + &draw(124.0, 680.0, 12.0, "、园区3个。")
        + &draw(72.0, 660.0, 12.0, LINE)
        + &draw(72.0, 110.0, 6.0, "1")
        + &draw(78.0, 106.0, 10.0, "甲公司、乙公司入选。");
    assert_eq!(
        lines(&pdf(&[&content], &[]), "a.pdf"),
        [
            format!("{LINE}企业2家¹、园区3个。"),
            "¹ 甲公司、乙公司入选。".to_owned(),
            LINE.to_owned()
        ]
    );
}

#[test]
fn a_scanned_page_is_named() {
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q";
    let error = read(&pdf(&[&draw(72.0, 700.0, 12.0, LINE), picture], &[]), "a.pdf").unwrap_err();
    assert_eq!(
        error,
        ReadError::ScannedPage {
            name: "a.pdf".into(),
            page: 2
        }
    );
    assert_eq!(
        error.to_string(),
        "a.pdf: page 2 is a scan without text: run OCR on it first"
    );
}
