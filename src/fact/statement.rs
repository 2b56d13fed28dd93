//! What the rules make of the numerals of one sentence.

use rust_decimal::Decimal;

use super::{Comparison, Measure, Modifier, NumeralKind, Status};
use crate::grammar::{self, Context, Scene, Subject};
use crate::lexicon;
use crate::rules::{self, RULES};

/// A numeral of a sentence, and what it was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Range of characters of the numeral in its sentence.
    pub start: usize,
    pub end: usize,
    pub kind: NumeralKind,
    /// The rule that decided the kind.
    pub reason: &'static str,
    /// What it states, if it is a quantity.
    pub quantity: Option<Quantity>,
}

/// What a quantity states. The fields mean what they mean in the table `observations`.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// One past the last character of the numeral, with a half after its unit (一亩半).
    pub end: usize,
    pub indicator: String,
    pub measure: Measure,
    pub comparison: Option<Comparison>,
    pub value: Decimal,
    pub value_max: Option<Decimal>,
    pub unit: String,
    pub modifier: Modifier,
    pub status: Status,
    pub period: Option<String>,
    pub reference: Option<String>,
    /// The rules that produced it, in the order of their stages.
    pub rules: Vec<&'static str>,
}

/// Reads one sentence by itself, as it would be read in a report that says `context` around it.
///
/// Gives every numeral of the sentence, left to right.
#[must_use]
pub fn read_sentence(text: &str, context: &Context) -> Vec<Statement> {
    let text: Vec<char> = text.chars().collect();
    let folded: Vec<char> = text.iter().copied().map(lexicon::fold).collect();
    let mut context = context.clone();
    if let Some(leading) = rules::time::leading_period(&folded, &context) {
        context.period = Some(leading);
    }
    let mut scene = Scene::new(&text, &folded, &context);
    grammar::read(&mut scene, &RULES);
    statements(&scene)
}

/// The numerals of a scene that was read.
pub(super) fn statements(scene: &Scene) -> Vec<Statement> {
    (0..scene.numbers.len()).map(|i| statement(scene, i)).collect()
}

fn statement(scene: &Scene, i: usize) -> Statement {
    let number = &scene.numbers[i];
    let (kind, reason) = scene.kinds[i]
        .as_ref()
        .map_or((NumeralKind::Other, "no-unit"), |d| (d.value, d.rule));
    let quantity = quantity(scene, i);
    Statement {
        start: number.start,
        end: number.end,
        // Without a statement it is none, whatever it looks like.
        kind: if kind == NumeralKind::Quantity && quantity.is_none() {
            NumeralKind::Other
        } else {
            kind
        },
        reason,
        quantity,
    }
}

fn quantity(scene: &Scene, i: usize) -> Option<Quantity> {
    if scene.kind(i) != Some(NumeralKind::Quantity) {
        return None;
    }
    let amount = scene.amounts[i].as_ref()?;
    let measured = scene.measures[i].as_ref()?;
    let subject = scene.subjects[i].as_ref()?;
    let period = scene.periods[i].as_ref();
    let status = scene.statuses[i].as_ref()?;
    let rules = [amount.rule, measured.rule, subject.rule]
        .into_iter()
        .chain(period.map(|d| d.rule))
        .chain([status.rule])
        .collect();
    let (amount, measured) = (&amount.value, &measured.value);
    let signed = |value: Decimal| {
        if measured.negative && value.is_sign_positive() {
            -value
        } else {
            value
        }
    };
    let growth = matches!(
        measured.measure,
        Measure::GrowthRate | Measure::Change | Measure::Multiple
    );
    let mut indicator = indicator(scene, &subject.value);
    if measured.measure == Measure::Ratio && names_scope(&indicator) {
        indicator.push_str("比重");
    }
    // 民生支出占82%: of a whole that is not named.
    if measured.measure == Measure::Ratio && indicator.chars().count() > 2 && indicator.ends_with('占') {
        indicator.push('比');
    }
    // A row whose indicator nobody could read is no statement.
    if indicator.is_empty() {
        return None;
    }
    Some(Quantity {
        end: amount.number_end,
        indicator,
        measure: measured.measure,
        comparison: measured.comparison.filter(|_| growth),
        value: signed(amount.value),
        value_max: amount.value_max.map(signed),
        unit: amount.unit.clone(),
        modifier: amount.modifier,
        status: status.value,
        period: period.and_then(|d| d.value.0.clone()),
        reference: measured
            .reference
            .map(|(start, end)| scene.text[start..end].iter().collect()),
        rules,
    })
}

/// Whether a share is named by its part and a place as its whole: 产量占全国.
fn names_scope(indicator: &str) -> bool {
    let named = |scope: &&str| {
        indicator
            .strip_suffix(*scope)
            .is_some_and(|part| part.ends_with('占') || part.ends_with("占到"))
    };
    rules::subject::SCOPES.iter().any(named)
}

/// The characters of a subject.
pub(super) fn indicator(scene: &Scene, subject: &Subject) -> String {
    let mut out = String::new();
    for (n, &(start, end)) in subject.pieces.iter().enumerate() {
        if let Some((at, word)) = subject.spelled
            && at == n
        {
            out.push_str(word);
        }
        // An amount inside a piece is a qualifier of its own row, unless it is part of a name.
        let mut at = start;
        for i in (0..scene.numbers.len()).filter(|_| !subject.verbatim) {
            if let Some(amount) = scene.amount(i)
                && amount.start >= at
                && amount.end <= end
                && scene.subject(i).is_some()
            {
                out.extend(&scene.text[at..amount.start]);
                at = amount.end;
            }
        }
        out.extend(&scene.text[at..end]);
    }
    if let Some((at, word)) = subject.spelled
        && at >= subject.pieces.len()
    {
        out.push_str(word);
    }
    out.trim().to_owned()
}
