//! Counts before the thing counted.

use crate::grammar::{Rule, Scene, Subject};
use crate::lex::TokenKind;
use crate::lexicon::terms::Measure;
use crate::lexicon::words::Class;
use crate::rules::clause;

use super::phrase;

/// Reads the noun after a count, with the verb before it: `建成5座湿垃圾资源化处理设施`, `2人当选中国工程院院士`, `89.4%的公园实现24小时开放`,
/// `1223户70岁以上独居老人`; with the preposition of those whom something is done for, `为2300名残疾人发放补贴`. What holds a share stands before the
/// share, `拥有专利总量80%以上的企业`, and what reaches people before its verb, `惠及34万人的引水工程`.
pub static RULE: Rule<Subject> = Rule {
    name: "counted-object",
    reads: "the noun after a count, with the verb before it: 建成5座湿垃圾资源化处理设施",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let object = phrase::object(scene, i)?;
    // 20万元以上的村占比: the size is of the things.
    if let Some(word) = ["占比", "占"].iter().find(|word| scene.ends(object.1, &[word]))
        && object.0 + word.chars().count() < object.1
        && scene.at(scene.amount(i)?.end) == Some('的')
        && phrase::measures_much(&scene.amount(i)?.unit)
    {
        let things = (object.0, object.1 - word.chars().count());
        let pieces = [things, phrase::left(scene, i)];
        return Some(Subject::stated(pieces.into_iter().filter(|it| it.0 < it.1).collect()));
    }
    let (mut from, mut to) = phrase::left(scene, i);
    // 计划生育和环境保护这两项国策
    if let Some(word) = ["这些", "上述", "这"].iter().find(|word| scene.ends(to, &[word])) {
        to = (to - word.chars().count()).max(from);
    }
    // 长达4000公里的管道
    if scene.is(from, to, &["长", "高", "宽"]) {
        from = to;
    }
    let (clause_from, clause_to) = clause::left(scene, i);
    let attribute = scene.ends(clause_to, &["的"]) && clause_to == scene.amount(i)?.start;
    // What grows or falls stands before its verb: 土地承包到期后再延长30年试点.
    let changes = scene
        .measured(i)
        .is_some_and(|m| matches!(m.measure, Measure::Change | Measure::GrowthRate));
    if changes && from < to {
        return None;
    }
    // 投入860万元完成12个亮化工程: a verb with what it counts.
    let next = scene
        .amount_after(i)
        .filter(|&j| scene.amount(j).is_some_and(|it| it.start == object.1));
    let object = match next.and_then(|j| phrase::object(scene, j)) {
        Some(counted) if phrase::head_verb(scene, object.0, object.1).is_some_and(|it| it.1 == object.1) => {
            (object.0, counted.1)
        }
        _ => object,
    };
    // 投入1200万元完成人民路、解放路等6条道路硬化: the things at the end of the list.
    if let Some(k) = scene.amount_after(i)
        && let Some(verb) = paid_for(scene, k)
        && verb.0 == object.0
        && let Some(things) = phrase::object(scene, k)
    {
        let before = (from < to).then_some((from, to));
        return Some(Subject::stated(before.into_iter().chain([verb, things]).collect()));
    }
    // 每10万人刑事案件数
    let start = scene.amount(i)?.start;
    if scene.ends(start, &["每"]) {
        return Some(Subject {
            verbatim: true,
            ..Subject::stated(vec![(start - 1, object.1)])
        });
    }
    if let Some(pieces) = first_of_its_kind(scene, i).or_else(|| reached(scene, i, object)) {
        return Some(Subject::stated(pieces));
    }
    if let Some(pieces) = holders(scene, i, object) {
        return Some(Subject::stated(pieces));
    }
    // 动力电池、12吉瓦时电池扩产: a size belongs to its own item of the list.
    let from = if phrase::is_size_of(scene, i) {
        (from..to)
            .rev()
            .find(|&p| scene.folded[p] == '、')
            .map_or(from, |p| p + 1)
    } else {
        from
    };
    let mut pieces = Vec::new();
    // 安排、…等9个专项, 产业集群和18条产业链: of a list before the count only the verb at its head belongs to it.
    let enumerates = scene.ends(to, &["等"]) || scene.word_before(scene.amount(i)?.start, Class::CONJUNCTION);
    if from < to && enumerates {
        let verb = phrase::head_verb(scene, from, to).or_else(|| paid_for(scene, i));
        pieces.extend(verb.or_else(|| phrase::verb_before(scene, i)));
    } else if to > from + LONGEST_AGENT && object.1 > object.0 + 2 {
        // An agent with all that it did is no part of the name.
        pieces.extend(phrase::tail_verb(scene, from, to).or_else(|| phrase::head_verb(scene, from, to)));
    } else if from < to && !attribute {
        if let Some(verb) = phrase::tail_verb(scene, from, to) {
            // 促进民营经济发展壮大36条政策措施: what the measures are for.
            let plain = scene.ends(object.1, &["措施", "举措", "政策", "意见", "办法"])
                && !scene.holds(from, to, &["、"])
                || to - from <= if scene.holds(from, to, &["、"]) { 10 } else { 16 }
                    && !scene
                        .tokens_in(from, verb.0)
                        .any(|t| t.is(Class::LEAD) || matches!(t.kind, TokenKind::Punctuation(_)));
            pieces.extend(phrase::named(scene, if plain { from } else { verb.0 }, to));
        } else if !scene
            .before(scene.amount(i)?.start)
            .is_some_and(|c| matches!(c, '到' | '至'))
            && to - from >= 6
            && object.1 - object.0 >= 6
            && !phrase::measures(&scene.amount(i)?.unit)
        {
            // The agent of a sentence whose object has a predicate of its own.
        } else if !serves(scene, clause_from, scene.amount(i)?.start) {
            if phrase::head_verb(scene, from, to).is_none() {
                pieces.extend(phrase::inherited_verb(scene, i));
            }
            pieces.extend(phrase::named(scene, from, to));
            pieces.extend(phrase::treasury(scene, i, to));
        }
    } else if from >= to {
        pieces.extend(phrase::inherited_verb(scene, i));
    }
    // 主要指标28项，26项完成: what became of the things counted before.
    let people = scene.amount(i)?.unit.ends_with(['名', '人', '户', '家', '位']);
    let of_them = scene
        .amount_before(i)
        .and_then(|j| scene.amount(j))
        .is_some_and(|it| scene.starts(it.end, &["中，"]));
    let said = if of_them {
        phrase::head_verb(scene, object.0, object.1).is_some()
    } else {
        !people && phrase::is_predicate(scene, object.0, object.1)
    };
    if pieces.is_empty() && said {
        pieces.extend(phrase::things_before(scene, i).into_iter().flatten());
    }
    // 约6700万人受益: a verb alone says nothing without the clause before it.
    if pieces.is_empty() && phrase::head_verb(scene, object.0, object.1).is_some_and(|(_, end)| end == object.1) {
        pieces.extend(phrase::clause_before(scene, i));
    }
    if let Some(word) = beneficiary(scene, i)
        && (people
            || phrase::has_verb(scene, object.0 + 1, object.1)
            || pieces
                .first()
                .is_some_and(|&(start, end)| start == word.1 && phrase::has_verb(scene, start, end)))
    {
        pieces.insert(0, word);
    }
    pieces.push(object);
    pieces.extend(shared_predicate(scene, i, object));
    Some(Subject::stated(pieces))
}

