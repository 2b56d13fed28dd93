//! Targets beside the values they start from, each indicator on its own scale.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::canvas::{self, Anchor, Canvas, Caption, Ink};
use crate::fact::{Extraction, Measure, Observation, Status};
use crate::release::page::PageError;
use crate::release::page::words::Vocabulary;

const CHART: &str = "targets";
const WIDTH: i32 = 440;
/// Height of an indicator's name, of a bar, and of the space below the bars.
const NAME: i32 = 26;
const BAR: i32 = 20;
const SPACE: i32 = 10;
/// Where the bars start: right of the period and status.
const BARS: i32 = 100;
/// Room for values at the right of the longest bar.
const VALUES: i32 = 178;
/// Most indicators of one chart.
const MOST_PAIRS: usize = 16;

pub(super) fn draw(
    report_no: usize,
    extraction: &Extraction,
    vocabulary: &Vocabulary<'_>,
) -> Result<Option<String>, PageError> {
    let pairs = pairs(&extraction.observations);
    if pairs.is_empty() {
        return Ok(None);
    }
    let said: Vec<String> = pairs.iter().map(|pair| pair.said(vocabulary)).collect();
    let caption = Caption {
        id: format!("targets-{report_no}-{}", vocabulary.language.tag()),
        title: vocabulary.word("chart.targets"),
        description: &said.join("; "),
    };
    let height = (NAME + 2 * BAR + SPACE) * canvas::pixels(pairs.len());
    let svg = canvas::draw(CHART, &caption, (WIDTH, height), |canvas| {
        let mut top = 0;
        for pair in &pairs {
            pair.paint(canvas, top, vocabulary)?;
            top += NAME + 2 * BAR + SPACE;
        }
        Ok(())
    })?;
    Ok(Some(svg))
}

/// A value and how much it grew.
struct Side<'a> {
    value: &'a Observation,
    growth: Option<&'a Observation>,
}

/// An indicator's target and the value it starts from.
struct Pair<'a> {
    base: Side<'a>,
    target: Side<'a>,
}

/// Pairs each target with the latest stated value of the same indicator: amounts and shares first; where a report
/// sets growth alone, growth with growth.
fn pairs(observations: &[Observation]) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for measures in [&[Measure::Level, Measure::Ratio][..], &[Measure::GrowthRate][..]] {
        for target in observations
            .iter()
            .filter(|row| row.status == Status::Target && measures.contains(&row.measure))
        {
            let taken = pairs.iter().any(|pair| same_indicator(pair.target.value, target));
            let base = observations
                .iter()
                .filter(|row| {
                    row.status != Status::Target
                        && row.measure == target.measure
                        && row.period.is_some()
                        && same_indicator(row, target)
                        && sizes(row, target).is_some()
                })
                .reduce(|best, row| if row.period > best.period { row } else { best });
            if let (false, Some(base)) = (taken, base) {
                pairs.push(Pair {
                    base: side(observations, base),
                    target: side(observations, target),
                });
            }
        }
    }
    pairs.sort_by_key(|pair| pair.target.value.source_start);
    pairs.truncate(MOST_PAIRS);
    pairs
}

/// A value with the growth that the report states of the same indicator in the same period.
fn side<'a>(observations: &'a [Observation], value: &'a Observation) -> Side<'a> {
    let growth = observations.iter().find(|row| {
        value.measure == Measure::Level
            && row.measure == Measure::GrowthRate
            && row.period == value.period
            && (row.status == Status::Target) == (value.status == Status::Target)
            && same_indicator(row, value)
    });
    Side { value, growth }
}

fn same_indicator(a: &Observation, b: &Observation) -> bool {
    let same_thing = match (&a.indicator_code, &b.indicator_code) {
        (Some(a), Some(b)) => a == b,
        _ => a.indicator == b.indicator,
    };
    same_thing && a.place == b.place
}

