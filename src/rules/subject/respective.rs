//! Respective lists.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::terms::Measure;
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::{owned_head, phrase};

/// Reads the n-th value of a list as that of the n-th subject: `基础设施、制造业投资分别增长9.4%、9.1%`, `城镇和农村居民人均可支配收入分别增长…`,
/// `城乡居民人均可支配收入分别增长4.4%、5.6%`. What the last subject ends in belongs to all, and so does what the first begins with:
/// `每千人床位数、医师数`, `对东盟、欧盟出口`, `改造供热、排水管网`.
pub static RULE: Rule<Subject> = Rule {
    name: "respective",
    reads: "the n-th value of a list as that of the n-th subject: A、B投资分别增长9.4%、9.1%",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (first, count) = list(scene, i)?;
    let n = i_in_list(scene, first, i);
    // The word 分别 stands before the first value, or before the first value of an earlier list of the same sentence (从A、B增加到C、D).
    let amount = scene.amount(first)?;
    let (from, to) = clause::left(scene, first);
    if !scene.has_word(from, to, Class::RESPECTIVE)
        && let Some(subject) = second_list(scene, first, count, n)
    {
        return Some(subject);
    }
    let (head, tail) = phrase::left(scene, first);
    let tail = scene
        .tokens_in(head, tail)
        .find(|t| t.is(Class::RESPECTIVE))
        .map_or(tail, |t| clause::trim_tail(scene, head, t.start));
    if head < tail
        && scene.starts(head, &["占"])
        && let Some(mut subject) = carried_list(scene, first, n)
    {
        // 分别增长12%、8%，占投资比重分别达到45%、60%
        subject.carries = Some(subject.pieces.len());
        subject.pieces.push((head, tail));
        return Some(subject);
    }
    let (head, tail) = if head < tail {
        (head, tail)
    } else {
        // A达到x，B达到y，分别增长…
        let changes = scene.measured(first).is_some_and(|m| m.measure != Measure::Level);
        if (changes || scene.has_word(from, to, Class::RESPECTIVE))
            && let Some(subject) = earlier_level(scene, first, count, n)
        {
            return Some(subject);
        }
        // The subjects may stand in the clause before: A、B稳步增长，分别达到…
        let before = clause::start(scene, from.saturating_sub(1));
        if from == 0 || before >= from - 1 {
            return carried_list(scene, first, n);
        }
        let h = clause::trim_head(scene, before, from - 1);
        // A、B实现“双下降”，分别下降…: without what is said of them.
        let said = scene.tokens_in(h, from - 1).find(|t| {
            t.start > h && t.is(Class::REACH.or(Class::UP).or(Class::DOWN)) && !t.is(Class::NOUN.or(Class::CONJUNCTION))
        });
        (h, clause::trim_tail(scene, h, said.map_or(from - 1, |t| t.start)))
    };
    if scene
        .amount_before(first)
        .and_then(|j| scene.amount(j))
        .is_some_and(|a| a.start >= head && a.end <= amount.start && a.start < tail)
    {
        return None;
    }
    let Some((end, whole)) = phrase::scope(scene, first, head, tail) else {
        let mut subject = split(scene, head, tail, count)?.into_iter().nth(n)?;
        subject.pieces.extend(rate_before(scene, first, &subject.pieces));
        return Some(subject);
    };
    let mut subject = split(scene, head, end, count)?.into_iter().nth(n)?;
    subject.spelled.is_none().then(|| {
        subject.spelled = Some((subject.pieces.len(), phrase::SHARE));
        subject.carries = Some(subject.pieces.len());
        subject.pieces.push(whole);
        subject
    })
}

/// The rate that the clause before names, for things without a measure: `提高研发费用加计扣除比例，将制造业企业、中小企业分别从50%、75%提高至…`.
fn rate_before(scene: &Scene, first: usize, pieces: &[(usize, usize)]) -> Option<(usize, usize)> {
    const RATES: &[&str] = &["比例", "税率", "费率", "利率", "标准", "比率"];
    let &(_, end) = pieces.last()?;
    let thing = (1..=3).any(|n| end >= n && phrase::is_thing(scene, end - n, end));
    scene.amount(first).filter(|it| thing && it.unit == "%")?;
    let (from, to) = phrase::clause_before(scene, first).filter(|it| scene.ends(it.1, RATES))?;
    let owner = (from + 1..to.min(from + 4))
        .find(|&p| phrase::is_thing(scene, from, p))
        .unwrap_or(from);
    Some((owner, to))
}

