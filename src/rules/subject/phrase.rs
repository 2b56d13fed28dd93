//! The phrases around an amount. Not a rule: the rules of the stage share it.

use crate::grammar::{Scene, Subject};
use crate::lex::{Token, TokenKind};
use crate::lexicon::terms::{Measure, NumeralKind};
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

/// Longest object phrase taken into an indicator.
const LONGEST_OBJECT: usize = 26;

/// The phrase to the left of an amount and its predicate, without the words that may be left out at either end.
pub fn left(scene: &Scene, i: usize) -> (usize, usize) {
    *scene.phrases[i].get_or_init(|| read_left(scene, i))
}

fn read_left(scene: &Scene, i: usize) -> (usize, usize) {
    let (from, to) = clause::left(scene, i);
    let predicate = scene.measured(i).map_or(to, |m| m.predicate).clamp(from, to);
    let head = clause::trim_head(scene, after_causative(scene, from, predicate), predicate);
    let head = after_purpose(scene, from, head, predicate);
    let tail = clause::trim_tail(scene, head, predicate);
    // 在五年计划的前三年共增加…: a time, which names nothing.
    let dated = |n: usize| scene.kind(n) == Some(NumeralKind::Date);
    if scene.ends(head, &["在"])
        && (0..scene.numbers.len())
            .any(|n| scene.numbers[n].start >= tail && scene.numbers[n].end <= predicate && dated(n))
    {
        return (head, head);
    }
    let tail = tail.max(head);
    (head, tail - usize::from(is_among(scene, head, tail)))
}

/// The verb of a phrase that begins with what the deed is for: 围绕产业需求布局建设5条专线.
fn after_purpose(scene: &Scene, from: usize, head: usize, to: usize) -> usize {
    const FOR: &[&str] = &["围绕", "聚焦", "针对", "立足", "着眼"];
    if !scene.tokens_in(from, head).any(|t| scene.is(t.start, t.end, FOR)) {
        return head;
    }
    let verb = scene
        .tokens_in(head, to)
        .skip(1)
        .find(|t| is_verb(t))
        .map_or(head, |t| t.start);
    if verb < to { verb } else { head }
}

/// What a clause begins with whose object is what is measured.
const CAUSES: &[&str] = &[
    "把",
    "使",
    "使得",
    "确保",
    "建成后",
    "投产后",
    "达产后",
    "建成投产后",
    "全部达产后",
    "完工后",
    "投用后",
    "达效后",
    "达产达效后",
    "建成达产后",
    "建成达效后",
];

/// Start of the object of a causative verb, which is what is measured: `把我国人口控制在12亿`, `使国民生产总值达到…`. What 实现 has before it
/// owns what is measured: `规上工业企业实现产值12亿元`.
fn after_causative(scene: &Scene, from: usize, to: usize) -> usize {
    if !scene.holds(from, to, CAUSES) && !scene.holds(from, to, &[ACHIEVES]) {
        return from;
    }
    scene
        .tokens_in(from, to)
        .filter(|t| {
            let causes = scene.is(t.start, t.end, CAUSES);
            let reaches = scene.is(t.start, t.end, &[ACHIEVES]) && !owns(scene, from, t.start);
            (causes || reaches) && clause::trim_tail(scene, t.end, to) > t.end
        })
        .map(|t| t.end)
        .next_back()
        .unwrap_or(from)
}

/// Whether what stands before a verb is the name of an owner.
fn owns(scene: &Scene, from: usize, to: usize) -> bool {
    let from = clause::trim_head(scene, from, to);
    let to = clause::trim_tail(scene, from, to);
    from < to
        && scene.tokens_in(from, to).all(|t| match t.kind {
            TokenKind::Text | TokenKind::Number(_) | TokenKind::Unit => true,
            TokenKind::Word(_) => {
                // 国有及国有控股企业
                t.is(Class::HEAD.or(Class::EVENT).or(Class::GUARD))
                    || t.is(Class::CONJUNCTION) && t.start > from && t.end < to
                    || t.is(Class::NOUN) && !t.is(Class::TO)
            }
            TokenKind::Punctuation(_) => false,
        })
}

/// The verb between an owner and what is measured of it.
const ACHIEVES: &str = "实现";

/// What says nothing between an agent and its verb: 图书馆全年接待群众.
const YEAR: &str = "全年";

