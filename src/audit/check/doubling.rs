#![doc = include_str!("doubling.md")]

use rust_decimal::Decimal;

use super::transition::transitions;
use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::panel::Panel;
use crate::audit::printed::{Reading, rounded};
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "doubling",
    title_zh: "翻番、倍数与前后数值一致",
    title_en: "doublings and multiples agree with the levels",
    explanation: include_str!("doubling.md"),
    run: Run::Place(run),
};

fn run(panel: &Panel<'_>, verdicts: &mut Vec<Verdict>) {
    for report in &panel.reports {
        let pairs = transitions(report);
        for (index, multiple) in report.quantities.iter().enumerate() {
            if !multiple.unit.is_multiple() {
                continue;
            }
            let pair = pairs.iter().find(|pair| {
                pair.stated
                    .as_ref()
                    .is_some_and(|stated| std::ptr::eq(stated.quantity, multiple))
            });
            let levels = match pair {
                Some(pair) => Some((pair.from, pair.to)),
                None => relative_levels(panel, report, multiple),
            };
            let said = Said::read(report, index);
            if let (Some((from, to)), Some(said)) = (levels, said) {
                verdicts.extend(judge(from, to, multiple, said));
            }
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
    fn read(report: &ReportView<'_>, index: usize) -> Option<Self> {
        if report.quantities[index].unit.is_doubling() {
            return Some(Self::Doublings);
        }
        let lead = report.lead(index);
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

/// The level that the multiple belongs to, and the one of the year that it is relative to.
fn relative_levels<'r, 'a>(
    panel: &'r Panel<'a>,
    report: &'r ReportView<'a>,
    multiple: &Quantity<'_>,
) -> Option<(&'r Quantity<'a>, &'r Quantity<'a>)> {
    let digits: String = multiple
        .row
        .reference
        .as_deref()?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let year: i32 = digits.parse().ok().filter(|year| (1900..2200).contains(year))?;
    let level = |report: &'r ReportView<'a>, year: i32| {
        report
            .quantities
            .iter()
            .find(move |it| it.row.measure == Measure::Level && it.year() == Some(year) && it.same_indicator(multiple))
    };
    let to = level(report, multiple.year()?)?;
    let from = panel.reports.iter().find_map(|it| level(it, year))?;
    from.unit.factor_to(&to.unit).map(|_| (from, to))
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
