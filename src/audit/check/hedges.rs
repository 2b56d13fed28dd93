#![doc = include_str!("hedges.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Modifier, Severity};
use crate::lex::numeral;
use crate::lexicon::audit::{List, words};
use crate::lexicon::words::{Class, find, longest, word};

pub(super) const CHECK: Check = Check {
    name: "hedges",
    title_zh: "数字前后的限定词不相矛盾",
    title_en: "the hedges before and after a number leave it a value",
    explanation: include_str!("hedges.md"),
    run: Run::Report(run),
};

/// On which side of its number a hedge puts the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

impl Side {
    fn of(modifier: Modifier) -> Option<Self> {
        match modifier {
            Modifier::Under | Modifier::AtMost => Some(Self::Below),
            Modifier::Over | Modifier::AtLeast => Some(Self::Above),
            Modifier::Exact | Modifier::Approx => None,
        }
    }

    /// The side that a word of a class puts the value on.
    fn said(class: Class, characters: &[char]) -> Option<Self> {
        let attribute = find(characters)?.attribute(class)?;
        Modifier::ALL
            .iter()
            .find(|modifier| modifier.as_str() == attribute)
            .and_then(|modifier| Self::of(*modifier))
    }
}

/// The longest hedge, in characters.
const LONGEST: usize = 4;

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for quantity in &report.quantities {
        let before = Side::of(quantity.row.modifier).and_then(|_| before(report, quantity));
        let hedges = before.and_then(|before| Some((before, after(report, quantity)?)));
        verdicts.extend(hedges.map(|(before, after)| judge(quantity, &before, &after)));
    }
}

/// A hedge as it stands.
struct Hedge {
    word: String,
    side: Side,
}

/// The hedge that ends right before a number.
fn before(report: &ReportView<'_>, quantity: &Quantity<'_>) -> Option<Hedge> {
    let lead: Vec<char> = report
        .words(quantity.start.saturating_sub(2 * LONGEST)..quantity.start)
        .chars()
        .collect();
    let lead_text = String::from_iter(&lead);
    if words(List::NoHedge, "").any(|noun| lead_text.ends_with(noun)) {
        return None;
    }
    (1..=LONGEST.min(lead.len())).rev().find_map(|length| {
        let characters = &lead[lead.len() - length..];
        // 以内 before a number belongs to the words before it (三环以内100多个小区).
        let closes = find(characters)?.class.has(Class::HEDGE_AFTER);
        let side = Side::said(Class::HEDGE_BEFORE, characters).filter(|_| !closes)?;
        Some(Hedge {
            word: String::from_iter(characters),
            side,
        })
    })
}

/// The hedge that closes a number: in its numeral (一万多), inside its unit (5万余人次), or after it (60%以上).
fn after(report: &ReportView<'_>, quantity: &Quantity<'_>) -> Option<Hedge> {
    let above = |word: &str| Hedge {
        word: word.to_owned(),
        side: Side::Above,
    };
    let surface = &quantity.row.value_text;
    if numeral::parse(surface).is_some_and(|number| number.over) {
        return Some(above(surface.trim_start_matches(|it| !matches!(it, '多' | '余'))));
    }
    let unit = quantity.row.unit.chars().count();
    let rest: Vec<char> = report
        .words(quantity.end..quantity.end + 2 * (unit + LONGEST))
        .chars()
        .collect();
    let scales = rest.iter().take_while(|it| numeral::scale(**it).is_some()).count();
    if let Some(word) = rest.get(scales).filter(|it| matches!(it, '多' | '余')) {
        return Some(above(&word.to_string()));
    }
    let at = if rest.iter().take(unit).copied().eq(quantity.row.unit.chars()) {
        unit
    } else {
        return None;
    };
    let hedge = word(longest(&rest, at)?);
    let side = Side::said(Class::HEDGE_AFTER, &hedge.chars).filter(|_| hedge.chars.len() > 1)?;
    Some(Hedge {
        word: hedge.chars.iter().collect(),
        side,
    })
}

fn judge(quantity: &Quantity<'_>, before: &Hedge, after: &Hedge) -> Verdict {
    let citations = vec![Citation::of(quantity, "数字", "number")];
    let (name, shown) = (&quantity.row.indicator, quantity.shown());
    let (first, second) = (&before.word, &after.word);
    if before.side == after.side {
        let message = Message::new(
            format!("{name} {shown}：“{first}”与“{second}”方向相同。"),
            format!("{name} {shown}: “{first}” and “{second}” say the same."),
        );
        return Verdict::passed(&CHECK, citations, message);
    }
    let sides = |side: Side| match side {
        Side::Below => ("小于", "less than", "≤"),
        Side::Above => ("大于", "more than", "≥"),
    };
    let (one, other) = (sides(before.side), sides(after.side));
    let message = Message::new(
        format!(
            "{name}：“{first}”说{} {shown}，“{second}”说{} {shown}，没有这样的数。",
            one.0, other.0
        ),
        format!(
            "{name}: “{first}” says {} {shown}, “{second}” says {} {shown}; no number is both.",
            one.1, other.1
        ),
    );
    Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
        format!("{} {shown}", one.2),
        format!("{} {shown}", other.2),
        "",
    )
}
