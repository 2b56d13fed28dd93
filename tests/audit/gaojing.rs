//! The audit of a real report, from its text to the findings.

use gongkai::audit::{AuditReport, Input, ReportRows, audit};
use gongkai::document::Known;
use gongkai::fact::{Extraction, Origin, Severity, extract};
use gongkai::normalise::normalise;
use gongkai::read::{Limits, read};

fn extraction() -> Extraction {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/pipelines/gaojing-2024/gaojing-2024.txt");
    let bytes = std::fs::read(path).expect("the report that the project carries");
    let reading = read(&bytes, "gaojing-2024.txt", &Limits::default()).expect("a text");
    let origin = Origin {
        report_id: "gaojing-2024".to_owned(),
        ..Origin::default()
    };
    let mut extraction = extract(&reading, &origin, &Known::default());
    normalise(&mut extraction);
    extraction
}

fn audited() -> AuditReport {
    let extraction = extraction();
    audit(&Input {
        reports: &[ReportRows::from(&extraction)],
        acknowledgements: &[],
    })
}

/// What a check said, one line each: `+` for what agrees.
fn said(report: &AuditReport, check: &str) -> Vec<String> {
    let applied = report.applied.iter().filter(|it| it.check == check);
    applied
        .map(|it| format!("{} {}", if it.finding_id.is_none() { '+' } else { '-' }, it.message.zh))
        .collect()
}

fn contains(lines: &[String], words: &[&str]) -> bool {
    lines.iter().any(|line| words.iter().all(|word| line.contains(word)))
}

#[test]
fn the_revenue_target_hangs_on_the_reading_of_its_rate() {
    let report = audited();
    let finding = report
        .findings
        .iter()
        .find(|it| it.check == "target_growth")
        .expect("a finding");
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.stated.as_deref(), Some("8.83亿元"));
    assert_eq!(finding.computed.as_deref(), Some("8.87亿元"));
    assert!(
        finding.message.contains("8.37 × (1 + 6%) = 8.8722") && finding.message.contains("5.5%"),
        "{}",
        finding.message
    );
}

#[test]
fn the_other_targets_are_listed_as_checked() {
    let lines = said(&audited(), "target_growth");
    assert_eq!(lines.len(), 4, "{lines:#?}");
    for (sum, target) in [
        ("263.35 × (1 + 8%) = 284.418", "284.42"),
        ("442 × (1 + 5%) = 464.1", "464.10"),
        ("10.6 × (1 + 5%) = 11.13", "11.13"),
    ] {
        assert!(contains(&lines, &["+ ", sum, target]), "{sum}: {lines:#?}");
    }
}

#[test]
fn the_eight_stops_are_eight_only_if_two_halls_count_as_two() {
    let lines = said(&audited(), "members");
    assert!(
        contains(&lines, &["- ", "党群服务中心A、B馆", "8 个", "7 个"]),
        "{lines:#?}"
    );
    assert!(contains(&lines, &["+ ", "睿扬", "宽德", "2家"]), "{lines:#?}");
    assert!(
        contains(&lines, &["+ ", "长江软件园、财景科技园、复旦软件园"]),
        "{lines:#?}"
    );
    assert!(
        contains(&lines, &["+ ", "恒盛豪庭、逸景佳苑、泰禾红御、高境五村、逸仙一村五居"]),
        "{lines:#?}"
    );
}

#[test]
fn nothing_else_is_found_but_a_second_note_two_and_next_year_in_a_report_of_this_year() {
    let report = audited();
    let checks: Vec<&str> = report.findings.iter().map(|it| it.check.as_str()).collect();
    assert_eq!(checks, ["target_growth", "members", "numbering", "planned_year"]);
    assert!(!report.has_errors());
    assert!(contains(&said(&report, "numbering"), &["- ", "注 7", "注 2"]));
    assert!(contains(&said(&report, "planned_year"), &["- ", "明年", "2025"]));
    assert!(contains(&said(&report, "announced"), &["+ ", "五方面"]));
    assert!(contains(&said(&report, "dates"), &["+ ", "1949 + 75 = 2024"]));
}

#[test]
fn every_numeral_is_in_the_coverage() {
    let (report, extraction) = (audited(), extraction());
    let coverage = &report.coverage[0];
    assert_eq!(coverage.numerals, extraction.numerals.len());
    assert_eq!(coverage.kinds.values().sum::<usize>(), coverage.numerals);
    assert_eq!(coverage.kinds["quantity"], extraction.observations.len());
}
