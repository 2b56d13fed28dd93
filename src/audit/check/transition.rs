//! From–to statements: 从4.16万亿元增加到5.67万亿元, 由2046万吨增加到3178万吨，增长55.3%.

use crate::audit::view::{Quantity, ReportView, strip_unit};
use crate::lexicon::audit::{List, rows};

/// Two values of one thing, before and after, and what the sentence goes on to say of the difference.
#[derive(Debug)]
pub(super) struct Transition<'r, 'a> {
    pub from: &'r Quantity<'a>,
    pub to: &'r Quantity<'a>,
    pub direction: Direction,
    /// The verb that says the direction, with its 到 or 至.
    pub verb: String,
    /// Whether the second value is a place in an order (第7位).
    pub ordinal: bool,
    /// The stated difference: a growth rate, a change, or a multiple.
    pub stated: Option<Stated<'r, 'a>>,
}

/// What is said of the difference.
#[derive(Debug)]
pub(super) struct Stated<'r, 'a> {
    pub quantity: &'r Quantity<'a>,
    pub direction: Direction,
    /// Whether it is a yearly average (年均, 平均每年).
    pub yearly: bool,
}

impl Stated<'_, '_> {
    /// Whether the number itself has the sign that its verb gives it.
    pub fn carries_sign(&self) -> bool {
        (self.direction == Direction::Down) == self.quantity.row.value.is_sign_negative()
    }
}

/// Which way a verb says that something moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    Down,
}

/// Verbs with their direction; a longer verb stands before one that it contains.
fn verbs() -> impl Iterator<Item = (&'static str, Direction)> {
    rows(List::Turn).iter().flat_map(|row| {
        let direction = if row.attribute == "up" {
            Direction::Up
        } else {
            Direction::Down
        };
        row.words.iter().map(move |word| (*word, direction))
    })
}

/// Finds the from–to statements of a report. Several pairs (分别从A、B增加到C、D) are paired in order.
pub(super) fn transitions<'r, 'a>(report: &'r ReportView<'a>) -> Vec<Transition<'r, 'a>> {
    let mut found = Vec::new();
    for sentence in &report.sentences {
        let mut first = sentence.start;
        while first < sentence.end {
            let statement = if opens(report.lead(first)) {
                read(report, first, sentence.end)
            } else {
                read_continued(report, first, sentence.end)
            };
            match statement {
                Some((mut pairs, next)) => {
                    found.append(&mut pairs);
                    first = next;
                }
                None => first += 1,
            }
        }
    }
    found
}

/// Reads the statement whose first value is quantity `first`; gives its pairs and the quantity to go on from.
fn read<'r, 'a>(report: &'r ReportView<'a>, first: usize, end: usize) -> Option<(Vec<Transition<'r, 'a>>, usize)> {
    let mut last_from = first;
    let (direction, verb) = loop {
        if last_from + 1 >= end {
            return None;
        }
        let gap = report.gap_after_unit(last_from);
        if let Some(turn) = turn(gap) {
            break turn;
        }
        if !is_list_separator(gap) {
            return None;
        }
        last_from += 1;
    };
    let count = last_from - first + 1;
    let first_to = last_from + 1;
    let mut last_to = first_to;
    while last_to - first_to + 1 < count && last_to + 1 < end && is_list_separator(report.gap_after_unit(last_to)) {
        last_to += 1;
    }
    let tos = last_to - first_to + 1;
    if tos != count && tos != 1 {
        return None;
    }
    let stated = if count == 1 {
        stated_after(report, last_to, end)
    } else {
        None
    };
    let next = last_to + 1;
    let mut pairs: Vec<Transition<'r, 'a>> = (0..count)
        .map(|index| Transition {
            from: &report.quantities[first + index],
            to: &report.quantities[if tos == 1 { first_to } else { first_to + index }],
            direction,
            verb: verb.clone(),
            ordinal: report.lead(last_to).ends_with('第'),
            stated: None,
        })
        .filter(|pair| {
            pair.from.unit.factor_to(&pair.to.unit).is_some() && pair.from.row.measure == pair.to.row.measure
        })
        .collect();
    if let [pair] = pairs.as_mut_slice() {
        pair.stated = stated;
    }
    Some((pairs, next))
}

