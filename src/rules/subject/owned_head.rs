//! Measures of a thing named before with another measure.

use crate::grammar::{Rule, Scene, Subject};
use crate::lex::TokenKind;
use crate::lexicon::words::{self, Class};
use crate::rules::clause;

use super::phrase;

/// Reads a measure alone as that of the thing that the statement before it measures in another way, `粮食播种面积1584万亩、总产量132亿斤`,
/// `国家财政收入1121亿元，支出1111亿元`, or counts, `签约项目18个、总投资46亿元`, `规上工业企业达到86家，实现产值126亿元`, or that the clause before names,
/// `省重点项目进展顺利，完成投资18亿元`, `粮食喜获丰收，总产量达到12万吨`; and as that of the thing that follows: `总投资5亿元的产业园项目`. Of two measures
/// that 分别 takes up, `事故起数和死亡人数分别下降…`, see `respective`.
pub static RULE: Rule<Subject> = Rule {
    name: "owned-head",
    reads: "a measure alone as that of the thing measured before: 粮食播种面积…、总产量132亿斤",
    apply,
};

/// Measures that say nothing without their thing.
const MEASURES: &[&str] = &[
    "支出",
    "总产量",
    "产量",
    "总产",
    "单产",
    "亩产",
    "死亡人数",
    "受伤人数",
    "伤亡人数",
    "利润",
    "利润总额",
    "利税",
    "产值",
    "年产值",
    "年产量",
    "总产值",
    "综合产值",
    "销售额",
    "总花费",
    "营收",
    "授权量",
    "单价",
    "均价",
];

/// Measures of what was counted, and what the counted things are called.
const OF_THINGS: &[(&[&str], &[&str])] = &[
    (
        &[
            "投资",
            "总投资",
            "投资额",
            "投资总额",
            "总投资额",
            "计划投资",
            "计划总投资",
            "概算投资",
            "概算总投资",
            "协议投资",
            "协议总投资",
            "年度投资",
            "年度计划投资",
            "年度完成投资",
            "完成投资",
            "合同金额",
            "到位资金",
            "建成面积",
        ],
        &["项目", "工程", "企业", "产业园", "园区"],
    ),
    (
        &[
            "产值",
            "总产值",
            "年产值",
            "工业产值",
            "释放产值",
            "新增产值",
            "营收",
            "营业收入",
            "销售收入",
            "主营业务收入",
            "利润",
            "利润总额",
            "利税",
            "税收",
            "年税收",
            "纳税",
            "零售额",
            "销售额",
        ],
        &[
            "企业",
            "产业",
            "园区",
            "基地",
            "项目",
            "集群",
            "合作社",
            "农场",
            "产业链",
            "产业园",
            "公司",
            "单位",
            "车间",
        ],
    ),
    (
        &["直接经济损失", "经济损失", "受灾人口", "受灾面积"],
        &["灾害", "洪灾", "水灾", "旱灾", "地震", "台风", "事故", "火灾"],
    ),
    (&["总花费", "旅游总花费", "人均花费"], &["游客", "游客人次"]),
    (&["涉案金额", "涉及金额", "金额", "标的额"], &["案件", "纠纷", "案"]),
    (&["装机容量", "总装机容量", "总装机"], &["电站", "电场", "光伏", "机组"]),
    (&["成交价款", "成交金额", "成交总价"], &["土地", "地块", "宗地"]),
    (&["增加值"], INDUSTRIES),
    (
        &["通车里程", "运营里程", "总里程", "总长", "总长度", "全长", "长度"],
        &[
            "线路", "公路", "铁路", "地铁", "道路", "航线", "管网", "管道", "步道", "绿道", "河道", "桥梁", "街巷",
            "路",
        ],
    ),
    (
        &["面积", "总面积", "建筑面积", "总建筑面积", "占地面积", "总占地面积"],
        &[
            "建筑",
            "住宅",
            "住宅楼",
            "项目",
            "小区",
            "公园",
            "广场",
            "厂房",
            "工程",
            "绿地",
            "房屋",
            "园区",
            "基地",
            "学校",
            "中心",
            "违建",
            "设施",
            "用房",
            "土地",
            "地块",
            "宗地",
            "大棚",
            "温室",
        ],
    ),
];
/// Parts of the economy.
const INDUSTRIES: &[&str] = &["服务业", "工业", "农业", "制造业", "建筑业", "产业", "金融业", "旅游业"];
/// Verbs of what was done with the things, which their measures are without.
const DONE: &[&str] = &[
    "实施",
    "推进",
    "推动",
    "安排",
    "完成",
    "建设",
    "组织",
    "开展",
    "新建成",
    "开通",
    "接待",
];

