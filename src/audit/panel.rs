//! Reports of one place, by year.

use rayon::prelude::*;

use super::input::ReportRows;
use super::view::ReportView;

/// The reports of one place, the earliest first. A report whose place is not known is a panel of its own.
#[derive(Debug)]
pub struct Panel<'a> {
    pub reports: Vec<ReportView<'a>>,
}

/// A range of offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

impl<'a> Panel<'a> {
    /// Prepares the reports of one place.
    #[must_use]
    pub fn of(reports: &[ReportRows<'a>]) -> Self {
        Self {
            reports: reports.par_iter().map(|rows| ReportView::new(*rows)).collect(),
        }
    }
}

/// Groups reports by place, in the order in which the places first come, those of a place the earliest first.
#[must_use]
pub fn by_place<'a>(reports: &[ReportRows<'a>]) -> Vec<Vec<ReportRows<'a>>> {
    let mut places: Vec<Vec<ReportRows<'a>>> = Vec::new();
    for rows in reports {
        let known = places
            .iter_mut()
            .find(|place| place.iter().any(|other| same_place(other, rows)));
        match known {
            Some(place) => place.push(*rows),
            None => places.push(vec![*rows]),
        }
    }
    for place in &mut places {
        place.sort_by_key(|rows| (rows.report.reviewed_year, rows.report.planned_year));
    }
    places
}

/// Whether two reports belong to one place: the same code, or, where a code is missing, the same name and level.
fn same_place(a: &ReportRows<'_>, b: &ReportRows<'_>) -> bool {
    let (a, b) = (a.report, b.report);
    match (&a.place_code, &b.place_code) {
        (Some(one), Some(other)) => one == other,
        _ => a.place.is_some() && a.place == b.place && a.level == b.level,
    }
}
