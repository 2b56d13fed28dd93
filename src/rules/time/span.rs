//! Which year of a span a value belongs to. Not a rule: the rules of the stage share it.

use crate::grammar::Scene;
use crate::lexicon::terms::{Comparison, Measure};
use crate::lexicon::words::Class;
use crate::rules::clause;

/// Words that say a value of every year: 粮食产量连年稳定在80万吨以上.
const YEARLY: &[&str] = &["每年", "连年", "年年", "常年", "历年", "最高年"];
/// What a yearly amount may be stated by: 每人每年只有四元.
const PER_HEAD: &[&str] = &["每人", "每户", "每亩", "每个农民", "每家"];
/// Words that a value keeps to, right before it.
const STEADY: &[&str] = &["稳定在", "保持在", "维持在", "运行在", "稳定增长在"];
/// Words that a rate is kept within.
const KEPT: &[&str] = &["控制在", "控制"];
/// Words for what adds up over the years.
const SUMMED: &[&str] = &["累计", "平均每年", "每年", "新增", "合计", "共"];
/// Words for how much there is in all.
const STOCKS: &[&str] = &["总数", "总量", "存量", "保有量", "总规模", "余额", "总里程"];
/// Words for a value reached.
const REACHED: &[&str] = &["达到", "达", "突破", "超过", "超", "首次突破", "首次超过", "提高到"];
/// Words for what happens once, which the lexicon does not have as verbs of counting.
const HAPPENINGS: &[&str] = &[
    "新增",
    "累计",
    "就业",
    "减税",
    "投入",
    "重组",
    "晋级",
    "促成",
    "形成",
    "下线",
    "减负",
    "脱贫",
    "摘帽",
    "出列",
    "住上",
    "用上",
    "喝上",
    "搬进",
    "改善",
    "新签",
    "新设",
    "用汇",
    "问世",
    "夺得",
    "摘得",
    "升格",
    "升级为",
    "收官",
    "实现战略性",
    "投资总额",
    "建设投资",
    "打破",
    "获国",
    "获全",
    "获省",
    "获市",
    "获中",
    "展开",
    "应对",
    "下拨",
    "争取",
    "修建",
    "架设",
    "采购",
    "追缴",
    "立案",
    "查办",
    "问责",
    "处分",
    "收购",
    "交付",
    "清退",
    "清偿",
    "偿还",
    "核准",
    "举行",
    "出动",
    "派驻",
    "援建",
    "融资",
    "筹资",
    "调处",
    "减排",
    "申报",
    "兴修",
    "选树",
    "撤并",
    "整合",
    "划转",
    "救治",
    "拨款",
    "创作",
    "出版",
    "发掘",
    "征收",
    "征迁",
    "拆迁",
    "处置",
    "归还",
    "兑付",
    "下派",
    "选拔",
    "提拔",
    "销毁",
    "复绿",
    "植绿",
    "清淤",
    "修编",
];
/// Verbs of counting at the head of a clause, which elsewhere are parts of names.
const HEAD_VERBS: &[&str] = &[
    "发展", "改厕", "配备", "兴建", "入库", "选配", "购置", "清收", "争创", "种草",
];
/// Nouns for money that comes in the course of years.
const INFLOWS: &[&str] = &[
    "使用外资",
    "利用外资",
    "对外投资",
    "到位资金",
    "到位内资",
    "引进内资",
    "国外贷款",
    "外国政府贷款",
];
/// Amounts of a single year: 年接待游客, 全年发电量.
const OF_A_YEAR: &[&str] = &[
    "年接待",
    "年产",
    "年销售",
    "年营业",
    "年营收",
    "年吞吐",
    "年发电",
    "年处理",
    "年货",
    "年交易",
    "年客",
];

/// The period of a value that is said within a span of years: the whole span for what happens in the course of it (growth, change, counts of
/// events) and for what is kept to all along, its last year for the state of a thing.
pub fn within(scene: &Scene, i: usize, period: &str) -> String {
    let Some((_, last)) = period.split_once('/') else {
        return period.to_owned();
    };
    let Some(measured) = scene.measured(i) else {
        return period.to_owned();
    };
    // 全年生产总值增长5%: of the last of the years.
    let of_last = scene.amount(i).is_some_and(|amount| {
        let from = clause::start(scene, amount.start);
        let named =
            scene.holds(from, amount.start, &["全年", "当年", "年末"]) && !scene.holds(from, amount.start, YEARLY);
        // 连续四年: a run is of its last year.
        named || scene.ends(amount.start, &["连续"])
    });
    if of_last {
        return last.to_owned();
    }
    let whole = match measured.measure {
        Measure::GrowthRate | Measure::Change => measured.comparison != Some(Comparison::YearOnYear),
        // 累计投入620亿元，是上一个五年的1.8倍
        Measure::Multiple => {
            let carried = scene.subject(i).is_some_and(|s| s.carried);
            let grown = measured.comparison.is_some_and(|c| c != Comparison::Since);
            // 收入比由2.4缩小到2.2 is a state.
            // 是“十三五”时期的1.6倍: a sum beside a sum.
            let sums = measured.reference.is_some_and(|(from, to)| {
                scene.holds(from, to, &["时期", "期间", "个五年", "前五年"]) && !scene.ends(to, &["年前"])
            });
            sums || grown && !is_arrival(scene, i)
                || carried && scene.amount_before(i).is_some_and(|j| was_flow(scene, j))
        }
        Measure::Rank => false,
        Measure::Ratio => is_kept(scene, i, true) || is_share_of_flow(scene, i),
        Measure::Level => is_kept(scene, i, false) || is_flow(scene, i),
    };
    if whole { period.to_owned() } else { last.to_owned() }
}

