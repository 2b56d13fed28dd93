//! The closing summary of a run, for people.

use std::fmt::Write;

use crate::fact::Severity;
use crate::pipeline::Summary;

/// How many unmatched indicators are listed unless all are asked for.
const SHOWN: usize = 10;

/// The summary as lines of text.
#[must_use]
pub fn text(name: &str, summary: &Summary, all: bool) -> String {
    let mut text = format!(
        "{name}: {} from {}\n",
        summary.folder.display(),
        count(summary.reports, "report")
    );
    let mut line = |line: String| {
        text.push_str("  ");
        text.push_str(&line);
        text.push('\n');
    };
    let kinds: Vec<_> = summary.numerals.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    let numerals: usize = summary.numerals.iter().map(|(_, n)| n).sum();
    line(format!(
        "{} accounted for: {}",
        count(numerals, "numeral"),
        kinds.join(", ")
    ));
    line(format!(
        "{}, {} with an indicator of the code list",
        count(summary.observations, "observation"),
        summary.matched
    ));
    if !summary.findings.is_empty() {
        let found: Vec<_> = summary
            .findings
            .iter()
            .map(|(severity, n)| match severity {
                Severity::Info => count(*n, "note"),
                severity => count(*n, severity.as_str()),
            })
            .collect();
        line(format!("audit: {}", found.join(", ")));
    }
    let tables: Vec<_> = summary
        .tables
        .iter()
        .map(|(table, rows)| format!("{table} {rows}"))
        .collect();
    line(format!("tables (rows): {}", tables.join(", ")));
    if !summary.unmatched.is_empty() {
        let shown = if all { summary.unmatched.len() } else { SHOWN };
        let mut unmatched = String::new();
        for (indicator, n) in summary.unmatched.iter().take(shown) {
            let _ = write!(unmatched, "{indicator}");
            if *n > 1 {
                let _ = write!(unmatched, " ×{n}");
            }
            unmatched.push_str(", ");
        }
        let more = summary.unmatched.len().saturating_sub(shown);
        let end = if more > 0 {
            format!("and {more} more (-v lists all)")
        } else {
            String::new()
        };
        line(format!(
            "indicators not in the code list: {}",
            format!("{unmatched}{end}").trim_end_matches(", ")
        ));
    }
    for note in &summary.notes {
        line(format!("note: {note}"));
    }
    for failure in &summary.failures {
        line(format!("left out: {failure}"));
    }
    text.trim_end().to_owned()
}

/// `1 report`, `2 reports`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}