/// `吞吐量分别达到A、B，分别增长C、D`: the second list has the subjects of the first.
fn carried_list(scene: &Scene, first: usize, n: usize) -> Option<Subject> {
    let before = scene.amount_before(first)?;
    let (other, _) = list(scene, before)?;
    let j = other + n;
    (j <= before)
        .then(|| scene.subject(j).cloned())
        .flatten()
        .map(|s| Subject { carried: true, ..s })
}

/// The subject of the n-th of the last `count` levels before a list, if its group states as many: `A达到x，B达到y，分别增长p、q`.
fn earlier_level(scene: &Scene, first: usize, count: usize, n: usize) -> Option<Subject> {
    let group = clause::group_start(scene, scene.amount(first)?.start);
    let is_level = |&j: &usize| {
        scene.amount(j).is_some_and(|a| a.start >= group)
            && scene.measured(j).is_some_and(|m| m.measure == Measure::Level)
            && scene.subject(j).is_some_and(|s| !s.pieces.is_empty())
    };
    let levels: Vec<usize> = (0..first).rev().filter(is_level).take(count).collect();
    let &level = levels.iter().rev().nth(n).filter(|_| levels.len() == count)?;
    Some(Subject {
        carried: true,
        ..scene.subject(level)?.clone()
    })
}

/// A list without 分别 right after a list of as many values with it: `分别从771家、481家增加到1076家、636家`.
fn second_list(scene: &Scene, first: usize, count: usize, n: usize) -> Option<Subject> {
    let before = scene.amount_before(first)?;
    let (other, other_count) = list(scene, before)?;
    let (from, to) = clause::left(scene, other);
    let (head, tail) = phrase::left(scene, first);
    if other_count != count || head < tail || !scene.has_word(from, to, Class::RESPECTIVE) {
        return None;
    }
    scene
        .subject(other + n)
        .cloned()
        .map(|s| Subject { carried: true, ..s })
}

/// The first amount of the list that `i` is in, and the number of its values.
fn list(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let joined = |a: usize, b: usize| -> bool {
        let (Some(x), Some(y)) = (scene.amount(a), scene.amount(b)) else {
            return false;
        };
        let between = &scene.folded[x.end..y.start.max(x.end)];
        !between.is_empty() && between.len() <= 2 && between.iter().all(|&c| matches!(c, '、' | '和' | '及' | '与'))
    };
    let mut first = i;
    while let Some(j) = scene.amount_before(first).filter(|&j| joined(j, first)) {
        first = j;
    }
    let mut last = i;
    while let Some(j) = scene.amount_after(last).filter(|&j| joined(last, j)) {
        last = j;
    }
    let count = (first..=last).filter(|&k| scene.amount(k).is_some()).count();
    (count >= 2).then_some((first, count))
}

fn i_in_list(scene: &Scene, first: usize, i: usize) -> usize {
    (first..i).filter(|&k| scene.amount(k).is_some()).count()
}

/// Cuts a list of subjects into `count` subjects, each as pieces, with the part that they share.
fn split(scene: &Scene, from: usize, to: usize, count: usize) -> Option<Vec<Subject>> {
    if let Some(subjects) = compound(scene, from, to, count) {
        return Some(subjects);
    }
    for marks in [&['、'][..], &['、', '和', '及', '与'][..], &['和', '与', '及'][..]] {
        let mut cuts = vec![from];
        let mut depth = 0;
        for p in from..to {
            match scene.folded[p] {
                '（' | '“' => depth += 1,
                '）' | '”' => depth -= 1,
                c if depth == 0 && marks.contains(&c) && conjunction_at(scene, p) => cuts.push(p + 1),
                _ => {}
            }
        }
        if cuts.len() == count {
            let ends = cuts[1..].iter().map(|c| c - 1).chain([to]);
            let items: Vec<(usize, usize)> = cuts
                .iter()
                .copied()
                .zip(ends)
                .map(|(s, e)| {
                    (
                        s,
                        if scene.folded.get(e.wrapping_sub(1)) == Some(&'以') {
                            e - 1
                        } else {
                            e
                        },
                    )
                })
                .collect();
            return Some(share_tail(scene, &items).into_iter().map(Subject::stated).collect());
        }
    }
    None
}