/// The span of a yearly average that the sentence dates by its last year only: `1987年达到…，平均每年增长…` in a review of five years,
/// `到1992年达到…，平均每年增长…` in a plan.
pub fn average(scene: &Scene, i: usize, year: &str) -> String {
    let averaged = scene
        .measured(i)
        .is_some_and(|m| m.comparison == Some(Comparison::AnnualAverage));
    let Some(last) = year.parse::<i32>().ok().filter(|_| averaged) else {
        return year.to_owned();
    };
    let ends_so = |p: &&str| p.ends_with(&format!("/{year}"));
    let spans = [scene.context.period.as_deref(), scene.context.span.as_deref()];
    if let Some(period) = spans.into_iter().flatten().find(ends_so) {
        return period.to_owned();
    }
    match scene.context.planned_year {
        Some(planned) if last > planned => format!("{planned}/{last}"),
        _ => year.to_owned(),
    }
}

/// Whether a value is said of every year: `每年办好十件民生实事`, `外汇储备稳定在3亿美元以上`, `失业率控制在5%以内`.
fn is_kept(scene: &Scene, i: usize, rate: bool) -> bool {
    let Some(amount) = scene.amount(i) else { return false };
    let from = clause::start(scene, amount.start);
    // 连续8年保持在: a run is of its last year.
    if scene.holds(from, amount.start, &["连续"]) {
        return false;
    }
    (from..amount.start).any(|p| scene.starts(p, YEARLY) && !scene.ends(p, PER_HEAD))
        || averaged(scene, from, amount.start)
        || scene.ends(amount.start, STEADY)
        || rate && scene.ends(amount.start, KEPT)
}

/// Whether a range holds a word for a yearly average that is no part of a name: 年均浓度.
fn averaged(scene: &Scene, from: usize, to: usize) -> bool {
    scene
        .tokens_in(from, to)
        .any(|t| t.is(Class::AVERAGE) && !t.is(Class::NOUN) && !scene.starts(t.end, &["浓度", "气温"]))
}

/// Whether a share is one of what the years added up to, or of those to whom something happened: `累计投入120亿元，占财政支出的82%`,
/// `派出6435人，其中女性占3.5%`, `60%的职工增加了工资`.
fn is_share_of_flow(scene: &Scene, i: usize) -> bool {
    let Some(amount) = scene.amount(i) else { return false };
    let from = clause::start(scene, amount.start);
    let stands = scene.token_from(from).is_some_and(|t| t.is(Class::SHARE));
    let of_flow = scene.amount_before(i).is_some_and(|j| {
        let end = scene.amount(j).map_or(0, |a| a.end);
        // 提出8项指标，其中失业率5.5%: a rate of its own.
        let among = scene.has_word(end, amount.start, Class::AMONG)
            && !scene.holds(end, amount.start, &["率", "比重", "比例", "占比"]);
        let share = scene.measured(j).is_some_and(|m| m.measure == Measure::Ratio);
        stands && end + 1 == from && (was_flow(scene, j) || share && was_whole(scene, j)) || among && was_flow(scene, j)
    });
    let happened = scene.at(amount.end) == Some('的')
        && scene
            .tokens_in(amount.end, clause::right(scene, i).1)
            .any(|t| t.is(Class::EVENT.or(Class::UP).or(Class::DOWN)) && scene.at(t.end) == Some('了'));
    of_flow || happened
}

