#![doc = include_str!("numeral_form.md")]

use super::{Check, Citation, Run, Verdict};
use crate::audit::message::Message;
use crate::audit::panel::Place;
use crate::audit::view::ReportView;
use crate::fact::{Numeral, NumeralKind, Severity};
use crate::lex::numeral::{digit, scale};
use crate::lexicon::fold;

pub(super) const CHECK: Check = Check {
    name: "numeral_form",
    title_zh: "数字写法合乎规则",
    title_en: "numerals are well formed",
    explanation: include_str!("numeral_form.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    for numeral in report
        .rows
        .numerals
        .iter()
        .filter(|it| it.kind == NumeralKind::Quantity)
    {
        verdicts.extend(judge(numeral));
    }
}

fn judge(numeral: &Numeral) -> Option<Verdict> {
    // A line may break inside a numeral.
    let shown: String = numeral.surface.chars().filter(|it| !it.is_whitespace()).collect();
    let surface: Vec<char> = shown.chars().map(fold).collect();
    let well_formed = grouped(&surface).or_else(|| falling(&surface))?;
    let place = Place {
        start: usize::try_from(numeral.source_start).ok()?,
        end: usize::try_from(numeral.source_end).ok()?,
    };
    let citation = Citation {
        observation_id: numeral.observation_id.clone(),
        ..Citation::at(&numeral.report_id, place, "数字", "numeral")
    };
    if well_formed {
        let message = Message::new(format!("{shown} 写法合乎规则。"), format!("{shown} is well formed."));
        return Some(Verdict::passed(&CHECK, vec![citation], message));
    }
    let message = Message::new(
        format!("{shown} 的数位不是依次下降，或跳过数位而没有“零”，不能确定是什么数。"),
        format!("The places of {shown} don't fall, or skip one without 零: what number is meant is not certain."),
    );
    Some(Verdict::found(&CHECK, Severity::Error, vec![citation], message).with_numbers(shown, "", ""))
}

/// Whether the commas of an Arabic number part groups of three; `None` if it has no comma.
fn grouped(surface: &[char]) -> Option<bool> {
    let whole = surface.split(|it| *it == '.').next()?;
    let groups: Vec<&[char]> = whole.split(|it| matches!(it, ',' | '，')).collect();
    let (first, rest) = groups.split_first().filter(|(_, rest)| !rest.is_empty())?;
    Some((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3))
}

/// Whether the places of a Chinese number fall one by one, 零 for those that are skipped; `None` if it is none, or has no two places.
fn falling(surface: &[char]) -> Option<bool> {
    let places = places(surface)?;
    let falls = places.windows(2).all(|pair| {
        let (before, after) = (&pair[0], &pair[1]);
        // Within a section places follow each other; the next section begins with its 千 (十万四千).
        let follows = after.power + 1 == before.power || after.power + 1 == before.section;
        after.power < before.power && (follows || after.zero_before || after.bare)
    });
    (places.len() >= 2).then_some(falls)
}

/// One digit of a Chinese number.
struct Digit {
    /// Power of ten that its place is worth.
    power: u32,
    /// Power of ten that its section is worth: 4 before 万, 8 before 亿.
    section: u32,
    /// Whether 零 stands before it.
    zero_before: bool,
    /// Whether it ends the number without a place of its own, right after another place.
    bare: bool,
}

/// The digits of a Chinese number with their places; `None` for anything else (decimals, fractions, years, neighbouring digits).
fn places(surface: &[char]) -> Option<Vec<Digit>> {
    let mut places: Vec<Digit> = Vec::new();
    let mut pending = None;
    let mut zero = false;
    // Digits since the last 万 or 亿, which a following 万 or 亿 lifts.
    let mut section = 0;
    for (index, character) in surface.iter().enumerate() {
        match (digit(*character), scale(*character)) {
            (Some(0), _) => zero = true,
            (Some(value), _) if pending.is_none() => pending = Some(value),
            (_, Some(power @ 1..=3)) => {
                // 十五 is 一十五; 百 and 千 have a digit before them.
                if pending.take().is_none() && !(power == 1 && places.len() == section) {
                    return None;
                }
                places.push(Digit {
                    power,
                    section: 0,
                    zero_before: std::mem::take(&mut zero),
                    bare: false,
                });
            }
            (_, Some(power)) => {
                if pending.take().is_some() {
                    places.push(Digit {
                        power: 0,
                        section: 0,
                        zero_before: std::mem::take(&mut zero),
                        bare: false,
                    });
                }
                // 亿 lifts all before it (三万二千亿), 万 only what follows the last 亿.
                let from = if power == 8 { 0 } else { section };
                for place in &mut places[from..] {
                    place.power += power;
                    place.section += power;
                }
                section = places.len();
            }
            _ => return None,
        }
        if index + 1 == surface.len() && pending.is_some() {
            let bare = !zero && index > 0 && scale(surface[index - 1]).is_some();
            places.push(Digit {
                power: 0,
                section: 0,
                zero_before: zero,
                bare,
            });
        }
    }
    Some(places)
}