/// The verb between a sum and the count that closes a list of what it pays for: `投入1200万元完成人民路、解放路等6条道路硬化`.
fn paid_for(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let start = scene.amount(i)?.start;
    let sum = scene
        .amount(scene.amount_before(i)?)
        .filter(|it| it.unit.ends_with('元'))?;
    let verb = phrase::head_verb(scene, sum.end, start)?;
    let lists = scene.tokens_in(verb.1, start).all(|t| {
        t.kind == TokenKind::Text
            || t.is(Class::NOUN.or(Class::HEAD).or(Class::GUARD).or(Class::CONJUNCTION))
            || t.kind == TokenKind::Punctuation('、')
    });
    (lists && scene.ends(start, &["等"])).then_some(verb)
}

/// What is measured of the first thing of its kind: `港口成为全国首个年吞吐量超过5000万箱的大港`.
fn first_of_its_kind(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    const FIRST: &[&str] = &["首个", "首座", "首家", "唯一", "第一个"];
    const BECOMES: &str = "成为";
    let (from, to) = phrase::left(scene, i);
    scene
        .amount(i)
        .filter(|it| scene.at(it.end) == Some('的') && phrase::measures_much(&it.unit))?;
    let (at, word) = (from..to)
        .rev()
        .find_map(|p| Some((p, FIRST.iter().find(|word| scene.starts(p, &[word]))?)))?;
    let measure = at + word.chars().count();
    let owner = (from..at).find(|&p| scene.starts(p, &[BECOMES])).filter(|&p| p > from);
    if measure >= to {
        // 是全国首个突破13万亿元的省份: of what was measured before.
        return Some(phrase::before(scene, i)?.1.pieces);
    }
    Some(
        owner
            .map(|end| (from, end))
            .into_iter()
            .chain([(measure, to)])
            .collect(),
    )
}

/// What reaches a number of people, before the verb: `惠及3400万人的引水工程启动建设`.
fn reached(scene: &Scene, i: usize, object: (usize, usize)) -> Option<Vec<(usize, usize)>> {
    const REACHES: &[&str] = &["惠及", "覆盖", "服务", "受益"];
    let (from, to) = phrase::left(scene, i);
    let amount = scene
        .amount(i)
        .filter(|it| scene.at(it.end) == Some('的') && it.unit.ends_with(['人', '户', '名']))?;
    let verb = REACHES.iter().find(|word| scene.ends(to, &[word]))?.chars().count();
    let end = phrase::tail_verb(scene, object.0, object.1).map_or(object.1, |it| it.0);
    (to >= from + verb && to <= amount.start && end > object.0).then(|| vec![(object.0, end), (to - verb, to)])
}