/// Whether a conjunction character stands for itself, not inside a longer word.
fn conjunction_at(scene: &Scene, p: usize) -> bool {
    scene.token_at(p) < scene.tokens.tokens.len() && {
        let token = scene.tokens.tokens[scene.token_at(p)];
        token.end - token.start == 1 || (token.is(Class::CONJUNCTION))
    }
}

/// Gives every item but the last the tail that the last one ends in, and every item but the first the head that the first one begins with.
fn share_tail(scene: &Scene, items: &[(usize, usize)]) -> Vec<Vec<(usize, usize)>> {
    let &(last_start, last_end) = items.last().unwrap_or(&(0, 0));
    // 事故起数和死亡人数: the thing stands once.
    if let &[(start, end), (from, to)] = items
        && owned_head::is_owned(scene, from, to)
        && let Some(owner) = owned_head::owner(scene, start, end)
    {
        return vec![vec![(start, end)], vec![(start, owner), (from, to)]];
    }
    if let Some(pieces) = ranks(scene, items).or_else(|| rates(scene, items)) {
        return pieces;
    }
    let common = common_noun(scene, items);
    let tail = common.map_or_else(|| tail_start(scene, items, last_start, last_end), |it| it.1);
    let measured = tail < last_end && !phrase::is_thing(scene, tail, last_end);
    let head = items.first().and_then(|&(from, to)| {
        let shares_tail = tail < last_end && !ends_in_head(scene, from, to, measured);
        shared_start(scene, from, to, shares_tail)
    });
    items
        .iter()
        .enumerate()
        .map(|(n, &(s, e))| {
            let s = if n == 0 { s } else { clause::trim_head(scene, s, e) };
            let head = head.filter(|&(from, to)| n > 0 && !begins_alike(scene, (from, to), s, e));
            let mut pieces: Vec<_> = head.into_iter().chain([(s, e)]).collect();
            let alike = common.is_some_and(|(length, _)| ends_alike(scene, e, items[0].1, length));
            if n + 1 < items.len() && tail < last_end && (alike || !ends_in_head(scene, s, e, measured)) {
                pieces.push((tail + overlap(scene, (s, e), (tail, last_end)), last_end));
            }
            pieces
        })
        .collect()
}

/// Items that only say of what rank the things are, which the last one names: `新增国家级、省级孵化器`, `市、县两级财政收入`.
fn ranks(scene: &Scene, items: &[(usize, usize)]) -> Option<Vec<Vec<(usize, usize)>>> {
    const RANKS: &[&str] = &[
        "国家级",
        "省级",
        "自治区级",
        "市级",
        "州级",
        "县级",
        "区级",
        "镇级",
        "乡级",
        "村级",
        "部级",
        "省部级",
        "世界级",
        "国际级",
        "全国",
        "全省",
        "全区",
        "全市",
        "全县",
        "国家",
        "中央",
        "地方",
        "省",
        "市",
        "县",
        "区",
        "镇",
        "乡",
        "村",
    ];
    let (&(start, end), &(from, to)) = (items.first()?, items.last()?);
    let verb = phrase::head_verb(scene, start, end);
    let rank = |at: usize| {
        let word = RANKS.iter().find(|word| scene.starts(at, &[word]))?;
        Some(at + word.chars().count())
    };
    let first = verb.map_or(start, |it| it.1);
    let last = rank(from).filter(|&end| end < to)?;
    let graded = |end: usize| scene.ends(end, &["级"]);
    // 市、县两级: the number of ranks is left out.
    let counted = last + 2 < to && scene.starts(last, &["两级", "三级", "四级", "五级"]);
    let number = last + usize::from(counted);
    if !counted && last < from + 2 {
        return None;
    }
    let tail = if counted { number } else { last };
    items
        .iter()
        .enumerate()
        .map(|(n, &(s, e))| {
            let s = if n == 0 { first } else { s };
            let own = rank(s)?;
            let whole = n + 1 == items.len();
            // 国家、省级示范社
            let tail = if !whole && graded(last) && !graded(own) && !counted && !scene.starts(s, &["全"]) {
                last - 1
            } else {
                tail
            };
            (whole || own == e).then(|| verb.into_iter().chain([(s, own), (tail, to)]).collect())
        })
        .collect()
}

