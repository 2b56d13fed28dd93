//! One report through the checks, and what is kept of it for those that compare reports.

use sha2::{Digest, Sha256};

use super::check::{CHECKS, Citation, Verdict};
use super::input::ReportRows;
use super::panel::Record;
use super::view::ReportView;

/// What the checks say of one report, and what of its rows they need to compare it with others. It borrows nothing: the rows may go.
#[derive(Debug)]
pub struct Examined {
    pub(super) record: Record,
    /// By check (its position in [`CHECKS`]), and in the order of the text.
    pub(super) verdicts: Vec<(usize, Judged)>,
}

/// A verdict, and the identifier of the finding that it may be.
#[derive(Debug)]
pub struct Judged {
    pub verdict: Verdict,
    pub id: String,
}

impl Examined {
    /// Runs every check over one report.
    #[must_use]
    pub fn of(rows: ReportRows<'_>) -> Self {
        let view = ReportView::new(rows);
        let mut judged = Vec::new();
        let mut open = Vec::new();
        for (position, check) in CHECKS.iter().enumerate() {
            let (verdicts, claims) = check.examine(&view);
            judged.extend(verdicts.into_iter().map(|verdict| {
                let id = finding_id(&verdict, |citation| view.text(citation.start..citation.end));
                (position, Judged { verdict, id })
            }));
            open.extend(claims.into_iter().map(|claim| (check.name, claim)));
        }
        Self {
            record: Record::of(&view, open),
            verdicts: judged,
        }
    }

    /// Without what agrees, for who wants the findings only.
    #[must_use]
    pub fn findings_only(mut self) -> Self {
        self.verdicts.retain(|(_, judged)| judged.verdict.severity.is_some());
        self
    }
}

/// Observations that a verdict cites, in its order.
pub fn observation_ids(verdict: &Verdict) -> Vec<String> {
    let citations = verdict.citations.iter();
    citations.filter_map(|it| it.observation_id.clone()).collect()
}

/// Identifies a finding by its check and what it cites: observations by their identifiers, other places by their `text`. So it does not
/// change when another part of the report does. Empty for a verdict that is no finding.
pub fn finding_id(verdict: &Verdict, text: impl Fn(&Citation) -> String) -> String {
    const BYTES: usize = 6;
    if verdict.severity.is_none() {
        return String::new();
    }
    let mut hash = Sha256::new();
    hash.update(verdict.check);
    for citation in &verdict.citations {
        hash.update(b"\0");
        hash.update(&citation.report_id);
        hash.update(b"\0");
        match &citation.observation_id {
            Some(id) => hash.update(id),
            None => hash.update(text(citation)),
        }
    }
    let digest = hash.finalize();
    let bytes = digest.iter().take(BYTES);
    bytes.fold(String::new(), |id, byte| id + &format!("{byte:02x}"))
}