/// Longest phrase before a count that is taken into its name.
const LONGEST_AGENT: usize = 24;

/// Those who have a share, before the share that they have: `拥有发明专利总量80%以上的企业`, `占总数六成的小企业`.
fn holders(scene: &Scene, i: usize, object: (usize, usize)) -> Option<Vec<(usize, usize)>> {
    const HAVE: &[&str] = &["占", "拥有", "具有", "占有"];
    let (from, to) = phrase::left(scene, i);
    let amount = scene.amount(i).filter(|it| scene.at(it.end) == Some('的'))?;
    scene.measured(i).filter(|it| it.measure == Measure::Ratio)?;
    let start = clause::left(scene, i).0;
    let have = HAVE.iter().find_map(|word| {
        let length = word.chars().count();
        let before = from
            .checked_sub(length)
            .filter(|&p| p >= start && scene.starts(p, &[word]));
        before.or_else(|| scene.starts(from, &[word]).then_some(from))
    })?;
    let end = scene
        .tokens_in(object.0 + 1, object.1)
        .find(|t| t.is(Class::EVENT) && !t.is(Class::NOUN))
        .map_or(object.1, |t| t.start);
    (have < to && to <= amount.start).then(|| vec![(object.0, end), (have, to)])
}

/// How, or whether at all, something is done.
const MANNERS: &[&str] = &[
    "未能",
    "尚未",
    "没有",
    "未",
    "如期",
    "全部",
    "均",
    "成功",
    "已",
    "首次",
    "超低排放",
    "提档",
    "综合",
];

/// The predicate that two counts share: `15所高职院校、21个专业群入选国家名单`.
fn shared_predicate(scene: &Scene, i: usize, object: (usize, usize)) -> Option<(usize, usize)> {
    let verb = |t: &&crate::lex::Token| t.is(Class::EVENT) && !t.is(Class::NOUN);
    let j = scene.amount_after(i)?;
    let next = scene.amount(j)?;
    let gap = next.start.checked_sub(object.1)?;
    if gap > 1 || scene.tokens_in(object.0, object.1).any(|t| verb(&t)) || !(gap == 0 || scene.folded[object.1] == '、')
    {
        return None;
    }
    let other = phrase::object(scene, j)?;
    // 服务事项、资格认定事项: both are names.
    if object.1 - object.0 > 2 && scene.folded[object.1 - 2..object.1] == scene.folded[other.1 - 2..other.1] {
        return None;
    }
    let mut start = scene.tokens_in(other.0, other.1).find(verb).map(|t| t.start)?;
    // 未能如期完成
    while let Some(word) = MANNERS.iter().find(|word| scene.ends(start, &[word])) {
        start -= word.chars().count();
    }
    (start > other.0).then_some((start, other.1))
}

/// The preposition before those whom something is done for: 为2300名残疾人发放补贴, 向辖区1200名老人提供体检.
pub fn beneficiary(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    const WORDS: &[&str] = &["为", "向", "给", "对", "与"];
    let (from, to) = phrase::left(scene, i);
    let mut at = if from < to { from } else { scene.amount(i)?.start };
    // 为1860名80岁以上老人: of a size what stands before the count.
    let count = scene.amount_before(i).filter(|&j| {
        from >= to
            && scene
                .amount(j)
                .is_some_and(|it| it.end == at && !phrase::measures(&it.unit))
    });
    if let Some(j) = count {
        return beneficiary(scene, j);
    }
    let start = clause::left(scene, i).0;
    // 为全镇320户困难家庭
    let people = scene.amount(i)?.unit.ends_with(['名', '人', '户', '家', '位', '个']);
    while people && let Some(place) = PLACES.iter().find(|word| scene.ends(at, &[word])) {
        at -= place.chars().count();
    }
    let word = scene
        .token_before(at)
        .filter(|t| t.start >= start && t.end == t.start + 1)?;
    scene.ends(at, WORDS).then_some((word.start, word.end))
}

/// The whole that a number of people is a part of, which is not named.
const PLACES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全镇",
    "全乡",
    "全村",
    "全州",
    "全旗",
    "辖区",
    "辖区内",
    "我市",
    "我县",
    "我镇",
    "我区",
];

/// Whether the phrase before the amount ends in a preposition, so that it belongs to what follows: 为1223户…提供.
fn serves(scene: &Scene, from: usize, to: usize) -> bool {
    scene
        .token_before(to)
        .is_some_and(|t| t.start >= from && t.is(Class::PREPOSITION) && !t.is(Class::EVENT))
}