fn apply(scene: &Scene, i: usize) -> Option<Subject> {
    let (from, to) = phrase::left(scene, i);
    if let Some(pieces) = of_what_follows(scene, i, from, to).or_else(|| capacity(scene, i, from, to)) {
        return Some(Subject::stated(pieces));
    }
    if is_owned(scene, from, to)
        && let Some(mut pieces) = measured_before(scene, i).or_else(|| crop(scene, i))
    {
        pieces.push((from, to));
        return Some(Subject::carried(pieces));
    }
    // 森林面积增加3亿亩，覆盖率提高到13%
    if scene.is(from, to, &["覆盖率"])
        && let Some((_, before)) = phrase::before(scene, i)
        && let Some(&(start, end)) = before.pieces.last()
        && let Some(wood) = end
            .checked_sub(4)
            .filter(|&p| p >= start && scene.starts(p, &["森林面积", "林木面积", "草原面积"]))
    {
        return Some(Subject::carried(vec![(wood, wood + 2), (from, to)]));
    }
    // 服务业增加值增长5%，对经济增长贡献率超60%
    if scene.ends(to, &["贡献率"])
        && scene.ends(from, &["对"])
        && let Some(mut pieces) = measured_before(scene, i).or_else(|| Some(phrase::before(scene, i)?.1.pieces))
    {
        pieces.push((from - 1, to));
        return Some(Subject::carried(pieces));
    }
    // 服务业快速发展，在国内生产总值中占比提高2个百分点
    if scene.ends(to, &["占比", "比重", "份额"])
        && scene.ends(from, &["在"])
        && let Some(mut pieces) = topic(scene, i, INDUSTRIES)
    {
        pieces.push((from - 1, to));
        return Some(Subject::carried(pieces));
    }
    let (_, things) = OF_THINGS.iter().find(|(measures, _)| scene.is(from, to, measures))?;
    let mut pieces = counted_before(scene, i, things).or_else(|| topic(scene, i, things))?;
    pieces.push((from, to));
    Some(Subject::carried(pieces))
}

/// What the statement before measures.
pub fn measured_before(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    let mut pieces = phrase::before(scene, i)?.1.pieces;
    let (start, end) = pieces.pop()?;
    // 企业实现总产值68亿元、利税5亿元: the owner stands apart.
    if pieces.is_empty() || !is_owned(scene, start, end) && !scene.is(start, end, BEFORE) {
        pieces.push((start, owner(scene, start, end)?));
    }
    Some(pieces)
}

/// The crop that the clause right before speaks of: 粮食喜获丰收.
fn crop(scene: &Scene, i: usize) -> Option<Vec<(usize, usize)>> {
    /// What grows.
    const CROPS: &[&str] = &[
        "粮食",
        "棉花",
        "油料",
        "油菜",
        "夏粮",
        "秋粮",
        "早稻",
        "小麦",
        "水稻",
        "玉米",
        "大豆",
        "马铃薯",
        "花生",
        "蔬菜",
        "水果",
        "茶叶",
        "甘蔗",
        "烤烟",
        "中药材",
        "水产品",
        "肉类",
    ];
    let end = clause::left(scene, i).0.checked_sub(1)?;
    let start = clause::start(scene, end);
    let from = clause::trim_head(scene, start, end);
    let word = CROPS.iter().find(|word| scene.starts(from, &[word]))?;
    Some(vec![(from, from + word.chars().count())])
}