/// A phrase in the pieces that name something: without the verb between an owner and its measure, and without words of time and intent.
pub fn named(scene: &Scene, from: usize, to: usize) -> Vec<(usize, usize)> {
    const LEFT_OUT: &[&str] = &["拟", "累计", "还将", "了", "已", "已经", "大约", "仍然", "共有"];
    let mut pieces = Vec::new();
    let mut start = from;
    for token in scene.tokens_in(from, to) {
        if token.start == start || token.end == to || scene.quotation(token.start).is_some() {
            continue;
        }
        if scene.is(token.start, token.end, &[ACHIEVES]) {
            pieces.push((start, clause::trim_tail(scene, start, token.start)));
            start = clause::trim_head(scene, token.end, to);
        } else if scene.at(token.start) == Some('拟') && token.end > token.start + 1 {
            // 拟安排
            pieces.push((start, token.start));
            start = token.start + 1;
        } else if scene.is(token.start, token.end, LEFT_OUT)
            || scene.is(token.start, token.end, &[YEAR])
                && !scene.starts(token.end, &["的"])
                && !scene.ends(token.start, &["的"])
        {
            pieces.push((start, token.start));
            start = token.end;
        }
    }
    pieces.push((start, to));
    pieces.retain(|(start, end)| start < end);
    pieces
}

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
fn is_among(scene: &Scene, from: usize, to: usize) -> bool {
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

/// The verb of a count at the head of a phrase, with the verbs right after it: 新增, 建设筹措.
pub fn head_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut end = from;
    loop {
        // 引进和培育, 新建改扩建及维修改造
        let joint = scene
            .token_from(end)
            .filter(|t| end > from && t.end < to && t.is(Class::CONJUNCTION))
            .map_or(end, |t| t.end);
        let Some(token) = scene.token_from(joint).filter(|t| t.end <= to && is_verb(t)) else {
            break;
        };
        end = token.end;
    }
    (end > from).then_some((from, end))
}

/// The verbs that end a phrase: 率先启动.
pub fn tail_verb(scene: &Scene, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = to;
    loop {
        let joint = scene
            .token_before(start)
            .filter(|t| start < to && t.start > from && t.is(Class::CONJUNCTION) && scene.at(t.start) != Some('、'))
            .map_or(start, |t| t.start);
        let Some(token) = scene.token_before(joint).filter(|t| t.start >= from && is_verb(t)) else {
            break;
        };
        start = token.start;
    }
    (start < to).then_some((start, to))
}

/// Whether a range only says what became of things that are named before: 开工建设, 完成或超额完成, 全部出列.
pub fn is_predicate(scene: &Scene, from: usize, to: usize) -> bool {
    const ENDS: &[&str] = &["出列", "摘帽", "脱贫", "达标", "清零", "销号", "见效"];
    let end = ENDS
        .iter()
        .find(|word| scene.ends(to, &[word]))
        .map_or(to, |word| to - word.chars().count());
    let said = |t: &Token| {
        t.is(Class::CONJUNCTION.or(Class::ADVERB)) || t.is(Class::EVENT.or(Class::REACH)) && !t.is(Class::NOUN)
    };
    let from = from + if scene.starts(from, &["正在"]) { 2 } else { 0 };
    from < to && end >= from && scene.tokens_in(from, to).filter(|t| t.start < end).all(said)
}

/// The things that a statement before `i` counts with the same classifier, without what was done with them.
pub fn things_before(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    let (j, mut pieces) = same_unit_before(scene, i)?;
    if scene.amount_before(i) != Some(j) {
        return None;
    }
    let first = pieces.first_mut()?;
    first.0 = head_verb(scene, first.0, first.1).map_or(first.0, |it| it.1);
    pieces.retain(|&(start, end)| start < end && !is_predicate(scene, start, end));
    (!pieces.is_empty()).then_some(pieces)
}

/// Whether a verb of a count stands in a range.
pub fn has_verb(scene: &Scene, from: usize, to: usize) -> bool {
    scene.tokens_in(from, to).any(is_verb)
}

fn is_verb(token: &Token) -> bool {
    token.is(Class::EVENT) && !token.is(Class::NOUN)
}

