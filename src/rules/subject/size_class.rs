//! Counts of things of a size.

use crate::grammar::{Amount, Rule, Scene, Subject};
use crate::lex::TokenKind;
use crate::lexicon::terms::Modifier;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::phrase;

/// Reads the size that things have as part of the name of what is counted, and the things as what the size is of:
/// `10亿元以上项目35个`, `产值超百亿元企业12家`, `引进6个50亿元以上项目`.
pub static RULE: Rule<Subject> = Rule {
    name: "size-class",
    reads: "things counted by their size: 10亿元以上项目35个 引进6个50亿元以上项目",
    apply,
};

/// A count of things of a size.
struct Sized {
    count: usize,
    size: usize,
    /// The things.
    noun: (usize, usize),
}

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    if let Some(sized) = before_its_things(scene, i).or_else(|| after_its_things(scene, i)) {
        return counted(scene, &sized);
    }
    let of_size = |found: Option<Sized>| found.filter(|it| it.size == i);
    let sized = of_size(scene.amount_before(i).and_then(|count| before_its_things(scene, count)))
        .or_else(|| of_size(scene.amount_after(i).and_then(|count| after_its_things(scene, count))))?;
    let (from, to) = phrase::left(scene, i);
    let from = phrase::head_verb(scene, from, to).map_or(from, |(_, end)| end);
    let attribute = (sized.size < sized.count && from < to).then_some((from, to));
    // 企业产值, but 每千人口婴幼儿托位
    let mut pieces: Vec<_> = [sized.noun].into_iter().chain(attribute).collect();
    if is_rating(scene.amount(i)?) {
        pieces.reverse();
    }
    Some(Subject::stated(pieces))
}

/// The count with its verb and the size.
fn counted(scene: &Scene, sized: &Sized) -> Option<Subject> {
    let size = scene.amount(sized.size)?;
    let first = sized.count.min(sized.size);
    let (from, to) = phrase::left(scene, first);
    let mut pieces = Vec::new();
    if sized.size < sized.count {
        if phrase::head_verb(scene, from, to).is_none() {
            pieces.extend(phrase::inherited_verb(scene, first));
        }
        let head = if from < to { from } else { size.start };
        if sized.noun.1 > size.start {
            pieces.push((head, sized.noun.1));
        } else {
            pieces.extend([(head, size.end), sized.noun]);
        }
    } else {
        if scene.ends(to, &["等"]) {
            pieces.extend(phrase::head_verb(scene, from, to));
        } else if from < to {
            pieces.push(phrase::tail_verb(scene, from, to).unwrap_or((from, to)));
        } else {
            pieces.extend(phrase::inherited_verb(scene, first));
        }
        if sized.noun.0 > size.end + 1 {
            pieces.extend([(size.start, size.end), sized.noun]);
        } else {
            pieces.push((size.start, sized.noun.1));
        }
    }
    Some(Subject {
        verbatim: true,
        ..Subject::stated(pieces)
    })
}

/// `6个50亿元以上项目`
fn before_its_things(scene: &Scene, count: usize) -> Option<Sized> {
    let amount = scene.amount(count).filter(|it| counts(it))?;
    let size = scene.amount_after(count)?;
    scene.amount(size).filter(|it| it.start == amount.end && is_size(it))?;
    Some(Sized {
        count,
        size,
        noun: phrase::object(scene, count).or_else(|| {
            // 12个百亿元、70个30亿元以上项目: the things stand at the end of the list.
            let end = scene.amount(size)?.end;
            let next = scene.amount_after(size).filter(|_| scene.at(end) == Some('、'))?;
            scene.amount(next).filter(|it| it.start == end + 1)?;
            phrase::object(scene, next)
        })?,
    })
}

/// `50亿元以上项目6个`
fn after_its_things(scene: &Scene, count: usize) -> Option<Sized> {
    let size = scene.amount_before(count)?;
    // 10千伏线路36公里
    let line = scene.amount(size).is_some_and(|it| it.unit.ends_with("千伏"));
    let amount = scene
        .amount(count)
        .filter(|it| counts(it) || line && it.unit.ends_with("公里"))?;
    let bound = scene.amount(size).filter(|it| {
        is_rating(it) || is_size(it) && (it.modifier != Modifier::Exact || scene.ends(it.start, &["过"]))
    })?;
    let from = bound.end + usize::from(scene.at(bound.end) == Some('的'));
    let to = clause::trim_tail(scene, from, amount.start);
    if bound.end == amount.start {
        // 其中10亿元以上5个
        let (_, whole) = phrase::same_unit_before(scene, count)?;
        let &(from, to) = whole.last()?;
        let from = phrase::head_verb(scene, from, to).map_or(from, |(_, end)| end);
        // 亿元以上项目30个，其中10亿元以上5个
        let bound = (from..to).find(|&p| scene.starts(p, &["以上"])).map_or(from, |p| p + 2);
        let noun = (bound < to).then_some((bound, to))?;
        return Some(Sized { count, size, noun });
    }
    let names = scene.tokens_in(from, to).all(|token| match token.kind {
        TokenKind::Text => true,
        TokenKind::Word(_) => {
            token.is(Class::NOUN) || !token.is(Class::EVENT.or(Class::UP).or(Class::DOWN).or(Class::REACH))
        }
        // 县（市、区）
        TokenKind::Punctuation(c) => matches!(c, '（' | '）' | '、') && scene.holds(from, to, &["（"]),
        TokenKind::Number(_) | TokenKind::Unit => false,
    });
    let short = to == from + 1 && scene.starts(from, &["村", "乡", "镇", "县", "市", "区"]);
    (names && (to >= from + 2 || short)).then_some(Sized {
        count,
        size,
        noun: (from, to),
    })
}

/// Whether an amount is a number of things.
fn counts(amount: &Amount) -> bool {
    !amount.unit.is_empty() && !phrase::measures(&amount.unit) && !is_rating(amount)
}

/// Whether an amount says what kind a thing is of: 500千伏变电站, 3岁以下婴幼儿托位.
fn is_rating(amount: &Amount) -> bool {
    ["千伏", "兆瓦", "千瓦", "岁", "分钟", "吨级", "层", "马力", "英寸"]
        .iter()
        .any(|unit| amount.unit.ends_with(unit))
}

/// Whether an amount can be the size of a thing.
fn is_size(amount: &Amount) -> bool {
    phrase::measures(&amount.unit)
}
