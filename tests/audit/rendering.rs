//! The audit for people and for machines.

use gongkai::audit::render::{self, Style};
use gongkai::audit::{Acknowledgement, CHECKS, Input, ReportRows, audit};

use crate::fixture::{audited, report};

const TEXT: &str = "去年财政收入{8.37|亿元|财政收入}，满意率{99|%|办理满意率|ratio}。\n\
                    二、今年财政收入增长{6|%|财政收入|growth_rate|target|2024}，达到{8.83|亿元|财政收入|level|target|2024}。";

fn rendered(style: Style, acknowledgements: &[Acknowledgement]) -> String {
    let extraction = report(TEXT);
    let rows = [ReportRows::from(&extraction)];
    let input = Input {
        reports: &rows,
        acknowledgements,
    };
    render::text(&audit(&input), &input, style)
}

#[test]
fn a_finding_shows_its_sentences_with_the_numbers_underlined() {
    let text = rendered(Style::default(), &[]);
    let lines: Vec<&str> = text.lines().collect();
    let level = lines
        .iter()
        .position(|line| line.contains("达到8.83亿元"))
        .expect("the sentence");
    // A Chinese character is two columns wide, and 8.83 stands under its own underline.
    let width = |text: &str| {
        text.chars()
            .map(|it| {
                if it.is_ascii() || "│ ┬━".contains(it) {
                    1
                } else {
                    2
                }
            })
            .sum::<usize>()
    };
    let before = lines[level].split("8.83").next().expect("text before");
    let underline = lines[level + 1].find('━').expect("an underline");
    assert_eq!(width(before), lines[level + 1][..underline].chars().count(), "{text}");
    assert!(text.contains("test-2024:1:"), "{text}");
    assert!(text.contains("8.37 × (1 + 6%) = 8.8722"), "{text}");
    assert!(text.contains("warning[target_growth]"), "{text}");
    assert!(text.contains("errors: 0, warnings: 1, notes: 0"), "{text}");
}

#[test]
fn the_tally_lists_checks_that_passed() {
    let text = rendered(Style::default(), &[]);
    let line = text
        .lines()
        .find(|line| line.starts_with("rate_bounds"))
        .expect("a line for the check");
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["rate_bounds", "1", "checked", "1", "agree", "0", "do", "not"]
    );
    let passed = render::passed(&audited(TEXT));
    assert_eq!(passed.lines().count(), 2); // and no text is repeated
    assert!(passed.contains("办理满意率：99% 在 0–100% 之内"), "{passed}");
}

#[test]
fn computations_that_agree_are_listed() {
    let extraction = report(&TEXT.replace("8.83", "8.87"));
    let rows = [ReportRows::from(&extraction)];
    let input = Input {
        reports: &rows,
        acknowledgements: &[],
    };
    let text = render::text(&audit(&input), &input, Style::default());
    assert!(
        text.starts_with("agrees[target_growth] test-2024: 财政收入：8.37 × (1 + 6%) = 8.8722，与目标 8.87亿元 相符。"),
        "{text}"
    );
    // One number within its bounds is no computation.
    assert!(!text.contains("agrees[rate_bounds]"), "{text}");
}

#[test]
fn an_acknowledgement_is_shown_with_its_reason() {
    let finding = audited(TEXT).findings[0].finding_id.clone();
    let text = rendered(
        Style::default(),
        &[Acknowledgement {
            finding,
            reason: "the office rounds (twice)".to_owned(),
        }],
    );
    assert!(text.contains("info[target_growth]"), "{text}");
    assert!(text.contains("acknowledged: the office rounds (twice)\n"), "{text}");
}

#[test]
fn an_acknowledgement_stands_in_both_languages() {
    let extraction = report(TEXT);
    let rows = [ReportRows::from(&extraction)];
    let acknowledgements = [Acknowledgement {
        finding: audited(TEXT).findings[0].finding_id.clone(),
        reason: "四舍五入".to_owned(),
    }];
    let input = Input {
        reports: &rows,
        acknowledgements: &acknowledgements,
    };
    let message = audit(&input).findings[0].message.clone();
    let (zh, en) = message.split_once(" / ").unwrap();
    assert!(zh.ends_with("（四舍五入）") && en.ends_with(" (四舍五入)"), "{message}");
}

#[test]
fn colours_only_when_asked_for() {
    assert!(!rendered(Style::default(), &[]).contains('\u{1b}'));
    assert!(
        rendered(
            Style {
                colour: true,
                ..Style::default()
            },
            &[]
        )
        .contains('\u{1b}')
    );
}

#[test]
fn json_holds_the_tally_the_findings_and_what_passed() {
    let json: serde_json::Value = serde_json::from_str(&audited(TEXT).to_json().expect("json")).expect("json");
    assert_eq!(json["findings"][0]["check"], "target_growth");
    assert_eq!(json["applied"].as_array().map(Vec::len), Some(3));
    assert_eq!(json["applied"][0]["citations"][2]["role"]["en"], "target level");
    assert_eq!(json["checks"].as_array().map(Vec::len), Some(CHECKS.len()));
    assert_eq!(json["coverage"][0]["numerals"], 4);
}

#[test]
fn every_check_is_listed_with_its_page() {
    let text = render::checks();
    for check in CHECKS {
        assert!(
            text.contains(check.name) && text.contains(check.title_zh),
            "{}",
            check.name
        );
    }
}