/// Whether a level counts events: its indicator has a verb of counting, or names a flow.
pub fn is_flow(scene: &Scene, i: usize) -> bool {
    let (Some(subject), Some(amount)) = (scene.subject(i), scene.amount(i)) else {
        return false;
    };
    if scene.measured(i).is_some_and(|m| m.measure != Measure::Level) || is_arrival(scene, i) {
        return false;
    }
    let left = clause::left(scene, i).0;
    if scene.holds(left, amount.start, OF_A_YEAR) && !scene.holds(left, amount.start, SUMMED) {
        return false;
    }
    let reached = scene.ends(amount.start, REACHED)
        || scene.starts(amount.start, REACHED)
        || scene.word_before(amount.start, Class::TO);
    // 其中高速公路33公里, 、防沙治沙6688万亩: a part or a further item of what was counted before it.
    if !reached
        && !scene.holds(left, amount.start, STOCKS)
        && let Some(j) = scene.amount_before(i)
        && let Some(before) = scene.amount(j)
        && (scene.at(before.end) == Some('、') && before.end + 1 == left && is_listed(scene, i)
            || scene.has_word(before.end, amount.start, Class::AMONG) && same_kind(&before.unit, &amount.unit))
        && was_flow(scene, j)
    {
        return true;
    }
    let verb = |&(start, end): &(usize, usize)| {
        // 同我国建交的国家: an event that only tells which things are counted.
        let tells = |t: &crate::lex::Token| scene.at(t.end) == Some('的') && t.end < end;
        scene
            .tokens_in(start, end)
            .any(|t| t.is(Class::EVENT) && !t.is(Class::NOUN.or(Class::STATE)) && !tells(t))
            || scene.holds(start, end, HAPPENINGS)
            || !reached && scene.holds(start, end, INFLOWS)
            || start == subject.pieces[0].0 && begins_with_gain(scene, start)
    };
    // 接待了: a finished act.
    let finished = scene
        .tokens_in(left, clause::right(scene, i).1)
        .any(|t| t.is(Class::EVENT) && scene.at(t.end) == Some('了'));
    // 新增1000千伏线路1240公里: the verb at the head of the clause.
    let clause_start = clause::start(scene, amount.start);
    let heads = scene
        .token_from(clause::trim_head(scene, clause_start, amount.start))
        .is_some_and(|t| {
            t.is(Class::EVENT.or(Class::UP).or(Class::DOWN)) && !t.is(Class::NOUN.or(Class::STATE).or(Class::REACH))
        });
    let starts = scene.starts(clause::trim_head(scene, clause_start, amount.start), HEAD_VERBS);
    finished
        || heads
        || starts
        || subject.pieces.iter().any(verb)
        || scene.holds(left, amount.start, SUMMED)
        || scene.holds(left, amount.start, HAPPENINGS)
        || scene.holds(left, amount.start, &["完成"])
        || averaged(scene, left, amount.start)
}

/// Whether the level before was read as that of the whole span.
fn was_flow(scene: &Scene, j: usize) -> bool {
    scene.measured(j).is_some_and(|m| m.measure == Measure::Level) && was_whole(scene, j)
}

/// Whether what was said before was read as that of the whole span, or of years that are not told.
fn was_whole(scene: &Scene, j: usize) -> bool {
    let period = scene.periods[j].as_ref().map(|d| d.value.0.as_ref());
    period.is_some_and(|period| period.is_none_or(|period| period.contains('/')))
}

/// Whether two units differ in scale at most: 万公里 and 公里.
fn same_kind(a: &str, b: &str) -> bool {
    a.chars().last() == b.chars().last()
}

/// Whether a further item of a list has no verb of its own.
fn is_listed(scene: &Scene, i: usize) -> bool {
    let (from, to) = clause::left(scene, i);
    !scene.has_word(from, to, Class::REACH.or(Class::UP).or(Class::DOWN))
}

/// 获国家科技奖20项.
fn begins_with_gain(scene: &Scene, start: usize) -> bool {
    scene.starts(start, &["获"]) && !scene.starts(start, &["获得感"])
}

/// Whether a value is where something has arrived: `从450元提高到610元`, `由13天压缩至6天`, `新增230公里、达到860公里`, `总数达到510家`.
fn is_arrival(scene: &Scene, i: usize) -> bool {
    let Some(amount) = scene.amount(i) else { return false };
    let (from, to) = clause::left(scene, i);
    if scene.holds(from, to, &["累计", "合计"]) {
        return false;
    }
    // 新增1700公里、突破7000公里
    let hedged = scene.starts(to, REACHED);
    if from == to && hedged && scene.amount_before(i).is_some() {
        return true;
    }
    // A further value of a list is what the first one is.
    if from == to
        && let Some(j) = scene.amount_before(i)
        && scene
            .amount(j)
            .is_some_and(|a| a.end + 1 == amount.start && matches!(scene.at(a.end), Some('、' | '和')))
    {
        return !was_whole(scene, j);
    }
    let after_stop = scene.ends(to, &["到", "至"]) && !scene.ends(to, &["达到"]);
    let from_before = scene.amount_before(i).is_some_and(|j| {
        scene.periods[j].as_ref().is_some_and(|d| d.rule == "from-value")
            && clause::start(scene, scene.amount(j).map_or(0, |a| a.start)) == clause::start(scene, amount.start)
    });
    let bare = clause::trim_tail(scene, from, to) <= from && from < to && scene.amount_before(i).is_some();
    let reached = scene.ends(to, REACHED) || hedged;
    after_stop || from_before || bare && reached || scene.holds(from, to, STOCKS) && !scene.holds(from, to, SUMMED)
}
