#![doc = include_str!("doubling.md")]

use rust_decimal::Decimal;

use super::transition::transitions;
use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::{Claim, Claimed, Panel};
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "doubling",
    title_zh: "翻番、倍数与前后数值一致",
    title_en: "doublings and multiples agree with the levels",
    explanation: include_str!("doubling.md"),
    run: Run::Claims {
        report: claims,
        place: run,
    },
};

/// Judges the multiples whose levels the report gives, and claims the others.
fn claims(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) -> Vec<Claim> {
    let multiples = report.quantities.iter().enumerate();
    let multiples: Vec<_> = multiples.filter(|(_, it)| it.unit.is_multiple()).collect();
    if multiples.is_empty() {
        return Vec::new();
    }
    let pairs = transitions(report);
    let mut claims = Vec::new();
    for (index, multiple) in multiples {
        let Some(said) = Said::read(multiple, report.lead(index)) else {
            continue;
        };
        let pair = pairs.iter().find(|pair| {
            let stated = pair.stated.as_ref();
            stated.is_some_and(|stated| std::ptr::eq(stated.quantity, multiple))
        });
        if let Some(pair) = pair {
            verdicts.extend(judge(pair.from, pair.to, multiple, said));
            continue;
        }
        let to = multiple
            .year()
            .and_then(|year| find_level(&report.quantities, multiple, year));
        let (Some(base_year), Some(to)) = (base_year(multiple), to) else {
            continue;
        };
        match find_level(&report.quantities, multiple, base_year) {
            Some(from) => verdicts.extend(judge(from, to, multiple, said)),
            None => claims.push(Claim {
                growth: multiple.row.clone(),
                level: to.row.clone(),
                base_year,
                base: None,
                lead: report.lead(index).to_owned(),
            }),
        }
    }
    claims
}

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for claimed in panel.reports.iter().flat_map(|report| report.claims(&CHECK)) {
        let Claimed { growth, level, .. } = &claimed;
        let mut reports = panel.reports.iter();
        let from = reports.find_map(|it| find_level(&it.levels, growth, claimed.base_year));
        if let (Some(from), Some(said)) = (from, Said::read(growth, claimed.lead)) {
            verdicts.extend(judge(from, level, growth, said));
        }
    }
}

/// How a multiple is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// 翻 n 番.
    Doublings,
    /// 增长 n 倍.
    Growth,
    /// 是…的 n 倍, 达到…的 n 倍.
    Times,
}

impl Said {
    /// By the words before the multiple.
    fn read(multiple: &Quantity<'_>, lead: &str) -> Option<Self> {
        if multiple.unit.is_doubling() {
            return Some(Self::Doublings);
        }
        let tail: String = lead
            .chars()
            .rev()
            .take(8)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        if mentions(&tail, List::Growth, "") && !tail.contains('到') {
            Some(Self::Growth)
        } else if tail.ends_with('的') || tail.contains("相当于") {
            Some(Self::Times)
        } else {
            None
        }
    }
}

/// The year that the multiple is relative to, where it names one.
fn base_year(multiple: &Quantity<'_>) -> Option<i32> {
    let reference = multiple.row.reference.as_deref()?;
    let digits: String = reference.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// The level of the multiple's indicator in `year`.
fn find_level<'r, 'a>(quantities: &'r [Quantity<'a>], multiple: &Quantity<'_>, year: i32) -> Option<&'r Quantity<'a>> {
    quantities
        .iter()
        .find(|it| it.row.measure == Measure::Level && it.year() == Some(year) && it.same_indicator(multiple))
}

fn judge(from: &Quantity<'_>, to: &Quantity<'_>, multiple: &Quantity<'_>, said: Said) -> Option<Verdict> {
    let from_value = from.value_in(&to.unit)?;
    let ratio = to
        .read(Reading::Measured)
        .over(from.read_in(Reading::Measured, &to.unit)?)?;
    let value = to.row.value.checked_div(from_value)?;
    let one = Interval::point(Decimal::ONE);
    let expected = match said {
        Said::Doublings => {
            let doublings = u32::try_from(multiple.row.value.trunc().mantissa())
                .ok()
                .filter(|it| (1..20).contains(it))?;
            let times = Decimal::from(1_u64 << doublings);
            Interval {
                low: times.checked_sub(Decimal::new(5, 1)),
                high: times.checked_mul(Decimal::TWO),
            }
        }
        Said::Growth => multiple.read(Reading::Measured).plus(one)?,
        Said::Times => multiple.read(Reading::Measured),
    };
    let citations = vec![
        Citation::of(from, "前值", "before"),
        Citation::of(to, "后值", "after"),
        Citation::of(multiple, "倍数", "multiple"),
    ];
    let name = &to.row.indicator;
    let sum = format!("{} ÷ {} = {}", plain(to.row.value), plain(from_value), plain(value));
    let stated = multiple.shown();
    if ratio.meets(expected) {
        let message = Message::new(
            format!("{name}：{sum}，与 {stated} 相符。"),
            format!("{name}: {sum}, which agrees with {stated}."),
        );
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let slip = said == Said::Growth && ratio.meets(multiple.read(Reading::Measured));
    let (severity, zh, en) = if slip {
        let grown = value.checked_sub(Decimal::ONE)?;
        (
            Severity::Warning,
            format!("是原来的 {} 倍，只增长了 {} 倍。", plain(value), plain(grown)),
            format!(
                "It is {} times as much, which is a growth of {} times.",
                plain(value),
                plain(grown)
            ),
        )
    } else {
        (Severity::Error, String::new(), String::new())
    };
    let message = Message::new(
        format!("{name}：{sum}（{ratio}），“{stated}”应为 {expected} 倍。{zh}"),
        format!("{name}: {sum} ({ratio}), while “{stated}” means {expected} times. {en}")
            .trim_end()
            .to_owned(),
    );
    let place = multiple.last_place();
    Some(Verdict::found(&CHECK, severity, citations, message).with_numbers(
        stated,
        format!("{} 倍", rounded(value, place.min(Decimal::new(1, 2)))),
        "",
    ))
}
