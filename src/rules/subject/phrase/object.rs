//! The phrase to the right of an amount: what it counts.

use super::left::left;
use super::nouns::{is_thing, measures};
use super::verb::head_verb;
use crate::grammar::Scene;
use crate::lex::TokenKind;
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

/// Longest object phrase taken into an indicator.
const LONGEST_OBJECT: usize = 26;

/// The noun phrase that an amount counts, to its right: none where a mark, a verb of growth or nothing follows.
pub fn object(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let amount = scene.amount(i)?;
    let (mut from, mut to) = clause::right(scene, i);
    // 1223户70岁以上独居老人: an amount that follows at once qualifies what is counted.
    let mut j = i;
    while from == to && from < clause::end(scene, from) {
        j = scene.amount_after(j)?;
        let next = scene.amount(j)?;
        if next.start != from || next.unit == amount.unit {
            return None;
        }
        (from, to) = clause::right(scene, j);
    }
    // 三个月内完成: a time by when, which counts nothing.
    if scene.starts(from, &["内"]) && amount.unit.ends_with(['年', '月', '周', '天', '日', '时']) {
        return None;
    }
    // 稳定在5%左右的较低水平, 提高到10万元等优惠政策, 跨越7万亿、8万亿两个台阶: what follows names nothing that is counted.
    let reached = scene.measured(i).is_some_and(|m| m.predicate < amount.start);
    if reached && scene.at(from) == Some('等') || is_band(scene, from, clause::end(scene, from)) {
        return None;
    }
    // 下岗职工1000万人中，已有600万人再就业
    if to == from + 1 && scene.ends(to, &["中"]) {
        return None;
    }
    let first = scene.token_from(from)?;
    let opens = match first.kind {
        TokenKind::Text => true,
        TokenKind::Punctuation(c) => matches!(c, '“' | '「' | '《' | '『'),
        TokenKind::Word(_) => {
            scene.at(from) == Some('的')
                || first.is(Class::NOUN
                    .or(Class::EVENT)
                    .or(Class::HEAD)
                    .or(Class::IDIOM)
                    .or(Class::RATE)
                    .or(Class::RHETORICAL))
                || !first.is(Class::CONJUNCTION
                    .or(Class::HEDGE_AFTER)
                    .or(Class::REACH)
                    .or(Class::AUX)
                    .or(Class::PREPOSITION))
        }
        TokenKind::Number(n) => scene.amount(n).is_none(),
        TokenKind::Unit => false,
    };
    // 426户1135人全部脱贫
    let adverb = ["全部", "均已", "均", "都", "已"]
        .iter()
        .find(|word| scene.starts(from, &[word]))
        .map(|word| from + word.chars().count());
    if let Some(verb) = adverb
        && !measures(&amount.unit)
        && !has_left(scene, i)
        && scene
            .token_from(verb)
            .is_some_and(|t| t.kind == TokenKind::Text || t.is(Class::EVENT) && !t.is(Class::NOUN))
    {
        let to = trim_object(scene, from, to.min(from + LONGEST_OBJECT));
        return (verb < to).then_some((from, to));
    }
    let changes =
        first.is(Class::UP.or(Class::DOWN)) || (first.is(Class::REACH) && !first.is(Class::EVENT.or(Class::NOUN)));
    // 4次降低存款准备金率: what is counted is the action.
    let changes = changes && amount.unit != "次";
    if !opens || changes || scene.starts(from, &["台阶", "新台阶", "大台阶", "大关", "关口", "的目标", "的水平"])
    {
        return None;
    }
    // 3400万人的引大济岷工程, 25兆瓦级风电主轴轴承
    if matches!(scene.at(from), Some('的' | '级')) {
        from += 1;
    }
    // Before a further amount of the clause, the object ends where that amount's own phrase begins.
    if scene
        .amount_after(j)
        .and_then(|k| scene.amount(k))
        .is_some_and(|a| a.start == to)
        && let Some(verb) = scene.tokens_in(from, to).skip(1).find(|t| {
            t.is(Class::REACH) && !t.is(Class::NOUN)
                || t.is(Class::UP.or(Class::DOWN)) && !t.is(Class::NOUN.or(Class::EVENT))
                || t.is(Class::CONJUNCTION)
        })
    {
        // 17个重点行业增加值增长5%: the things, not what is measured of them.
        let measured = !verb.is(Class::CONJUNCTION) && !measures(&amount.unit);
        to = verb.start;
        if measured {
            to = without_measure(scene, from, clause::trim_tail(scene, from, to));
        }
    }
    to = to.min(from + LONGEST_OBJECT);
    // Never in the middle of a word or of a quotation.
    if let Some(token) = scene
        .tokens
        .tokens
        .iter()
        .find(|t| t.start < to && t.end > to && !matches!(t.kind, TokenKind::Text))
    {
        to = token.start;
    }
    // 政策范围内费用“零负担”: not half a quotation.
    if let Some((open, close)) = scene
        .quotation(to)
        .filter(|&(open, close)| open > from + 1 && close > to)
    {
        to = if close - from <= LONGEST_OBJECT + 4 {
            close + 1
        } else {
            open - 1
        };
    }
    let to = trim_object(scene, from, end_of_noun(scene, i, from, to));
    // A verb alone is a predicate: 赤字率拟按3%安排.
    // Before a sum it is a noun: 残疾人两项补贴12亿元.
    let sum = scene
        .amount_after(j)
        .and_then(|k| scene.amount(k))
        .is_some_and(|it| it.start == to);
    let verb_alone = !sum && head_verb(scene, from, to).is_some_and(|(_, end)| end == to);
    // 1.3亿多
    let hedge = to == from + 1 && matches!(scene.at(from), Some('多' | '余' | '强'));
    (to > from && !hedge && !(verb_alone && has_left(scene, i))).then_some((from, to))
}

