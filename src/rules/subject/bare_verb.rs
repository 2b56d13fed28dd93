//! Verbs without their noun.

use crate::grammar::{Rule, Scene, Subject};
use crate::lexicon::words::Class;

use super::phrase;

/// Reads a verb whose noun the item before it states: `加装电梯新增立项43台、完工23台`.
pub static RULE: Rule<Subject> = Rule {
    name: "bare-verb",
    reads: "a verb whose noun the item before states: 加装电梯新增立项43台、完工23台",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if let Some(pieces) = on_average(scene, i, from, to) {
        return Some(Subject::carried(pieces));
    }
    // 正在推进22项
    let verb = from + if scene.starts(from, &["正在"]) { 2 } else { 0 };
    let whole = phrase::head_verb(scene, verb, to).is_some_and(|(_, end)| end == to)
        || scene.is(from, to, &["在建", "待建", "续建"]);
    // 植树造林659万亩: the verb has its object in it.
    let complete = scene.ends(to, &["造林", "植树", "减税", "降费", "退税", "减负", "扩招"]);
    if !whole || complete || phrase::object(scene, i).is_some() {
        return None;
    }
    let before = || phrase::before(scene, i).map(|(j, subject)| (j, subject.pieces));
    let Some((stated, mut pieces)) = phrase::same_unit_before(scene, i).or_else(before) else {
        let noun = phrase::clause_before(scene, i)?;
        return Some(Subject::carried(vec![noun, (from, to)]));
    };
    // 发放补助560万元，走访慰问1800人次; 整改隐患3600处，立案查处12起: another deed.
    let unit = |n: usize| {
        scene
            .amount(n)
            .map_or("", |it| it.unit.trim_start_matches(['万', '亿']))
    };
    let counts =
        |n: usize| !unit(n).is_empty() && !phrase::measures(unit(n)) && !unit(n).ends_with(['人', '户', '名', '次']);
    let others = counts(stated) && counts(i) && unit(stated) != unit(i);
    if (others || unit(stated).ends_with('元') && unit(i).ends_with("次")) && !scene.ends(to, &["惠及", "受益", "覆盖"])
    {
        return Some(Subject::stated(vec![(from, to)]));
    }
    // 养老金月人均1200元，惠及4500万人: the thing, not its average.
    let average = |&(start, end): &(usize, usize)| scene.is(start, end, AVERAGES);
    if pieces.len() > 1 {
        pieces.retain(|piece| !average(piece));
    }
    // 扩招413万人、培训8300万人次: no noun stands before.
    if let &[(start, end)] = pieces.as_slice()
        && phrase::head_verb(scene, start, end).is_some_and(|it| it.1 == end)
    {
        return Some(Subject::stated(vec![(from, to)]));
    }
    // 实施100个重点项目，投资260亿元，其中新开工45个: of the things counted before, without what was done with them then.
    if (Some(stated) != scene.amount_before(i) || begins_a_deed(scene, &pieces) || builds_too(scene, &pieces, from))
        && let Some(first) = pieces.first_mut()
        && let Some((_, end)) = phrase::head_verb(scene, first.0, first.1)
    {
        first.0 = end;
        pieces.retain(|(s, e)| s < e);
    }
    // 新增市场主体1.6万户，每天新增44户: the same verb again.
    if let Some(&(start, _)) = pieces.first()
        && scene.starts(start, &[scene.string(from, to).as_str()])
    {
        return Some(Subject::carried(pieces));
    }
    // The noun is what is left of the subject before without the verbs at its end.
    if let Some((start, end)) = pieces.pop() {
        // 发放高龄补贴126万元，惠及1580人: the object of a verb is no verb.
        let object = scene.ends(to, &["惠及", "受益"]) && phrase::head_verb(scene, start, end).is_some();
        let stop = phrase::tail_verb(scene, start, end)
            .filter(|_| !object)
            .map_or(end, |(verb, _)| verb);
        if stop > start {
            pieces.extend(without_average(scene, start, stop));
        } else if pieces.is_empty() {
            pieces.push((start, end));
        }
    }
    pieces.push((from, to));
    Some(Subject::carried(pieces))
}

/// What is counted of the things before in a day or a month: `新登记市场主体8600户，日均新增23.6户`.
fn on_average(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
    const AVERAGES: &[&str] = &["日均", "月均", "周均", "年均", "天均"];
    const EACH: &[&str] = &["平均每天", "平均每日", "平均每月", "每天", "每日", "每月"];
    let length = |words: &[&str], fits: &dyn Fn(&str) -> bool| {
        words.iter().find(|word| fits(word)).map(|word| word.chars().count())
    };
    let (from, verb) = match length(AVERAGES, &|word| scene.starts(from, &[word])) {
        Some(n) => (from, from + n),
        None => (from - length(EACH, &|word| scene.ends(from, &[word]))?, from),
    };
    phrase::head_verb(scene, verb, to).filter(|it| it.1 == to)?;
    let (_, mut pieces) = phrase::same_unit_before(scene, i)?;
    let first = pieces.first_mut()?;
    first.0 = phrase::head_verb(scene, first.0, first.1)?.1;
    pieces.insert(0, (from, to));
    pieces.retain(|(start, end)| start < end);
    (pieces.len() > 1).then_some(pieces)
}

/// Whether two deeds of building are done to other things of a kind: `改造危桥12座，新建3座`.
fn builds_too(scene: &Scene, pieces: &[(usize, usize)], from: usize) -> bool {
    const BUILDS: &[&str] = &[
        "新建",
        "改造",
        "扩建",
        "改建",
        "维修",
        "加固",
        "修建",
        "改扩建",
        "修缮",
        "翻建",
    ];
    let begins = |at: usize| scene.starts(at, BUILDS);
    begins(from) && pieces.first().is_some_and(|&(start, _)| begins(start))
}

/// Whether a count is of what another deed follows: 受理案件36件，办结32件; 新开工住房740套，建成511套.
fn begins_a_deed(scene: &Scene, pieces: &[(usize, usize)]) -> bool {
    const BEGINS: &[&str] = &[
        "受理",
        "收到",
        "接到",
        "立案",
        "新开工",
        "新签约",
        "签约",
        "开工",
        "发现",
        "查出",
        "摸排",
        "排查",
    ];
    pieces.first().is_some_and(|&(start, _)| scene.starts(start, BEGINS))
}

/// Words for whom and when an average is.
const AVERAGES: &[&str] = &[
    "月人均",
    "人均",
    "户均",
    "村均",
    "每人",
    "每户",
    "每月",
    "每年",
    "年均",
    "月均",
];

/// What rises, and that it does, without by how much for whom: 养老金人均每月提高.
fn without_average(scene: &Scene, from: usize, to: usize) -> Vec<(usize, usize)> {
    let Some(rise) = scene.token_before(to).filter(|t| t.is(Class::UP.or(Class::DOWN))) else {
        return vec![(from, to)];
    };
    let mut end = rise.start;
    while let Some(word) = AVERAGES.iter().find(|word| scene.ends(end, &[word])) {
        end -= word.chars().count();
    }
    if end > from + 1 {
        vec![(from, end), (rise.start, to)]
    } else {
        vec![(from, to)]
    }
}
