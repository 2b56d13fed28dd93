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

/// Groups reports by place, in the order in which the places first come.
#[must_use]
pub fn panels<'a>(reports: &[ReportRows<'a>]) -> Vec<Panel<'a>> {
    let mut panels: Vec<Panel<'a>> = Vec::new();
    let views: Vec<_> = reports.par_iter().map(|rows| ReportView::new(*rows)).collect();
    for (rows, view) in reports.iter().zip(views) {
        let known = panels
            .iter_mut()
            .find(|panel| panel.reports.iter().any(|other| same_place(&other.rows, rows)));
        match known {
            Some(panel) => panel.reports.push(view),
            None => panels.push(Panel { reports: vec![view] }),
        }
    }
    for panel in &mut panels {
        panel
            .reports
            .sort_by_key(|view| (view.rows.report.reviewed_year, view.rows.report.planned_year));
    }
    panels
}

/// Whether two reports belong to one place: the same code, or, where a code is missing, the same name and level.
fn same_place(a: &ReportRows<'_>, b: &ReportRows<'_>) -> bool {
    let (a, b) = (a.report, b.report);
    match (&a.place_code, &b.place_code) {
        (Some(one), Some(other)) => one == other,
        _ => a.place.is_some() && a.place == b.place && a.level == b.level,
    }
}