/// The statement before `i` within its group of clauses, and what is carried on of its subject.
pub fn before(scene: &Scene, i: usize) -> Option<(usize, Subject)> {
    let amount = scene.amount(i)?;
    let group = clause::group_start(scene, amount.start);
    let bracket = clause::bracket_before(scene, amount.start);
    (0..i).rev().find_map(|j| {
        let subject = scene.subject(j)?;
        let at = scene.amount(j)?;
        // 财政收入8亿元（其中税收6亿元），增长8%
        if clause::bracket_before(scene, at.start).is_some_and(|open| bracket.is_none_or(|own| own < open)) {
            return None;
        }
        let mut carried = subject.clone();
        // 占全国份额从14%提升到15.5%: within its clause a statement goes on as a whole.
        if let Some(pieces) = carried.carries
            && at.start < clause::start(scene, amount.start)
        {
            carried.pieces.truncate(pieces);
            carried.carries = None;
        }
        (at.start >= group && !carried.pieces.is_empty()).then_some((j, carried))
    })
}

/// The nearest statement before `i` within its group of clauses that counts with the same classifier, and its subject.
pub fn same_unit_before(scene: &Scene, i: usize) -> Option<(usize, Vec<(usize, usize)>)> {
    let amount = scene.amount(i).filter(|it| !measures(&it.unit))?;
    let group = clause::group_start(scene, amount.start);
    let counted = |&j: &usize| {
        scene
            .amount(j)
            .is_some_and(|a| a.start >= group && a.unit == amount.unit)
    };
    let j = (0..i).rev().find(counted)?;
    Some((j, scene.subject(j).filter(|it| !it.pieces.is_empty())?.pieces.clone()))
}

/// The phrase of the nearest clause to the left that names something and holds no amount.
pub fn clause_before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let mut from = clause::left(scene, i).0;
    let group = clause::group_start(scene, from);
    while from > group {
        let start = clause::start(scene, from - 1);
        let head = clause::trim_head(scene, after_causative(scene, start, from - 1), from - 1);
        // 下调缴费比例，可降至16%: what was changed.
        let head = scene
            .token_from(head)
            .filter(|t| t.is(Class::UP.or(Class::DOWN)) && t.end + 2 < from && scene.at(t.end) != Some('的'))
            .map_or(head, |t| t.end);
        let tail = clause::trim_tail(scene, head, from - 1);
        // 粮食产量屡创历史新高: the noun that is measured, without what is said of it.
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| {
                // 低收入群众, 价格补贴: part of a longer noun.
                let longer = scene
                    .token_from(t.end)
                    .is_some_and(|next| next.is(Class::EVENT.or(Class::NOUN).or(Class::HEAD)));
                t.is(Class::HEAD) && t.start > head && !longer && !scene.ends(t.start, &["低", "高", "中等"])
            })
            .map_or(tail, |t| t.end);
        // 地区生产总值连跨三个百亿台阶, 人均收入突破万元大关: without the steps.
        let steps = scene.ends(from - 1, &["台阶", "大关", "关口"]);
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| steps && t.is(Class::HEDGE_BEFORE) && t.start >= head + 2)
            .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
        // 服务业增加值占GDP比重首次超过…: the share, not its part.
        let whole = if steps {
            tail
        } else {
            clause::trim_tail(scene, head, from - 1)
        };
        let tail = scene
            .holds(tail.min(whole), whole, &["占"])
            .then(|| {
                (tail..whole)
                    .find(|&p| scene.starts(p, &["比重", "比例"]))
                    .map(|p| p + 2)
            })
            .flatten()
            .unwrap_or(tail);
        // 固定资产投资增长加快
        let tail = scene
            .tokens_in(head, tail)
            .find(|t| t.is(Class::UP.or(Class::DOWN)) && !t.is(Class::NOUN.or(Class::EVENT)) && t.start >= head + 2)
            .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
        if tail >= head + 2 {
            return Some((head, tail));
        }
        if start >= from {
            break;
        }
        from = start;
    }
    None
}

/// The verb that a list hands on to its next item: 新增A2家、B1家.
pub fn inherited_verb(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let (from, _) = clause::left(scene, i);
    let listed = from > 0
        && (scene.folded[from - 1] == '、' || scene.token_from(from).is_some_and(|t| t.is(Class::CONJUNCTION)));
    if !listed {
        return None;
    }
    verb_of(scene, scene.amount_before(i)?)
}

