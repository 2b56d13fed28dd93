//! What reports leave for each other, and the reports of one place, by year.

use std::collections::HashMap;
use std::hash::Hash;

use super::check::Check;
use super::input::ReportRows;
use super::view::{Quantity, ReportView};
use crate::fact::{Level, Measure, Observation, Report, Status};

/// A range of offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

/// What is kept of a report for the checks that go beyond it.
#[derive(Debug)]
pub struct Record {
    place: Option<String>,
    place_code: Option<String>,
    level: Option<Level>,
    pub reviewed_year: Option<i32>,
    planned_year: Option<i32>,
    /// What it says that things came to in one year, by offset.
    levels: Box<[Observation]>,
    /// By check, and in the order in which that made them.
    claims: Vec<(&'static str, Claim)>,
}

/// A statement that can be judged by the level of its base year, which its own report or another one of the place may give.
#[derive(Debug)]
pub struct Claim {
    /// The growth rate, change or multiple.
    pub growth: Observation,
    /// The level that it leads to.
    pub level: Observation,
    pub base_year: i32,
    /// The level of the base year, where its own report gives it.
    pub base: Option<Observation>,
    /// The words before the growth.
    pub lead: String,
}

/// What a check takes of a claim.
#[derive(Debug)]
pub struct Claimed<'a> {
    pub growth: Quantity<'a>,
    pub level: Quantity<'a>,
    pub base_year: i32,
    pub base: Option<Quantity<'a>>,
    pub lead: &'a str,
}

impl Record {
    /// Takes of a report what others may need.
    #[must_use]
    pub fn of(view: &ReportView<'_>, claims: Vec<(&'static str, Claim)>) -> Self {
        let ReportRows { report, .. } = view.rows;
        let Report { place, place_code, .. } = report.clone();
        let levels = view.quantities.iter().filter(|it| is_result(it));
        Self {
            place,
            place_code,
            level: report.level,
            reviewed_year: report.reviewed_year,
            planned_year: report.planned_year,
            levels: levels.map(|it| without_text(it.row)).collect(),
            claims,
        }
    }
}

/// A row without the text around it, which is most of it: that is not asked of a level.
fn without_text(row: &Observation) -> Observation {
    Observation {
        section_id: String::new(),
        sentence: String::new(),
        rule: String::new(),
        ..row.clone()
    }
}

/// Whether a quantity is the level of one year that has passed.
fn is_result(quantity: &Quantity<'_>) -> bool {
    matches!(quantity.row.measure, Measure::Level | Measure::Ratio)
        && quantity.row.status != Status::Target
        && quantity.year().is_some()
}

/// The reports of one place, the earliest first. A report whose place is not known is a panel of its own.
#[derive(Debug)]
pub struct Panel<'a> {
    pub reports: Vec<PanelReport<'a>>,
}

/// One report of a panel.
#[derive(Debug)]
pub struct PanelReport<'a> {
    pub record: &'a Record,
    /// What it says that things came to in one year, by offset.
    pub levels: Vec<Quantity<'a>>,
}

impl<'a> Panel<'a> {
    /// Prepares the reports of one place.
    #[must_use]
    pub fn of(records: &[&'a Record]) -> Self {
        let report = |record: &&'a Record| PanelReport {
            record,
            levels: record.levels.iter().filter_map(Quantity::of).collect(),
        };
        Self {
            reports: records.iter().map(report).collect(),
        }
    }
}

impl<'a> PanelReport<'a> {
    /// What the report left for a check to judge.
    pub fn claims(&self, check: &Check) -> impl Iterator<Item = Claimed<'a>> + use<'a> {
        let (record, name) = (self.record, check.name);
        let claims = record.claims.iter().filter(move |(check, _)| *check == name);
        claims.filter_map(|(_, claim)| {
            Some(Claimed {
                growth: Quantity::of(&claim.growth)?,
                level: Quantity::of(&claim.level)?,
                base_year: claim.base_year,
                base: claim.base.as_ref().and_then(Quantity::of),
                lead: &claim.lead,
            })
        })
    }
}

/// Groups reports by place, in the order in which the places first come, those of a place the earliest first. Gives their positions.
///
/// Two reports belong to one place if they have the same code, or, where a code is missing, the same name and level.
#[must_use]
pub fn by_place(records: &[&Record]) -> Vec<Vec<usize>> {
    let mut places: Vec<Vec<usize>> = Vec::new();
    // The first place with a report of the code; of the name and level; and of those without a code.
    let mut by_code = HashMap::new();
    let mut by_name = HashMap::new();
    let mut without_code = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        let code = record.place_code.as_deref();
        let name = record.place.as_deref().map(|place| (place, record.level));
        let named = if code.is_some() { &without_code } else { &by_name };
        let known = [
            code.and_then(|code| by_code.get(code)),
            name.and_then(|name| named.get(&name)),
        ];
        let place = known.into_iter().flatten().min().copied().unwrap_or(places.len());
        if place == places.len() {
            places.push(Vec::new());
        }
        places[place].push(at);
        if let Some(code) = code {
            lower(&mut by_code, code, place);
        }
        if let Some(name) = name {
            lower(&mut by_name, name, place);
            if code.is_none() {
                lower(&mut without_code, name, place);
            }
        }
    }
    for place in &mut places {
        place.sort_by_key(|at| (records[*at].reviewed_year, records[*at].planned_year));
    }
    places
}

/// Notes a place, unless an earlier one is noted.
fn lower<K: Eq + Hash>(places: &mut HashMap<K, usize>, key: K, place: usize) {
    let first = places.entry(key).or_insert(place);
    *first = place.min(*first);
}
