//! The invariants of the fuzz targets, on generated input.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fact;
use crate::invariants::check_extraction;
use crate::support::{draw, pdf, read, word};
use gongkai::document::Known;

/// Text as reports have it: numerals, units, punctuation, marks after words, line ends, and anything else.
fn report() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,40}(\\.[0-9]{1,2})?",
        4 => "[一二三四五六七八九十百千万亿零〇两半]{1,40}",
        4 => prop::sample::select(vec![
            "亿元", "%", "个百分点", "家", "万人次", "增长", "下降", "同比", "达到", "由", "增加到", "和", "、", "，", "。",
            "；", "：", "（", "）", "“", "”", "\n", "\n\n", " ", "**", "年", "月", "日", "第", "位", "倍", "翻番", "以上", "左右",
            "超", "近", "地方财政收入", "一、", "（一）", "2023年", "2021—2025年", "预计", "家¹", "家²", "分之", "３", "-", "~", "+N", "，其中",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,4}",
        1 => "[0-9¹²³a-z]{2,4}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(bytes: &[u8], name: &str) {
    if let Ok(reading) = read(bytes, name) {
        check_extraction(&fact::extract(&reading, &fact::Origin::default(), &Known::default()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_report_as_text(report in report()) {
        check(report.as_bytes(), "report.txt");
    }

    #[test]
    fn any_report_as_markdown(report in report()) {
        check(report.as_bytes(), "report.md");
    }

    #[test]
    fn any_report_as_html(report in report(), tags in prop::collection::vec("</?(p|div|table|tr|td|sup|a|b|ol|li|br)>", 0..20)) {
        let page: String = std::iter::once("<html>".to_owned())
            .chain(tags.into_iter().zip(report.split('，')).flat_map(|(tag, part)| [tag, part.to_owned()]))
            .collect();
        check(page.as_bytes(), "report.html");
    }

    #[test]
    fn any_report_as_docx(report in report()) {
        let paragraph = |line: &str| {
            let line: String = line.chars().filter(|character| !"<&>".contains(*character)).collect();
            format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")
        };
        check(&word(&report.lines().map(paragraph).collect::<String>(), "", "", ""), "report.docx");
    }

    #[test]
    fn any_report_as_pdf(lines in prop::collection::vec((0..500_i16, 0..800_i16, 4..20_i16, report()), 0..12)) {
        let content: String = lines
            .iter()
            .map(|(x, y, size, line)| draw(f64::from(*x), f64::from(*y), f64::from(*size), &line.replace('\n', "")))
            .collect();
        let _ = read(&pdf(&[&content, &content], &[]), "report.pdf");
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), magic in prop::sample::select(vec![&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xFF\xFE"])) {
        check(&[magic, &bytes].concat(), "report");
    }
}
