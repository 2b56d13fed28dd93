//! The checks. Each is one module: a page that explains it (its `.md` file, also shown by `pipeline audit --checks`)
//! and one function that looks through a panel and says of everything it applied to whether it agrees.

mod announced;
mod compound;
mod dates;
mod deficit_ratio;
mod doubling;
mod from_to;
mod growth_between;
mod hedges;
mod level_growth;
mod members;
mod missing_unit;
mod numbering;
mod numeral_form;
mod parts;
mod percentage_points;
mod planned_year;
mod rate_bounds;
mod reached;
mod repeated_text;
mod restated_change;
mod revised_base;
mod share;
mod shares_sum;
mod slogan_parts;
mod stated_twice;
mod target_growth;
mod transition;
mod year_within;

use rust_decimal::Decimal;
use serde::Serialize;

use super::interval::Interval;
use super::message::Message;
use super::panel::{Claim, Panel, Place};
use super::printed::rounded;
use super::unit::Unit;
use super::view::{Quantity, ReportView};
use crate::fact::Severity;

/// One check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Name in the `check` column, such as `target_growth`.
    pub name: &'static str,
    /// One line for people.
    pub title_zh: &'static str,
    pub title_en: &'static str,
    /// What it does, why, its tolerance, and examples, in Markdown.
    pub explanation: &'static str,
    run: Run,
}