/// End of the things in a phrase that ends in a measure of them.
fn without_measure(scene: &Scene, from: usize, to: usize) -> usize {
    let is_measure = |p: &usize| {
        words::find(&scene.folded[*p..to])
            .is_some_and(|w| w.class.has(Class::HEAD.or(Class::RATE).or(Class::BARE_HEAD)))
            && !is_thing(scene, *p, to)
    };
    (from + 2..to).find(is_measure).unwrap_or(to)
}

/// Whether what follows an amount only says where it lies: 的较低水平, 的合理区间, 两个台阶.
fn is_band(scene: &Scene, from: usize, to: usize) -> bool {
    const BANDS: &[&str] = &["水平", "区间", "范围", "台阶", "大关", "关口", "目标", "任务"];
    const LONGEST: usize = 6;
    let steps = scene.numbers.iter().any(|n| n.start == from) && scene.ends(to, &["台阶", "大关", "关口"]);
    to > from && to - from <= LONGEST && (scene.at(from) == Some('的') && scene.ends(to, BANDS) || steps)
}

/// Where the noun ends that an amount counts: before what is only said of it, 端点城市对内联动, 产业园建设扎实推进, and before the next item of a
/// list that has a subject or a size of its own, 盟市接通高铁、所有盟市互通高速.
fn end_of_noun(scene: &Scene, i: usize, from: usize, to: usize) -> usize {
    /// What begins a predicate that tells nothing about which things are counted.
    const PREDICATES: &[&str] = &[
        "对内",
        "共同",
        "应该",
        "应当",
        "必须",
        "仍然",
        "要加快",
        "要继续",
        "要确保",
        "要力争",
        "要努力",
        "要全部",
        "要尽快",
        "要抓紧",
        "相互",
        "彼此",
        "进展",
        "成效",
    ];
    /// How something is done, before a verb of doing it.
    const MANNERS: &[&str] = &[
        "扎实", "稳步", "有序", "加快", "全面", "持续", "深入", "顺利", "积极", "加紧", "全力", "正在", "抓紧", "统筹",
        "协同", "快速", "加速", "高效",
    ];
    const DOING: &[&str] = &[
        "推进", "建设", "实施", "开展", "推动", "进行", "展开", "落实", "运行", "落地",
    ];
    /// What a sum is for begins so.
    const PURPOSES: &[&str] = &["加强", "支持", "推进", "推动", "促进", "用于", "置换", "帮助", "加快"];
    /// What begins an item with a subject of its own.
    const ITEMS: &[&str] = &["所有", "全部", "各", "全国", "全球", "全省", "世界", "国内", "首"];
    let inside = |p: usize| scene.quotation(p).is_none();
    let item = (from + 2..to).find(|&p| {
        scene.folded[p] == '、'
            && inside(p)
            && (scene.starts(p + 1, ITEMS) || is_size_of(scene, i) && clause::bracket_before(scene, p).is_none())
    });
    let to = item.unwrap_or(to);
    // 公报的基础上, 测评点中有…: where something is.
    let to = ["的基础上", "的情况下", "的条件下", "的过程中"]
        .iter()
        .find(|word| scene.ends(to, &[word]) && to > from + word.chars().count())
        .map_or(to, |word| to - word.chars().count());
    let to = to - usize::from(is_among(scene, from, to));
    let whole = |p: usize| {
        let token = scene.tokens.tokens.get(scene.token_at(p));
        token.is_some_and(|t| t.start == p || t.kind == TokenKind::Text)
    };
    let predicate = (scene.find(from + 2, to, PREDICATES).unwrap_or(to)..to).find(|&p| {
        scene.starts(p, PREDICATES)
            && inside(p)
            && whole(p)
            && !scene.holds(p, to, &["的"])
            && !scene.starts(p, &["共同体", "共同富裕"])
    });
    let to = predicate.unwrap_or(to);
    let purpose = scene.amount(i).filter(|it| it.unit.ends_with('元')).and_then(|_| {
        scene
            .tokens_in(from, to)
            .find(|t| t.start >= from + 2 && scene.is(t.start, t.end, PURPOSES))
    });
    let to = purpose
        .map(|t| t.start)
        .filter(|&p| !scene.ends(p, &["资金", "经费"]))
        .unwrap_or(to);
    let doing = DOING.iter().find(|verb| scene.ends(to, &[verb]));
    let manner = doing.and_then(|verb| {
        let verb = verb.chars().count();
        MANNERS.iter().find_map(|manner| {
            let start = to
                .checked_sub(verb + manner.chars().count())
                .filter(|&p| p >= from + 2)?;
            scene.starts(start, &[manner]).then_some(start)
        })
    });
    manner.unwrap_or(to)
}

