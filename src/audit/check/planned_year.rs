#![doc = include_str!("planned_year.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::ReportView;
use crate::fact::{Part, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "planned_year",
    title_zh: "“今年”“明年”与计划年度一致",
    title_en: "今年 and 明年 agree with the planned year",
    explanation: include_str!("planned_year.md"),
    run: Run::Report(run),
};

/// Words for a year, and how many years after the delivery it lies.
const RELATIVE: [([char; 2], i32); 2] = [(['今', '年'], 0), (['明', '年'], 1)];

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let row = report.rows.report;
    let (Some(delivered), Some(planned)) = (row.delivered_on, row.planned_year) else {
        return;
    };
    for section in report
        .rows
        .sections
        .iter()
        .filter(|it| it.part == Part::Plan && it.depth <= 1)
    {
        let (Ok(start), Ok(end)) = (
            usize::try_from(section.source_start),
            usize::try_from(section.source_end),
        ) else {
            continue;
        };
        for at in start..end.min(report.chars().len()) {
            verdicts.extend(judge(report, at, i32::from(delivered.year()), planned));
        }
    }
}

/// Looks at the character `at`: if a sentence that sets the plan begins there with a word for a year, checks the year.
fn judge(report: &ReportView<'_>, at: usize, delivered: i32, planned: i32) -> Option<Verdict> {
    let rest = &report.chars()[at..];
    let (word, later) = RELATIVE.iter().find(|(word, _)| rest.starts_with(word))?;
    if report.sentence_start(at) != at {
        return None;
    }
    let word: String = word.iter().collect();
    let end = report.sentence_end(at);
    let clause = report.words(at..end);
    let clause = clause.split(['，', '：', '。']).next().unwrap_or_default();
    if !mentions(clause, List::Plan, "") {
        return None;
    }
    let means = delivered + later;
    let citations = vec![Citation::at(
        &report.rows.report.report_id,
        Place { start: at, end: at + 2 },
        "年份",
        "year",
    )];
    let sum = Message::new(
        format!("报告作于 {delivered} 年，“{word}”即 {means} 年"),
        format!("the report was delivered in {delivered}, so that {word} is {means}"),
    );
    if means == planned {
        let message = Message::new(
            format!("“{clause}”：{}，与计划年度相符。", sum.zh),
            format!("“{clause}”: {}, the planned year.", sum.en),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("“{clause}”：{}，而计划年度是 {planned} 年。", sum.zh),
        format!("“{clause}”: {}, while the planned year is {planned}.", sum.en),
    );
    Some(
        Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
            word,
            planned.to_string(),
            (means - planned).to_string(),
        ),
    )
}
