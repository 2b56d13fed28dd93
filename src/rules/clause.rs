//! Clauses: where the phrase around an amount begins and ends. Shared by the rules of the later stages.

use crate::grammar::Scene;
use crate::lex::{Token, TokenKind};
use crate::lexicon::is_ideograph;
use crate::lexicon::words::Class;

/// Whether the mark at a position ends a clause. A single dash joins: Ⅰ—Ⅲ类.
fn ends_clause(scene: &Scene, p: usize) -> bool {
    match scene.folded[p] {
        '—' => scene.before(p) == Some('—') || scene.at(p + 1) == Some('—'),
        c => matches!(c, '，' | '。' | '；' | '：' | '？' | '！' | ',' | ';' | '…'),
    }
}

/// Whether a mark ends a group of clauses, across which nothing is carried: `；`, `。`.
pub fn ends_group(c: char) -> bool {
    matches!(c, '。' | '；' | '？' | '！' | ';')
}

/// The open bracket around a position.
pub fn bracket_before(scene: &Scene, position: usize) -> Option<usize> {
    if !scene.holds(0, position, &["（", "("]) {
        return None;
    }
    let mut depth = 0;
    for p in (0..position).rev() {
        match scene.folded[p] {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return Some(p),
            '（' | '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Start of the clause that a position lies in.
///
/// A clause begins after ， 。 ； ：, after an open bracket that is still open, and after a 、 that follows an amount. Marks inside closed
/// brackets or short quotations do not end a clause.
pub fn start(scene: &Scene, position: usize) -> usize {
    let mut depth = 0;
    for p in (0..position).rev() {
        match scene.folded[p] {
            c if is_ideograph(c) => {}
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return p + 1,
            '（' | '(' => depth -= 1,
            '、' if depth == 0 && after_amount(scene, p) => return p + 1,
            _ if depth == 0 && ends_clause(scene, p) => return p + 1,
            _ => {}
        }
    }
    scene.context.label_end.min(position)
}

/// Whether an amount ends at a position.
pub fn after_amount(scene: &Scene, position: usize) -> bool {
    (0..scene.numbers.len()).any(|i| scene.amount(i).is_some_and(|a| a.end == position))
}

/// End of the clause that a position lies in: the mark that closes it.
pub fn end(scene: &Scene, position: usize) -> usize {
    let mut depth = 0;
    let inside = bracket_before(scene, position).is_some();
    for p in position..scene.folded.len() {
        match scene.folded[p] {
            c if is_ideograph(c) => {}
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 && inside => return p,
            '）' | ')' => depth = (depth - 1).max(0),
            _ if depth == 0 && ends_clause(scene, p) => return p,
            _ => {}
        }
    }
    scene.folded.len()
}

/// Start of the group of clauses that a position lies in.
pub fn group_start(scene: &Scene, position: usize) -> usize {
    (0..position)
        .rev()
        .find(|&p| ends_group(scene.folded[p]))
        .map_or(0, |p| p + 1)
}

/// The left context of an amount: from the start of its clause, or from the amount before it there, to the amount itself.
pub fn left(scene: &Scene, i: usize) -> (usize, usize) {
    *scene.lefts[i].get_or_init(|| read_left(scene, i))
}

fn read_left(scene: &Scene, i: usize) -> (usize, usize) {
    let Some(amount) = scene.amount(i) else { return (0, 0) };
    let mut from = start(scene, amount.start);
    if let Some(j) = scene.amount_before(i)
        && let Some(before) = scene.amount(j)
    {
        // What the amount before counts ends at the first 、 after it.
        let mark = list_mark(scene, before.end, amount.start)
            .map(|p| p + 1)
            .or_else(|| after_conjunction(scene, before.end, amount.start))
            .unwrap_or(0);
        from = from
            .max(amount_stop(scene, j).min(amount.start))
            .max(before.end)
            .max(if before.end >= from { mark } else { 0 });
    }
    // 突破500亿元大关人均收入2万元: what the amount before is called ends it.
    for word in ["大关", "关口", "台阶"] {
        if scene
            .amount_before(i)
            .and_then(|j| scene.amount(j))
            .is_some_and(|it| it.end == from)
            && scene.starts(from, &[word])
            && from + 2 < amount.start
        {
            from += 2;
        }
    }
    // 106名人才申请…、55名…: after an amount of the clause, a 、 or conjunction right before this one begins a new item.
    if from > 0
        && after_amount_in_clause(scene, i)
        && from < amount.start
        && matches!(scene.folded[amount.start - 1], '、')
    {
        from = amount.start;
    }
    (from.min(amount.start), amount.start)
}

/// Where a new item begins after a conjunction that no verb follows: 66个重点县和豫东平原200万亩农田.
fn after_conjunction(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let joint = scene
        .tokens_in(from, to)
        .skip(1)
        .find(|t| t.is(Class::CONJUNCTION) && matches!(scene.folded[t.start], '和' | '及' | '与' | '以'))?;
    let plain = scene.tokens_in(joint.end, to).all(|t| match t.kind {
        TokenKind::Text => true,
        TokenKind::Word(_) => t.is(Class::NOUN.or(Class::GUARD).or(Class::HEAD)),
        _ => false,
    });
    (plain && joint.end + 2 <= to).then_some(joint.end)
}

/// Whether an amount stands before `i` in its clause.
fn after_amount_in_clause(scene: &Scene, i: usize) -> bool {
    let Some(amount) = scene.amount(i) else { return false };
    let from = start(scene, amount.start);
    scene
        .amount_before(i)
        .and_then(|j| scene.amount(j))
        .is_some_and(|a| a.start >= from)
}

/// The first 、 of a range that stands outside brackets: 县（市、区）.
fn list_mark(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let mut depth = 0_usize;
    (from..to).find(|&p| {
        match scene.folded[p] {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '、' => return depth == 0,
            _ => {}
        }
        false
    })
}

/// End of an amount, its range end included.
fn amount_stop(scene: &Scene, i: usize) -> usize {
    scene.amount(i).map_or(0, |a| a.end)
}

/// The right context of an amount: from its end to the end of the clause or to the next amount, and to a 、 before a further item.
pub fn right(scene: &Scene, i: usize) -> (usize, usize) {
    let Some(amount) = scene.amount(i) else { return (0, 0) };
    let mut to = end(scene, amount.end);
    if let Some(j) = scene.amount_after(i)
        && let Some(next) = scene.amount(j)
        && next.start < to
    {
        // Between two amounts of one clause, a 、 or a conjunction before the next item belongs to it.
        to = next.start;
        if let Some(mark) = list_mark(scene, amount.end, next.start) {
            to = mark;
        }
    }
    (amount.end, to.max(amount.end))
}

/// Drops the words that may be left out at the head of a phrase: adverbs, time words, the report's own place.
pub fn trim_head(scene: &Scene, mut from: usize, to: usize) -> usize {
    while from < to {
        if let Some(stop) = time_phrase(scene, from, to)
            .or_else(|| own_place(scene, from, to))
            .or_else(|| enumerator(scene, from, to))
        {
            from = stop;
            continue;
        }
        let Some(token) = scene.token_from(from).filter(|t| t.end <= to) else {
            break;
        };
        let drop = match token.kind {
            TokenKind::Word(_) if begins_name(scene, token) => false,
            TokenKind::Word(_) if names_partner(scene, token, to) || leaves_suffix(scene, token, to) => false,
            // Words with a numeral in them are in no other class.
            TokenKind::Word(_) if scene.is(token.start, token.end, IDLE) => true,
            TokenKind::Word(_) => {
                scene.at(token.start) == Some('的')
                    || token.is(Class::LEAD
                        .or(Class::AMONG)
                        .or(Class::RESPECTIVE)
                        .or(Class::YEAR_ON_YEAR)
                        .or(Class::AVERAGE))
                    || is_bare_reach(token)
            }
            TokenKind::Punctuation(c) => matches!(
                c,
                '、' | '，' | ' ' | '—' | '：' | '∶' | '）' | '”' | '」' | '·' | '/' | '-' | '。' | '；' | '\u{3000}'
            ),
            _ => false,
        };
        if !drop {
            break;
        }
        from = token.end;
    }
    from
}

/// A number that enumerates at the head of a clause: 一是新建养老中心5个, 三要新增停车位300个.
fn enumerator(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let i = scene.numbers.iter().position(|n| n.start == from)?;
    // 一要素市场: the verb stands alone.
    let verb = scene
        .token_from(scene.numbers[i].end)
        .filter(|t| t.end == t.start + 1 && t.end < to)?;
    let head = scene.before(from).is_none_or(|c| !c.is_alphanumeric());
    (head && scene.amount(i).is_none() && scene.starts(verb.start, &["是", "要"])).then_some(verb.end)
}

/// Whether what is left without a word would begin with a suffix: 及时率, 预期性指标.
fn leaves_suffix(scene: &Scene, token: &Token, to: usize) -> bool {
    let suffix = match scene.at(token.end) {
        Some('率' | '性' | '型' | '度') => true,
        Some('化') => token.end + 1 == to || scene.at(token.end + 1) == Some('率'),
        _ => false,
    };
    let whole = scene
        .token_from(token.end)
        .is_none_or(|t| t.kind == TokenKind::Text || t.end == t.start + 1);
    token.end > token.start + 1 && token.end < to && suffix && whole
}

/// Words that begin a name before what is no word.
const NAMING: &[&str] = &["可", "基本", "保障"];

/// Whether a word rather begins a name: 可防性案件, 基本药物, 保障体系.
fn begins_name(scene: &Scene, token: &Token) -> bool {
    scene.is(token.start, token.end, NAMING)
        && scene
            .token_from(token.end)
            .is_some_and(|next| next.kind == TokenKind::Text)
}

/// Adverbs with a numeral in them.
const IDLE: &[&str] = &["进一步", "一次性", "一并", "一举"];

/// Whether a preposition names the other side of a trade: 对东盟出口.
fn names_partner(scene: &Scene, token: &Token, to: usize) -> bool {
    const TRADE: &[&str] = &[
        "出口",
        "进口",
        "出口额",
        "进口额",
        "贸易额",
        "贸易",
        "直接投资",
        "出口总额",
        "进出口总额",
    ];
    scene.starts(token.start, &["对"]) && token.end == token.start + 1 && scene.ends(to, TRADE)
}

/// The report's own place at the head of a phrase: 高境镇.
fn own_place(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let names = &scene.context.own_place;
    names
        .iter()
        .map(|name| from + name.len())
        .zip(names.iter())
        .find(|(end, name)| *end + 2 <= to && scene.folded[from..*end] == ***name)
        .map(|(end, _)| end)
}

fn is_bare_reach(token: &Token) -> bool {
    token.is(Class::REACH) && !token.is(Class::EVENT)
}

/// A five-year plan at the head of a phrase: `“十五五”时期`.
fn plan_phrase(scene: &Scene, from: usize) -> Option<usize> {
    let open = matches!(scene.at(from), Some('“' | '「'));
    let start = from + usize::from(open);
    let end = start
        + scene.folded[start..]
            .iter()
            .take_while(|&&c| crate::lex::numeral::begins(c))
            .count();
    let close = end + usize::from(open && matches!(scene.at(end), Some('”' | '」')));
    let named = (2..=3).contains(&(end - start)) && scene.before(end) == Some('五');
    let word = ["时期", "期间", "以来", "规划期", "时期的", "累计", "共"]
        .iter()
        .find(|w| named && scene.starts(close, &[w]))?;
    Some(close + word.chars().count())
}

/// A date at the head of a phrase, with what belongs to it: `2025年，`, `到2030年`, `1987年底`.
fn time_phrase(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    if let Some(end) = plan_phrase(scene, from).filter(|&e| e <= to) {
        return Some(end);
    }
    let mut at = from;
    if let Some(token) = scene.token_from(at)
        && token.is(Class::PREPOSITION.or(Class::REACH).or(Class::TO))
        && token.end < to
    {
        at = token.end;
    }
    let mut any = false;
    if scene.starts(at, &["上半年", "下半年"]) {
        at += 3 + usize::from(scene.starts(at + 3, &["度"]));
        any = true;
    }
    // 前三季度
    let dated = |at: usize| {
        (0..scene.numbers.len())
            .any(|i| scene.numbers[i].start == at && scene.kind(i) == Some(crate::lexicon::terms::NumeralKind::Date))
    };
    if !any && scene.starts(at, &["前"]) && dated(at + 1) && scene.starts(at + 2, &["季", "个季"]) {
        at += 1;
    }
    loop {
        let number = scene
            .numbers
            .iter()
            .position(|n| n.start == at)
            .filter(|&i| scene.kind(i) == Some(crate::lexicon::terms::NumeralKind::Date));
        let Some(i) = number else { break };
        let mut stop = scene.numbers[i].end;
        let year = stop - scene.numbers[i].start == 4;
        while stop < to
            // 1987年来华: only a span is counted up to now.
            && !(year && scene.at(stop) == Some('来'))
            && matches!(
                scene.at(stop),
                Some(
                    '年' | '月'
                        | '日'
                        | '来'
                        | '间'
                        | '内'
                        | '底'
                        | '末'
                        | '初'
                        | '前'
                        | '季'
                        | '度'
                        | '个'
                        | '多'
                        | '以'
                        | '时'
                        | '期'
                        | '代'
                        | '中'
                        | '至'
                        | '到'
                        | '—'
                        | '-'
                )
            )
        {
            stop += 1;
        }
        // 1至10月份
        if scene.ends(stop, &["月"]) && scene.starts(stop, &["份"]) {
            stop += 1;
        }
        at = stop;
        any = true;
    }
    (any && at <= to).then_some(at)
}

/// Start of a date that ends at a position: `国民生产总值1987年`.
fn date_before(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let mut at = to;
    while at > from && matches!(scene.folded[at - 1], '年' | '底' | '末' | '初' | '月' | '日') {
        at -= 1;
    }
    let i = scene
        .numbers
        .iter()
        .position(|n| n.end == at && n.start >= from && at < to)?;
    let start = scene.numbers[i].start;
    // 前三年, 过去五年
    let word = ["过去", "今后", "未来", "最近", "前", "近", "这", "头", "后"]
        .iter()
        .find(|w| scene.ends(start, &[w]));
    let start = word.map_or(start, |w| start - w.chars().count()).max(from);
    (scene.kind(i) == Some(crate::lexicon::terms::NumeralKind::Date)).then_some(start)
}

/// Drops what links a subject to its amount from the end of a phrase: 达到, 为, 分别, 了, and predicates of growth from `predicate` on.
pub fn trim_tail(scene: &Scene, from: usize, mut to: usize) -> usize {
    let mut arrived = false;
    while to > from {
        if let Some(start) = date_before(scene, from, to) {
            to = start;
            continue;
        }
        // 粮食产量首次跃上: an adverb that the hedge has left.
        if let Some(word) = [
            "首次",
            "连年",
            "再次",
            "原则上",
            "总体上",
            "基本上",
            "每",
            "上年末",
            "上年底",
            "去年末",
            "去年底",
            "年初",
            "上年同期",
            "去年同期",
        ]
        .iter()
        .find(|word| scene.ends(to, &[word]))
        {
            let start = to - word.chars().count();
            if start > from {
                to = start;
                continue;
            }
        }
        let Some(token) = scene.token_before(to).filter(|t| t.start >= from) else {
            break;
        };
        let drop = match token.kind {
            TokenKind::Text if scene.folded[token.start..token.end] == ['每'] => true,
            // 增加 + 到
            TokenKind::Word(_) if arrived && token.is(Class::UP.or(Class::DOWN)) => true,
            TokenKind::Word(_) => {
                arrived = token.is(Class::TO);
                let links = token.is(Class::REACH
                    .or(Class::AUX)
                    .or(Class::HEDGE_BEFORE)
                    .or(Class::RESPECTIVE)
                    .or(Class::YEAR_ON_YEAR)
                    .or(Class::AVERAGE)
                    .or(Class::TO)
                    .or(Class::PREPOSITION));
                links && (token.is(Class::REACH) || !token.is(Class::EVENT))
            }
            TokenKind::Punctuation(c) => {
                matches!(
                    c,
                    '、' | '，' | ' ' | '—' | '：' | '∶' | '（' | '·' | '-' | '“' | '「' | '《' | '\u{3000}'
                )
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
