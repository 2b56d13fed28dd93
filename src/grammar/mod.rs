//! The rule engine: tokens to statements. It knows no Chinese.
//!
//! A sentence becomes a [`Scene`]. The engine asks the rules of each stage, in their stated order, about each numeral of the scene,
//! from left to right; the first rule that answers decides. Stages follow each other:
//!
//! kind (what is the numeral?) → amount (value, unit, hedge) → measure (level, growth, share, rank …) → subject (what is measured?)
//! → time (which period?) → status (actual, estimate, target).
//!
//! Rules of a later stage see what the earlier stages decided about every numeral, and what their own stage decided about the
//! numerals to the left. Every answer is kept with the name of the rule that gave it, which is what `pipeline explain` prints.

mod scene;

use crate::lexicon::terms::{Comparison, Measure, Modifier, NumeralKind, Status};
use rust_decimal::Decimal;

pub use scene::{Context, Scene};

/// The stages, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Kind,
    Amount,
    Measure,
    Subject,
    Time,
    Status,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 6] = [
        Self::Kind,
        Self::Amount,
        Self::Measure,
        Self::Subject,
        Self::Time,
        Self::Status,
    ];

    /// Name of the stage, as `explain` prints it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Amount => "amount",
            Self::Measure => "measure",
            Self::Subject => "subject",
            Self::Time => "time",
            Self::Status => "status",
        }
    }
}

/// A value with its unit and hedge.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Range of characters of hedge, numeral and unit together.
    pub start: usize,
    pub end: usize,
    pub value: Decimal,
    pub value_max: Option<Decimal>,
    /// The unit as the text writes it, put together where the text elides a part.
    pub unit: String,
    pub modifier: Modifier,
    /// The numeral that ends the range which this one begins.
    pub range_end: Option<usize>,
    /// The numeral's own end where the amount takes in more than the numeral token, as in 一亩半.
    pub number_end: usize,
}

/// What kind of value it is, and what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    pub measure: Measure,
    /// Whether the value is a fall.
    pub negative: bool,
    pub comparison: Option<Comparison>,
    /// Range of characters of what the value is relative to.
    pub reference: Option<(usize, usize)>,
    /// Where the predicate begins that the value belongs to: the subject ends there.
    pub predicate: usize,
}

/// What is measured: ranges of the sentence whose characters make up the indicator, in that order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// What a contraction stands for, and the piece before which it stands: 城镇 for the 城 of 城乡居民.
    pub spelled: Option<(usize, &'static str)>,
    pub pieces: Vec<(usize, usize)>,
    /// Whether the subject was carried over from a statement before it.
    pub carried: bool,
    /// Whether amounts inside the pieces are part of the name: 10亿元以上项目.
    pub verbatim: bool,
    /// How many of the pieces are carried on, where the others set them beside something else: 完成预算, 占…比重.
    pub carries: Option<usize>,
}

impl Subject {
    /// A subject that the statement names itself.
    #[must_use]
    pub const fn stated(pieces: Vec<(usize, usize)>) -> Self {
        Self {
            spelled: None,
            pieces,
            carried: false,
            verbatim: false,
            carries: None,
        }
    }

    /// A subject that a statement before it names.
    #[must_use]
    pub const fn carried(pieces: Vec<(usize, usize)>) -> Self {
        Self {
            spelled: None,
            pieces,
            carried: true,
            verbatim: false,
            carries: None,
        }
    }
}

/// A time expression: its range of characters, and the period that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub start: usize,
    pub end: usize,
    /// Empty where the expression names no year.
    pub period: String,
    /// Whether it spans several years.
    pub span: bool,
}

/// The period that a value speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period(pub Option<String>);

/// A rule: a name, what it reads, and its reading of one numeral of a scene.
pub struct Rule<T: 'static> {
    /// Stable name, as it stands in `numerals.reason` and `observations.rule`.
    pub name: &'static str,
    /// What the rule reads, with an example.
    pub reads: &'static str,
    /// The reading, or none where the rule does not apply.
    pub apply: fn(&Scene, usize) -> Option<T>,
}

/// The rules of every stage, in order of precedence.
pub struct RuleSet {
    pub kind: &'static [&'static Rule<NumeralKind>],
    pub amount: &'static [&'static Rule<Amount>],
    pub measure: &'static [&'static Rule<Measured>],
    pub subject: &'static [&'static Rule<Subject>],
    pub time: &'static [&'static Rule<Period>],
    pub status: &'static [&'static Rule<Status>],
}

impl RuleSet {
    /// Stage, name and description of every rule, in order.
    #[must_use]
    pub fn list(&self) -> Vec<(Stage, &'static str, &'static str)> {
        fn names<T>(stage: Stage, rules: &[&'static Rule<T>]) -> Vec<(Stage, &'static str, &'static str)> {
            rules.iter().map(|r| (stage, r.name, r.reads)).collect()
        }
        [
            names(Stage::Kind, self.kind),
            names(Stage::Amount, self.amount),
            names(Stage::Measure, self.measure),
            names(Stage::Subject, self.subject),
            names(Stage::Time, self.time),
            names(Stage::Status, self.status),
        ]
        .concat()
    }
}

/// What one stage decided about a numeral, and which rule decided it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided<T> {
    pub rule: &'static str,
    pub value: T,
}

/// Reads a scene to its end.
pub fn read(scene: &mut Scene, rules: &RuleSet) {
    let numbers = scene.numbers.len();
    for i in 0..numbers {
        scene.kinds[i] = first(rules.kind, scene, i);
    }
    for i in 0..numbers {
        if scene.kind(i) == Some(NumeralKind::Quantity) {
            let amount = first(rules.amount, scene, i);
            if let Some(end) = amount.as_ref().and_then(|a| a.value.range_end) {
                let rule = amount.as_ref().map_or("", |a| a.rule);
                scene.kinds[end] = Some(Decided {
                    rule,
                    value: NumeralKind::RangeEnd,
                });
            }
            scene.amounts[i] = amount;
        }
    }
    for i in 0..numbers {
        if scene.amounts[i].is_some() {
            scene.measures[i] = first(rules.measure, scene, i);
        }
    }
    for i in 0..numbers {
        if scene.measures[i].is_some() {
            scene.subjects[i] = first(rules.subject, scene, i);
        }
    }
    for i in 0..numbers {
        if scene.subjects[i].is_some() {
            scene.periods[i] = first(rules.time, scene, i);
        }
    }
    for i in 0..numbers {
        if scene.subjects[i].is_some() {
            scene.statuses[i] = first(rules.status, scene, i);
        }
    }
}

/// The first rule of a list that answers.
fn first<T>(rules: &[&'static Rule<T>], scene: &Scene, i: usize) -> Option<Decided<T>> {
    rules
        .iter()
        .find_map(|rule| (rule.apply)(scene, i).map(|value| Decided { rule: rule.name, value }))
}