/// Rates of the thing that the first one names: `小学适龄儿童入学率、巩固率、毕业率`.
fn rates(scene: &Scene, items: &[(usize, usize)]) -> Option<Vec<Vec<(usize, usize)>>> {
    const OF_THINGS: &[&str] = &[
        "入学率",
        "巩固率",
        "毕业率",
        "升学率",
        "完好率",
        "使用率",
        "入园率",
        "复学率",
    ];
    let (&(start, end), further) = items.split_first()?;
    let bare = |from: usize, to: usize| {
        scene.is(from, to, OF_THINGS) || words::find(&scene.folded[from..to]).is_some_and(|w| w.class.has(Class::RATE))
    };
    let owner = (start + 2..end).find(|&p| bare(p, end))?;
    let all = !further.is_empty() && further.iter().all(|&(from, to)| bare(from, to));
    let further = further.iter().map(|&item| vec![(start, owner), item]);
    all.then(|| std::iter::once(vec![(start, end)]).chain(further).collect())
}

/// The noun that the first item ends in and the last one has before its tail, 居民医保、职工医保报销比例: its length, and where the tail begins.
fn common_noun(scene: &Scene, items: &[(usize, usize)]) -> Option<(usize, usize)> {
    let (&(start, end), &(from, to)) = (items.first()?, items.last()?);
    (2..=4).rev().filter(|&length| end > start + length).find_map(|length| {
        let after = (from + length + 1..to.saturating_sub(1))
            .rev()
            .find(|&p| ends_alike(scene, p, end, length))?;
        Some((length, after))
    })
}

/// Whether the text before two positions is the same for a length.
fn ends_alike(scene: &Scene, a: usize, b: usize, length: usize) -> bool {
    a >= length && b >= length && scene.folded[a - length..a] == scene.folded[b - length..b]
}

/// What the first item begins with that belongs to every item: 每千人床位数、医师数, 对东盟、欧盟出口; with a shared tail the verb of a count,
/// 改造供热、排水管网.
fn shared_start(scene: &Scene, from: usize, to: usize, shares_tail: bool) -> Option<(usize, usize)> {
    /// What a count per head is a count of.
    const HEADS: &[&str] = &["人口", "人", "户", "亩"];
    if scene.starts(from, &["每"]) {
        let people = (from + 1..to.min(from + 5)).find_map(|p| {
            HEADS
                .iter()
                .find(|word| scene.starts(p, &[word]))
                .map(|word| p + word.chars().count())
        });
        return people.filter(|&end| end < to).map(|end| (from, end));
    }
    if scene.starts(from, &["对"]) {
        return Some((from, from + 1));
    }
    let (_, verb) = phrase::head_verb(scene, from, to).filter(|&(_, end)| shares_tail && end < to)?;
    let old = if scene.starts(verb, &["老旧", "老化"]) {
        verb + 2
    } else {
        verb
    };
    Some((from, if old < to { old } else { verb }))
}

/// Whether an item begins with the shared head itself, or with a verb or a preposition of its own.
fn begins_alike(scene: &Scene, head: (usize, usize), from: usize, to: usize) -> bool {
    phrase::head_verb(scene, from, to).is_some()
        || scene.starts(from, &["每", "对"])
        || scene.starts(from, &[scene.string(head.0, head.1).as_str()])
}

/// How much of a tail an item already ends in: 城镇居民 and 居民人均可支配收入.
fn overlap(scene: &Scene, item: (usize, usize), tail: (usize, usize)) -> usize {
    let longest = (item.1 - item.0).min(tail.1 - tail.0).saturating_sub(1);
    (1..=longest)
        .rev()
        .find(|&n| scene.folded[item.1 - n..item.1] == scene.folded[tail.0..tail.0 + n])
        .unwrap_or(0)
}