/// The verb of the count before `i`, if it stands in the same clause.
pub fn verb_before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let j = scene.amount_before(i)?;
    let start = clause::start(scene, scene.amount(i)?.start);
    verb_of(scene, j).filter(|_| scene.amount(j).is_some_and(|a| a.start >= start))
}

/// Verbs that a list hands on together with who does it.
const HANDED_ON: &[&str] = &[
    "新增", "接待", "发放", "受理", "引进", "培育", "建成", "新建", "获评", "获批", "惠及", "带动", "吸纳", "运送",
    "开行", "贡献", "选派", "引育",
];

/// What a share may be of that its report need not explain.
pub const SCOPES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全州",
    "全镇",
    "全乡",
    "全球",
    "全世界",
    "世界",
    "大陆",
];

/// The whole that a share without 占 is of, `猕猴桃产量稳定在全国三分之一`: where the part ends, and the range of the whole.
pub fn scope(scene: &Scene, i: usize, from: usize, to: usize) -> Option<(usize, (usize, usize))> {
    scene.measured(i).filter(|it| it.measure == Measure::Ratio)?;
    let word = SCOPES.iter().find(|word| scene.ends(to, &[word]))?;
    let start = to - word.chars().count();
    let part = clause::trim_tail(scene, from, start);
    let stays = scene
        .token_before(start)
        .is_some_and(|t| t.is(Class::REACH.or(Class::TO)));
    (stays && part >= from + 2 && !scene.holds(from, part, &["占"])).then_some((part, (start, to)))
}

/// What the treasury does, which is what is measured: 中央财政安排109亿元.
pub fn treasury(scene: &Scene, i: usize, to: usize) -> Option<(usize, usize)> {
    const VERBS: &[&str] = &["安排", "投入", "拨付", "下达"];
    let amount = scene.amount(i).filter(|_| scene.ends(to, &["财政"]))?;
    let verb = scene
        .tokens_in(to, amount.start)
        .find(|t| scene.is(t.start, t.end, VERBS))?;
    Some((verb.start, verb.end))
}

/// What stands between a part and its whole where the text has another verb.
pub const SHARE: &str = "占";

/// The verb at the head of a list's item.
fn verb_of(scene: &Scene, j: usize) -> Option<(usize, usize)> {
    let &(start, end) = scene.subject(j)?.pieces.first()?;
    let several = scene.subject(j)?.pieces.len() > 1;
    // 每千人拥有医师2人、病床5张
    if scene.starts(start, &["每"]) {
        let has = (start..end).find(|&p| scene.starts(p, &["拥有"]))?;
        return Some((start, has + 2));
    }
    let Some((verb_start, verb_end)) = head_verb(scene, start, end) else {
        // 邮轮母港接待邮轮91艘次、旅客30万人次
        let verb = scene
            .tokens_in(start, end)
            .find(|t| is_verb(t) && scene.is(t.start, t.end, HANDED_ON))?;
        let object = verb.end < end || several;
        return (object && owns(scene, start, verb.start)).then_some((start, verb.end));
    };
    // A verb that is the whole of the indicator's head is no list verb.
    (verb_end < end || several).then_some((verb_start, verb_end))
}

/// Whether a unit is of a large measure: money, or a scale of ten thousand.
pub fn measures_much(unit: &str) -> bool {
    measures(unit) || unit.starts_with(['万', '亿'])
}

/// Whether a unit measures a thing, and does not count things.
pub fn measures(unit: &str) -> bool {
    ["元", "%", "吨", "亩", "米", "公里", "千瓦", "斤", "方", "时", "公顷"]
        .iter()
        .any(|u| unit.ends_with(u))
}

/// Nouns of things, which a measure may follow: 战略性新兴产业增加值. Every other closing noun is a measure.
const THINGS: &[&str] = &[
    "企业",
    "用户",
    "项目",
    "基地",
    "中心",
    "平台",
    "产业",
    "服务业",
    "机构",
    "人才",
    "岗位",
    "床位",
    "学位",
    "管网",
    "管道",
    "管线",
];

/// Whether a range is such a noun.
pub fn is_thing(scene: &Scene, from: usize, to: usize) -> bool {
    scene.is(from, to, THINGS)
}