/// Reads a statement without 从, whose second clause is nothing but a year and a verb: 1949年是326亿元，1956年上升到583亿元.
fn read_continued<'r, 'a>(
    report: &'r ReportView<'a>,
    first: usize,
    end: usize,
) -> Option<(Vec<Transition<'r, 'a>>, usize)> {
    let (from, to) = (
        report.quantities.get(first)?,
        report.quantities.get(first + 1).filter(|_| first + 1 < end)?,
    );
    let gap = report.gap_after_unit(first);
    let clause = gap.strip_prefix(['，', '、', '；'])?;
    let undated = clause.trim_start_matches(char::is_numeric);
    let undated = undated
        .strip_prefix('年')
        .map_or(clause, |rest| rest.trim_start_matches(['末', '底', '则', '已', '又']));
    let (direction, verb) =
        turn(undated).filter(|(_, verb)| undated.trim_end_matches(['约', '近', '超', '过']) == *verb)?;
    let comparable = from.unit.factor_to(&to.unit).is_some() && from.row.measure == to.row.measure;
    let stated = stated_after(report, first + 1, end);
    comparable.then(|| {
        (
            vec![Transition {
                from,
                to,
                direction,
                verb,
                ordinal: report.lead(first + 1).ends_with('第'),
                stated,
            }],
            first + 2,
        )
    })
}

/// Whether the words before a number end in 从 or 由 and what says which value it is (从2020年的, 由上年, 从目前的).
fn opens(lead: &str) -> bool {
    let clause = lead.rsplit(['，', '。', '；', '、', '：', '（']).next().unwrap_or(lead);
    match clause.rfind(['从', '由']) {
        Some(at) => {
            let rest: String = clause[at..].chars().skip(1).collect();
            rest.chars().count() <= 12 && !rest.contains(['到', '至'])
        }
        None => false,
    }
}

/// Reads 增加到, 提升到2025年的, 降至: the direction, and the verb as it stands.
fn turn(gap: &str) -> Option<(Direction, String)> {
    const GOALS: [char; 3] = ['到', '至', '为'];
    if !gap.contains(GOALS) || gap.contains(['，', '。', '；', '、', '：']) || gap.chars().count() > 20 {
        return None;
    }
    verbs().find_map(|(verb, direction)| {
        let at = gap.find(verb)?;
        let rest = gap[at + verb.len()..].trim_start_matches('了');
        let goal = GOALS.into_iter().find(|goal| rest.starts_with(*goal))?;
        Some((direction, format!("{verb}{goal}")))
    })
}

/// Whether only a separator of listed values stands between two numbers.
fn is_list_separator(gap: &str) -> bool {
    matches!(gap, "、" | "和" | "及" | "与" | "，")
}

/// The stated difference right after the second value: ，增长55.3%; 、年均增长24%; ，提高0.2个百分点; ，增长1.2倍; ，翻一番.
fn stated_after<'r, 'a>(report: &'r ReportView<'a>, to: usize, end: usize) -> Option<Stated<'r, 'a>> {
    let quantity = report.quantities.get(to + 1).filter(|_| to + 1 < end)?;
    let gap = report.gap_after_unit(to);
    let words = gap.strip_prefix(['，', '、', '；'])?;
    let (words, yearly) = match ["年均", "平均每年", "每年平均", "年平均"]
        .iter()
        .find_map(|it| words.strip_prefix(it))
    {
        Some(rest) => (rest, true),
        None => (words, false),
    };
    let words = ["累计", "五年", "同比", "共", "约", "净"]
        .iter()
        .fold(words, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let direction = if matches!(words, "翻" | "实现翻" | "翻了") {
        Direction::Up
    } else {
        let (verb, direction) = verbs().find(|(verb, _)| words.starts_with(verb))?;
        let rest = words[verb.len()..].trim_start_matches(['了', '幅', '约', '近', '超', '过', '达']);
        if !rest.is_empty() {
            return None;
        }
        direction
    };
    Some(Stated {
        quantity,
        direction,
        yearly,
    })
}

/// What follows a number and its unit, for the checks that look for words there.
pub(super) fn after_unit(report: &ReportView<'_>, index: usize, limit: usize) -> String {
    let quantity = &report.quantities[index];
    let end = report.sentence_end(quantity.end).min(quantity.end + limit);
    strip_unit(&report.words(quantity.end..end), &quantity.row.unit).to_owned()
}