/// What a check looks at, and how.
#[derive(Debug, Clone, Copy)]
enum Run {
    /// Each report by itself.
    Report(fn(&ReportView<'_>, &mut Vec<Verdict>)),
    /// The reports of one place together, by the levels that each states.
    Place(fn(&Panel<'_>, &mut Vec<Verdict>)),
    /// Each report by itself, and then, together with the others of its place, what it claims against a level that they may give.
    Claims {
        report: fn(&ReportView<'_>, &mut Vec<Verdict>) -> Vec<Claim>,
        place: fn(&Panel<'_>, &mut Vec<Verdict>),
    },
}

impl Check {
    /// What it says of one report, and the claims that it leaves until the others of the place are known.
    pub(super) fn examine(&self, report: &ReportView<'_>) -> (Vec<Verdict>, Vec<Claim>) {
        let mut verdicts = Vec::new();
        let claims = match self.run {
            Run::Report(run) => {
                run(report, &mut verdicts);
                Vec::new()
            }
            Run::Place(_) => Vec::new(),
            Run::Claims { report: run, .. } => run(report, &mut verdicts),
        };
        (verdicts, claims)
    }

    /// What it says of the reports of one place together.
    pub(super) fn compare(&self, panel: &Panel<'_>) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        match self.run {
            Run::Report(_) => {}
            Run::Place(run) | Run::Claims { place: run, .. } => run(panel, &mut verdicts),
        }
        verdicts
    }
}

/// Every check, in the order in which they run and are listed.
pub const CHECKS: &[Check] = &[
    target_growth::CHECK,
    level_growth::CHECK,
    from_to::CHECK,
    doubling::CHECK,
    percentage_points::CHECK,
    parts::CHECK,
    reached::CHECK,
    restated_change::CHECK,
    growth_between::CHECK,
    share::CHECK,
    deficit_ratio::CHECK,
    shares_sum::CHECK,
    members::CHECK,
    slogan_parts::CHECK,
    announced::CHECK,
    numbering::CHECK,
    stated_twice::CHECK,
    year_within::CHECK,
    rate_bounds::CHECK,
    revised_base::CHECK,
    dates::CHECK,
    planned_year::CHECK,
    numeral_form::CHECK,
    missing_unit::CHECK,
    hedges::CHECK,
    repeated_text::CHECK,
];

/// What a check says of one thing that it applied to.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub check: &'static str,
    /// The numbers it rests on, the judged one last.
    pub citations: Vec<Citation>,
    /// The arithmetic, spelled out.
    pub message: Message,
    /// `None` when the numbers agree.
    pub severity: Option<Severity>,
    /// The judged number as printed.
    pub stated: Option<String>,
    /// What it should be by the others.
    pub computed: Option<String>,
    pub difference: Option<String>,
}

/// One place of a source text that a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    pub report_id: String,
    /// `None` for a numeral that is no observation (a slogan's number, a date).
    pub observation_id: Option<String>,
    /// Offsets of the source text, in characters.
    pub start: usize,
    pub end: usize,
    /// What the number is in the computation.
    pub role: Message,
}

impl Citation {
    fn of(quantity: &Quantity<'_>, zh: &str, en: &str) -> Self {
        Self {
            report_id: quantity.row.report_id.clone(),
            observation_id: Some(quantity.row.observation_id.clone()),
            start: quantity.start,
            end: quantity.end,
            role: Message::new(zh, en),
        }
    }

    fn at(report_id: &str, place: Place, zh: &str, en: &str) -> Self {
        Self {
            report_id: report_id.to_owned(),
            observation_id: None,
            start: place.start,
            end: place.end,
            role: Message::new(zh, en),
        }
    }
}

impl Verdict {
    /// The numbers agree.
    fn passed(check: &Check, citations: Vec<Citation>, message: Message) -> Self {
        Self {
            check: check.name,
            citations,
            message,
            severity: None,
            stated: None,
            computed: None,
            difference: None,
        }
    }

    /// The numbers disagree.
    fn found(check: &Check, severity: Severity, citations: Vec<Citation>, message: Message) -> Self {
        Self {
            severity: Some(severity),
            ..Self::passed(check, citations, message)
        }
    }

    /// With the judged number, what it should be, and how far the two are apart.
    fn with_numbers(
        mut self,
        stated: impl Into<String>,
        computed: impl Into<String>,
        difference: impl Into<String>,
    ) -> Self {
        (self.stated, self.computed, self.difference) =
            (Some(stated.into()), Some(computed.into()), Some(difference.into()));
        self
    }
}

/// What a difference of two levels is multiplied by to be in a change's unit: percentages differ by percentage points.
fn change_factor(level: &Unit, change: &Unit) -> Option<Decimal> {
    if change.is_point() && level.is_percent() {
        Some(Decimal::ONE)
    } else {
        level.factor_to(change)
    }
}

/// What other numbers say a number should be.
struct Computation<'q, 'a> {
    /// The number that is judged.
    judged: &'q Quantity<'a>,
    /// What it is a number of, for people.
    name: &'q str,
    /// The arithmetic as written: `8.37 × (1 + 6%) = 8.8722`.
    sum: String,
    /// Its result, in the judged number's unit.
    value: Decimal,
    /// All that the result may be, as the printing of its terms leaves open.
    interval: Interval,
}

impl Computation<'_, '_> {
    /// The result is what is stated.
    fn agrees(&self, check: &Check, citations: Vec<Citation>) -> Verdict {
        let (name, sum, stated) = (self.name, &self.sum, self.judged.shown());
        let message = Message::new(
            format!("{name}：{sum}，与 {stated} 相符。"),
            format!("{name}: {sum}, which agrees with {stated}."),
        );
        Verdict::passed(check, citations, message)
    }

    /// The result is not what is stated; `remark` says what may explain it.
    fn differs(&self, check: &Check, severity: Severity, citations: Vec<Citation>, remark: &Message) -> Verdict {
        let (name, sum, interval, stated) = (self.name, &self.sum, self.interval, self.judged.shown());
        let english = format!("{name}: {sum} ({interval}), not {stated}. {}", remark.en);
        let message = Message::new(
            format!("{name}：{sum}（{interval}），不是 {stated}。{}", remark.zh),
            english.trim_end(),
        );
        let (place, unit) = (self.judged.last_place(), &self.judged.row.unit);
        let difference = self
            .judged
            .row
            .value
            .checked_sub(self.value)
            .map(|it| format!("{}{unit}", rounded(it, place)));
        Verdict::found(check, severity, citations, message).with_numbers(
            stated,
            format!("{}{unit}", rounded(self.value, place)),
            difference.unwrap_or_default(),
        )
    }
}
