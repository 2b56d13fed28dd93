//! Things known by a number.

use crate::grammar::{Rule, Scene};
use crate::lexicon::terms::NumeralKind;

/// Reads the number of a line, road, house or machine: `19号线`, `殷高路7弄`, `331国道`, `2号基地`, `C919`, `嫦娥六号`.
pub static RULE: Rule<NumeralKind> = Rule {
    name: "numbered-thing",
    reads: "the number of a line, road, house or machine: 19号线 殷高路7弄 331国道",
    apply,
};

fn apply(scene: &Scene, i: usize) -> Option<NumeralKind> {
    let end = scene.numbers[i].end;
    let named = scene.starts(end, &["号", "弄", "国道", "省道", "县道", "高速公路", "级台风", "段"])
        && !scene.starts(end, &["段时", "号召"]);
    // 50亿级项目
    let level =
        scene.starts(end, &["亿级"]) || scene.starts(end, &["级"]) && !scene.starts(end, &["级以上", "级及以上"]);
    // 安装视频探头560路
    let channels = scene.ends(
        scene.numbers[i].start,
        &["探头", "监控", "视频", "摄像头", "摄像机", "信号", "电话"],
    );
    let road = scene.starts(end, &["路", "线"])
        && !channels
        && !scene.starts(end, &["路口"])
        && scene
            .before(scene.numbers[i].start)
            .is_some_and(|c| c.is_alphabetic() || c == '、' || c == '，');
    // A survey, a forum or a race known by its size.
    let sized = scene.starts(
        end,
        &[
            "人论坛",
            "%人口抽样调查",
            "‰人口抽样调查",
            "公里马拉松",
            "人制",
            "人篮球",
        ],
    );
    (named || level || road || sized).then_some(NumeralKind::Name)
}
