//! Many reports side by side: place × period × indicator × measure × status.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::place;
use crate::fact::{Comparison, Extraction, Measure, Modifier, Observation, Report, Status};

/// One cell of the panel: one row of `panel`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PanelRow {
    /// Full name of the place if it has a division code, else as the report has it.
    pub place: String,
    pub place_code: Option<String>,
    pub period: String,
    pub period_start: Option<Date>,
    pub period_end: Option<Date>,
    pub indicator_code: String,
    pub measure: Measure,
    pub status: Status,
    pub comparison: Option<Comparison>,
    /// As written and in `unit`, like the observation's.
    pub value: Decimal,
    pub value_max: Option<Decimal>,
    pub unit: String,
    pub unit_code: Option<String>,
    pub value_base: Option<Decimal>,
    pub modifier: Modifier,
    pub report_id: String,
    /// The observation behind the cell.
    pub observation_id: String,
}

/// The cells of any number of reports, which are added one by one.
#[derive(Debug, Default)]
pub struct Panel(BTreeMap<Cell, (Rank, PanelRow)>);

impl Panel {
    /// Adds the observations of a report.
    pub fn add(&mut self, extraction: &Extraction) {
        let report = &extraction.report;
        for observation in &extraction.observations {
            let Some(cell) = cell(report, observation) else {
                continue;
            };
            let rank = rank(report, observation);
            if self.0.get(&cell).is_none_or(|(held, _)| rank < *held) {
                let row = row(&cell, observation);
                self.0.insert(cell, (rank, row));
            }
        }
    }

    /// Adds the cells of other reports.
    pub fn merge(&mut self, other: Self) {
        for (cell, candidate) in other.0 {
            if self.0.get(&cell).is_none_or(|(held, _)| candidate.0 < *held) {
                self.0.insert(cell, candidate);
            }
        }
    }

    /// One row a cell, in the order of place code, place, period, indicator code, measure and status.
    #[must_use]
    pub fn into_rows(self) -> Vec<PanelRow> {
        self.0.into_values().map(|(_, row)| row).collect()
    }
}

/// What identifies a cell, in the order of the rows: place code, place, period, indicator code, measure, status.
type Cell = (Option<String>, String, String, String, Measure, Status);

/// The rank of an observation among those of its cell, by what [`panel`] says; the least is taken.
type Rank = (bool, u8, bool, bool, Reverse<Option<i32>>, String, i64);

/// The cells of all observations that have an indicator code and a period, in the order of place code, place, period,
/// indicator code, measure and status.
///
/// Where several observations fall into one cell, one of them is taken whole; values are never averaged or merged. The first of these
/// that tells them apart decides:
///
/// 1. the report that reviews the period (for a target: that plans it) before other reports;
/// 2. a comparison with the year before, then an unnamed one, then an annual average, then another base;
/// 3. the body before footnotes;
/// 4. an exact value before a hedged one, unless it is a target, whose hedge is part of the goal;
/// 5. a later report before an earlier one, as later figures are revised ones;
/// 6. what stands earlier in the report.
#[must_use]
pub fn panel<'a>(extractions: impl IntoIterator<Item = &'a Extraction>) -> Vec<PanelRow> {
    let mut panel = Panel::default();
    for extraction in extractions {
        panel.add(extraction);
    }
    panel.into_rows()
}

/// The cell that an observation falls into.
fn cell(report: &Report, observation: &Observation) -> Option<Cell> {
    let (name, code) = match &observation.place {
        Some(place) => (place, &observation.place_code),
        None => (report.place.as_ref()?, &report.place_code),
    };
    let known = code.as_deref().and_then(place::by_code);
    Some((
        code.clone(),
        known.map_or_else(|| name.clone(), place::full_name),
        observation.period.clone()?,
        observation.indicator_code.clone()?,
        observation.measure,
        observation.status,
    ))
}

fn rank(report: &Report, observation: &Observation) -> Rank {
    let own_year = match observation.status {
        Status::Target => report.planned_year,
        Status::Actual | Status::Estimate => report.reviewed_year,
    };
    let from_own_report = own_year.is_some_and(|year| observation.period.as_deref() == Some(&year.to_string()));
    let comparison = match observation.comparison {
        None | Some(Comparison::YearOnYear) => 0,
        Some(Comparison::Unspecified) => 1,
        Some(Comparison::AnnualAverage) => 2,
        Some(Comparison::Since) => 3,
    };
    let hedged = observation.modifier != Modifier::Exact && observation.status != Status::Target;
    (
        !from_own_report,
        comparison,
        observation.footnote_no.is_some(),
        hedged,
        Reverse(report.reviewed_year),
        report.report_id.clone(),
        observation.source_start,
    )
}

/// The row of a cell.
fn row(cell: &Cell, observation: &Observation) -> PanelRow {
    let (place_code, place, period, indicator_code, measure, status) = cell.clone();
    PanelRow {
        place,
        place_code,
        period,
        period_start: observation.period_start,
        period_end: observation.period_end,
        indicator_code,
        measure,
        status,
        comparison: observation.comparison,
        value: observation.value,
        value_max: observation.value_max,
        unit: observation.unit.clone(),
        unit_code: observation.unit_code.clone(),
        value_base: observation.value_base,
        modifier: observation.modifier,
        report_id: observation.report_id.clone(),
        observation_id: observation.observation_id.clone(),
    }
}
