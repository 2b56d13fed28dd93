//! Units to base units, periods to dates, names to codes.
//!
//! Every rule here either knows or leaves the field null: nothing is matched by likeness. The code lists are in [`crate::lexicon`].

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::fact::{Extraction, Level, Measure, Observation, Report};

pub mod indicator;
pub mod panel;
pub mod period;
pub mod place;
pub mod theme;
pub mod unit;

/// The day on which the second issue of the yuan replaced the first at 1 to 10000.
const NEW_YUAN: Date = date(1955, 3, 1);

/// Fills what follows from the code lists: the report's place code, and for each observation `unit_code`, `value_base`, `period_start`,
/// `period_end`, `indicator_code`, `theme` and `place_code`.
///
/// A place code that the report already has (given by a pipeline file) is kept. Running it twice changes nothing.
pub fn normalise(extraction: &mut Extraction) {
    let Extraction {
        report, observations, ..
    } = extraction;
    report.place_code = report.place_code.take().or_else(|| place_code_of(report));
    let names = report.place.as_deref().map(place::names).unwrap_or_default();
    for observation in observations {
        fill(observation, report, &names);
    }
}

/// How many observations have each indicator that no entry of the code list names, in the order of the wording.
#[must_use]
pub fn unmatched(extraction: &Extraction) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for observation in extraction
        .observations
        .iter()
        .filter(|observation| observation.indicator_code.is_none())
    {
        *counts.entry(observation.indicator.as_str()).or_default() += 1;
    }
    counts
}

/// Fills the codes of one observation of a report whose place goes by `names`.
fn fill(observation: &mut Observation, report: &Report, names: &[String]) {
    // 第5位, 前十: whatever follows the number, it is a place in an order.
    let unit = if observation.measure == Measure::Rank {
        "位次"
    } else {
        observation.unit.as_str()
    };
    let resolved = unit::resolve(unit, &observation.indicator);
    let resolved = if is_in_old_yuan(report) {
        resolved.and_then(unit::in_old_yuan)
    } else {
        resolved
    };
    observation.unit_code = resolved.map(|resolved| resolved.unit.code.clone());
    observation.value_base = resolved
        .and_then(|resolved| observation.value.checked_mul(resolved.factor?))
        .map(|value| value.normalize());

    let days = observation.period.as_deref().and_then(period::days);
    observation.period_start = days.map(|(start, _)| start);
    observation.period_end = days.map(|(_, end)| end);

    let places: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .chain(observation.place.as_deref())
        .collect();
    let entry = indicator::find(&observation.indicator, observation.measure, resolved.as_ref(), &places);
    // A statement about a place of its own: the place's name, and an indicator of the list after it.
    let entry = entry.or_else(|| {
        let indicator = observation.indicator.clone();
        let (name, _, rest) =
            place::leading(&indicator, report.place_code.as_deref()).filter(|_| observation.place.is_none())?;
        let entry = indicator::find(rest, observation.measure, resolved.as_ref(), &[])?;
        observation.place = Some(name.to_owned());
        Some(entry)
    });
    observation.indicator_code = entry.map(|entry| entry.code.clone());
    observation.theme = entry
        .map(|entry| entry.theme.clone())
        .or_else(|| theme::of(&observation.indicator).map(|theme| theme.code.clone()));

    observation.place_code = observation.place.as_deref().and_then(|name| {
        let inside = report
            .place_code
            .as_deref()
            .and_then(|code| place::find(name, Some(code)));
        inside
            .or_else(|| place::find(name, None))
            .map(|place| place.code.clone())
    });
}

/// The code of the place that a report is about. Towns have no code in GB/T 2260.
fn place_code_of(report: &Report) -> Option<String> {
    if report.level == Some(Level::State) {
        return Some(place::COUNTRY.to_owned());
    }
    let place = place::find(report.place.as_deref()?, None)?;
    report
        .level
        .is_none_or(|level| level.as_str() == place.level)
        .then(|| place.code.clone())
}

/// Whether the report was delivered, or at least the year under review closed, before the new yuan.
fn is_in_old_yuan(report: &Report) -> bool {
    match (report.delivered_on, report.reviewed_year) {
        (Some(day), _) => day < NEW_YUAN,
        (None, Some(year)) => year < i32::from(NEW_YUAN.year()),
        (None, None) => false,
    }
}