/// Whether a phrase ends in 中 before what is said of a part: 测评点中有…
pub(super) fn is_among(scene: &Scene, from: usize, to: usize) -> bool {
    to > from + 2
        && scene.ends(to, &["中"])
        && !scene.ends(to, &["高中", "初中", "其中", "集中"])
        && matches!(scene.at(to), Some('有' | '，' | '位' | '居' | '列' | '排' | '获'))
}

/// Whether an amount says how large the thing after it is, and does not count things.
pub fn is_size_of(scene: &Scene, i: usize) -> bool {
    scene.amount(i).is_some_and(|it| {
        [
            "方/年",
            "吨/年",
            "千伏",
            "千瓦",
            "兆瓦",
            "英寸",
            "吉瓦时",
            "兆瓦时",
            "米",
        ]
        .iter()
        .any(|unit| it.unit.ends_with(unit))
    })
}

/// Whether a phrase stands before the amount.
fn has_left(scene: &Scene, i: usize) -> bool {
    let (from, to) = left(scene, i);
    from < to
}

/// Drops what cannot end a noun phrase.
fn trim_object(scene: &Scene, from: usize, mut to: usize) -> usize {
    while to > from {
        let Some(token) = scene.token_before(to).filter(|t| t.start >= from) else {
            break;
        };
        let drop = match token.kind {
            TokenKind::Punctuation(c) => matches!(c, '、' | '，' | '（' | '“' | '「' | '《' | ' ' | '—' | '-' | '·'),
            TokenKind::Word(_) => {
                token.is(Class::AUX.or(Class::CONJUNCTION).or(Class::RESPECTIVE))
                    || (token.is(Class::PREPOSITION) && token.end - token.start == 1)
            }
            _ => false,
        };
        if !drop {
            break;
        }
        to = token.start;
    }
    to
}