/// Where the shared tail begins in the last item: after a modifier of the length of the first item's (城镇 and 农村), or at the
/// longest closing noun of the list of such nouns.
fn tail_start(scene: &Scene, items: &[(usize, usize)], start: usize, end: usize) -> usize {
    let mut first = items[0];
    if let Some((_, start)) = shared_start(scene, first.0, first.1, true) {
        first.0 = start;
    }
    let length = first.1 - first.0;
    let after = start + length;
    let closes =
        |p: usize, q: usize, class: Class| words::find(&scene.folded[p..q]).is_some_and(|w| w.class.has(class));
    let head = (start + 1..end).find(|&p| closes(p, end, Class::HEAD));
    // 小微企业、“三农”贷款增速
    let head = head.or_else(|| {
        let rate = (start + 1..end).find(|&p| closes(p, end, Class::BARE_HEAD.or(Class::RATE_NOUN)))?;
        (start + 1..rate).find(|&p| closes(p, rate, Class::HEAD))
    });
    // 工业、制造业、工业技改投资 repeats the first, 苹果、猕猴桃产量 would leave one character of a name.
    let repeats = scene.folded[first.0..first.1] == scene.folded[start..after.min(end)];
    let plain = scene.folded[after.min(end)..head.unwrap_or(end).max(after.min(end))]
        .iter()
        .all(|c| c.is_alphanumeric());
    let alike = items[..items.len() - 1]
        .iter()
        .skip(1)
        .all(|(from, to)| to - from <= length + 1);
    let parallel = alike && length <= 2 && after < end && !repeats && plain && head != Some(after + 1);
    match head {
        Some(p) if !parallel => p,
        _ if parallel => after,
        Some(p) => p,
        None => end,
    }
}

/// Whether an item is complete by itself, beside a last item that ends in a measure or in a thing.
fn ends_in_head(scene: &Scene, from: usize, to: usize, measured: bool) -> bool {
    /// What a noun that is complete by itself ends in: 起数, 死亡人数, 合格率.
    const ENDS: &[char] = &['数', '率', '量', '额', '值', '度', '次', '费', '价', '比'];
    /// What a noun of a thing ends in that needs no other noun.
    const THING_ENDS: &[char] = &[
        '部', '院', '所', '校', '厂', '店', '站', '园', '馆', '村', '镇', '县', '人', '员', '户', '室', '区', '路',
        '桥', '房',
    ];
    let last = to.checked_sub(1).filter(|&p| p >= from).and_then(|p| scene.at(p));
    last.is_some_and(|c| ENDS.contains(&c) || !measured && THING_ENDS.contains(&c))
        || (from + 1..to).any(|p| {
            words::find(&scene.folded[p..to]).is_some_and(|w| w.class.has(Class::HEAD))
                && !(measured && phrase::is_thing(scene, p, to))
        })
}

/// Words that hold several subjects, and what each stands for.
const COMPOUNDS: &[(&str, &[&str])] = &[
    ("城乡", &["城镇", "农村"]),
    ("进出口", &["进口", "出口"]),
    ("存贷款", &["存款", "贷款"]),
    ("内外资", &["内资", "外资"]),
    ("男女", &["男", "女"]),
    ("产销", &["产", "销"]),
    ("第一、二、三产业", &["第一产业", "第二产业", "第三产业"]),
    ("一、二、三产业", &["第一产业", "第二产业", "第三产业"]),
    ("第二、三产业", &["第二产业", "第三产业"]),
    ("二、三产业", &["第二产业", "第三产业"]),
    ("一二三产", &["一产", "二产", "三产"]),
    ("一二三次产业", &["第一产业", "第二产业", "第三产业"]),
    ("二三产", &["二产", "三产"]),
    ("供排水", &["供水", "排水"]),
];

/// The subjects that one word holds: 城乡居民, 一二三产, 进出口.
fn compound(scene: &Scene, from: usize, to: usize, count: usize) -> Option<Vec<Subject>> {
    let (word, parts, at) = COMPOUNDS.iter().find_map(|(word, parts)| {
        let at = (from..to).find(|&p| scene.starts(p, &[word]))?;
        Some((word, parts, at))
    })?;
    let end = at + word.chars().count();
    // 城乡居民医保、公共卫生补助: a list of its own holds the word.
    let lists = |from, to| scene.holds(from, to, &["、", "和", "及"]);
    if parts.len() != count || lists(from, at) || lists(end, to) {
        return None;
    }
    let pieces: Vec<_> = [(from, at), (end, to)].into_iter().filter(|(s, e)| s < e).collect();
    let subject = |part: &&'static str| Subject {
        spelled: Some((usize::from(from < at), part)),
        ..Subject::stated(pieces.clone())
    };
    Some(parts.iter().map(subject).collect())
}