/// What the statements before count, if it is one of these things: the nearest count in the group.
fn counted_before(scene: &Scene, i: usize, things: &[&str]) -> Option<Vec<(usize, usize)>> {
    let group = clause::group_start(scene, scene.amount(i)?.start);
    let count = (0..i).rev().find(|&j| {
        // 项目32个，其中10亿元以上5个，总投资186亿元
        let (from, to) = clause::left(scene, j);
        !scene.has_word(from, to, Class::AMONG)
            && scene
                .amount(j)
                .is_some_and(|it| it.start >= group && !it.unit.is_empty() && !phrase::measures(&it.unit))
    })?;
    let subject = scene.subject(count)?;
    let mut pieces = subject.pieces.clone();
    // 投资500万元以上技改项目100个: the things, without their size.
    if let Some(first) = pieces.first_mut()
        && let Some(size) = (0..count)
            .filter_map(|n| scene.amount(n))
            .rfind(|it| subject.verbatim && it.start >= first.0 && it.end < first.1)
    {
        first.0 = size.end + usize::from(scene.at(size.end) == Some('的'));
    }
    if let Some(first) = pieces.first_mut()
        && let Some((start, end)) = phrase::head_verb(scene, first.0, first.1)
        && scene.is(start, end, DONE)
    {
        first.0 = end;
        pieces.retain(|(start, end)| start < end);
    }
    // 20个央陕合作项目落地: the thing without what is said of it.
    let last = pieces.last_mut()?;
    last.1 = end_of_thing(scene, last.0, last.1, things)?;
    Some(pieces)
}

/// What the clause right before names, if it is one of these things.
fn topic(scene: &Scene, i: usize, things: &[&str]) -> Option<Vec<(usize, usize)>> {
    let end = clause::left(scene, i).0.checked_sub(1)?;
    let start = clause::start(scene, end);
    let apart = scene.at(end) == Some('，')
        && scene
            .amount_before(i)
            .and_then(|j| scene.amount(j))
            .is_none_or(|it| it.end <= start);
    if !apart {
        return None;
    }
    let from = clause::trim_head(scene, start, end);
    let from = phrase::head_verb(scene, from, end).map_or(from, |(_, verb)| verb);
    let to = end_of_thing(scene, from, end, things)?;
    // 发生历史罕见的洪涝灾害
    let from = (from..to)
        .rev()
        .find(|&p| scene.folded[p] == '的' && scene.token_from(p).is_some_and(|t| t.end == p + 1) && p + 2 < to)
        .map_or(from, |p| p + 1);
    let plain = scene.tokens_in(from, to).all(|token| match token.kind {
        TokenKind::Punctuation(_) => false,
        TokenKind::Number(n) => {
            scene.amount(n).is_none() && !scene.starts(token.start, VAGUE) && !scene.ends(token.start, VAGUE)
        }
        _ => true,
    });
    (plain && to - from <= LONGEST_TOPIC).then(|| vec![(from, to)])
}

/// What a number that nobody counted begins with: 数十家企业.
const VAGUE: &[&str] = &["数", "几"];

/// Longest name of a thing that a clause before is searched for.
const LONGEST_TOPIC: usize = 14;

/// Where the last of some things ends in a phrase that names it.
fn end_of_thing(scene: &Scene, from: usize, to: usize, things: &[&str]) -> Option<usize> {
    let ends = |end: &usize| scene.ends(*end, things);
    // 改造项目完成主体工程: what a verb follows is the thing.
    let before_verb = |end: &usize| {
        scene
            .token_from(*end)
            .is_some_and(|t| t.is(Class::EVENT.or(Class::REACH)) && !t.is(Class::NOUN))
    };
    let mut found = (from + 1..=to).filter(ends);
    found
        .clone()
        .find(|end| *end < to && before_verb(end))
        .or_else(|| found.next_back())
}