/// Both values in one unit, if they have one in common.
fn sizes(base: &Observation, target: &Observation) -> Option<(Decimal, Decimal)> {
    match (base.value_base, target.value_base) {
        (Some(a), Some(b)) if base.unit_code.is_some() && target.unit_code.is_some() => Some((a, b)),
        _ => (base.unit == target.unit).then_some((base.value, target.value)),
    }
}

impl Pair<'_> {
    fn paint(&self, canvas: &Canvas<'_>, top: i32, vocabulary: &Vocabulary<'_>) -> Result<(), PageError> {
        canvas.text(
            &self.name(vocabulary),
            (0, top + NAME / 2),
            14,
            Anchor::Start,
            Ink::Text,
        )?;
        let (base, target) = sizes(self.base.value, self.target.value).unwrap_or_default();
        let largest = base.abs().max(target.abs());
        for (side, size, line) in [(&self.base, base, 0), (&self.target, target, 1)] {
            let bar_top = top + NAME + line * BAR;
            let middle = bar_top + BAR / 2;
            let part = size
                .abs()
                .checked_div(largest)
                .and_then(|part| part.to_f64())
                .unwrap_or(0.0);
            let length = canvas::length(WIDTH - BARS - VALUES, part);
            canvas.text(&side.when(vocabulary), (BARS - 8, middle), 12, Anchor::End, Ink::Faint)?;
            // A fall is drawn pale: its bar says how large it is, not that it went up.
            let strength = if size.is_sign_negative() { 0.4 } else { 1.0 };
            canvas.tint((BARS, bar_top + 3), (length.max(1), BAR - 6), side.ink(), strength)?;
            canvas.text(
                &side.stated(vocabulary),
                (BARS + length + 7, middle),
                12,
                Anchor::Start,
                Ink::Text,
            )?;
        }
        Ok(())
    }

    fn name(&self, vocabulary: &Vocabulary<'_>) -> String {
        let value = self.target.value;
        let name = canvas::shortened(vocabulary.indicator(value), 44);
        if value.measure == Measure::GrowthRate {
            format!("{name} · {}", vocabulary.code("measures", Measure::GrowthRate.as_str()))
        } else {
            name
        }
    }

    fn said(&self, vocabulary: &Vocabulary<'_>) -> String {
        let said = |side: &Side<'_>| format!("{} {}", side.when(vocabulary), side.stated(vocabulary));
        format!(
            "{}: {}, {}",
            self.name(vocabulary),
            said(&self.base),
            said(&self.target)
        )
    }
}

impl Side<'_> {
    const fn ink(&self) -> Ink {
        match self.value.status {
            Status::Actual => Ink::Actual,
            Status::Estimate => Ink::Estimate,
            Status::Target => Ink::Target,
        }
    }

    /// Period and status: `2023 预计`.
    fn when(&self, vocabulary: &Vocabulary<'_>) -> String {
        let status = vocabulary.code("statuses", self.value.status.as_str());
        self.value
            .period
            .as_deref()
            .map_or_else(|| status.to_owned(), |period| format!("{period} {status}"))
    }

    /// The value as stated, and its growth: `263.35亿元 +39.59%`.
    fn stated(&self, vocabulary: &Vocabulary<'_>) -> String {
        let value = stated(self.value, vocabulary);
        self.growth.map_or_else(
            || value.clone(),
            |growth| format!("{value}  {}", stated(growth, vocabulary)),
        )
    }
}

fn stated(row: &Observation, vocabulary: &Vocabulary<'_>) -> String {
    let sign = if row.measure == Measure::GrowthRate && row.value.is_sign_positive() {
        "+"
    } else {
        ""
    };
    let range = row.value_max.map_or_else(String::new, |max| format!("–{max}"));
    let hedge = match row.modifier {
        crate::fact::Modifier::Exact => "",
        other => vocabulary.code("modifiers", other.as_str()),
    };
    format!("{hedge}{sign}{}{range}{}", row.value, row.unit)
}