/// `总投资5亿元的产业园项目开工`
fn of_what_follows(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
    let amount = scene.amount(i)?;
    // 启动总投资15亿元的抽水蓄能项目
    let from = phrase::head_verb(scene, from, to)
        .filter(|it| it.1 < to)
        .map_or(from, |it| it.1);
    if scene.at(amount.end) != Some('的') || !phrase::measures(&amount.unit) || amount.unit == "%" {
        return None;
    }
    let (start, stop) = phrase::object(scene, i)?;
    let things = OF_THINGS
        .iter()
        .find(|(measures, _)| scene.is(from, to, measures))
        .map(|(_, things)| *things);
    if things.is_none() && !is_measure(scene, from, to) {
        return None;
    }
    let verb = things
        .and_then(|things| end_of_thing(scene, start, stop, things))
        .or_else(|| Some(phrase::tail_verb(scene, start, stop)?.0))
        .unwrap_or(stop);
    (start + 2 <= verb).then(|| vec![(start, verb), (from, to)])
}

/// What a thing handles or yields in a day or a year: `建成日处理污水5万吨的污水处理厂`, `年产10万吨的化肥厂`.
fn capacity(scene: &Scene, i: usize, from: usize, to: usize) -> Option<Vec<(usize, usize)>> {
    const YIELDS: &[&str] = &[
        "处理", "产", "供水", "供气", "供热", "加工", "发电", "出栏", "生产", "吞吐", "储存",
    ];
    let amount = scene.amount(i).filter(|it| scene.at(it.end) == Some('的'))?;
    let verb = phrase::head_verb(scene, from, to).map_or(from, |it| it.1);
    // 污水处理厂和日处理垃圾300吨的填埋场
    let start = (verb..to)
        .rev()
        .find(|&p| scene.folded[p] == '和')
        .map_or(verb, |p| p + 1);
    let yields = matches!(scene.at(start), Some('日' | '年')) && scene.starts(start + 1, YIELDS);
    let things =
        phrase::object(scene, i).filter(|it| yields && phrase::measures(&amount.unit) && it.0 == amount.end + 1)?;
    Some(vec![things, (start, to)])
}

/// Whether a short phrase ends in a measure: 首期规模.
fn is_measure(scene: &Scene, from: usize, to: usize) -> bool {
    const LONGEST: usize = 6;
    let measure = |p: usize| {
        words::find(&scene.folded[p..to]).is_some_and(|w| w.class.has(Class::HEAD.or(Class::BARE_HEAD)))
            && !phrase::is_thing(scene, p, to)
    };
    to - from <= LONGEST && (from..to).any(measure)
}

/// Whether a phrase is a measure alone.
pub fn is_owned(scene: &Scene, from: usize, to: usize) -> bool {
    scene.is(from, to, MEASURES)
}

/// End of the thing in a phrase that ends in a measure of it.
pub fn owner(scene: &Scene, from: usize, to: usize) -> Option<usize> {
    let measure = BEFORE.iter().find(|word| scene.ends(to, &[word]))?;
    let end = to - measure.chars().count();
    (end >= from + 2).then_some(end)
}

/// What the measure before may be, the longest first.
const BEFORE: &[&str] = &[
    "主营业务收入",
    "增加值",
    "播种面积",
    "种植面积",
    "营业总收入",
    "营业收入",
    "销售收入",
    "总产量",
    "总收入",
    "总产值",
    "产量",
    "收入",
    "支出",
    "面积",
    "起数",
    "申请量",
    "单产",
    "总产",
    "营收",
    "产值",
    "人次",
    "人数",
];
