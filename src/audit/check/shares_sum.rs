#![doc = include_str!("shares_sum.md")]

use rust_decimal::Decimal;

use super::{Check, Citation, Run, Verdict};
use crate::audit::interval::{Interval, plain};
use crate::audit::message::Message;
use crate::audit::printed::Reading;
use crate::audit::view::{Quantity, ReportView};
use crate::fact::{Measure, Modifier, Severity};
use crate::lexicon::audit::{List, mentions};

pub(super) const CHECK: Check = Check {
    name: "shares_sum",
    title_zh: "同一总体的各项比重之和不超过 100%",
    title_en: "shares of one whole sum to no more than 100 %",
    explanation: include_str!("shares_sum.md"),
    run: Run::Report(run),
};

fn run(report: &ReportView<'_>, verdicts: &mut Vec<Verdict>) {
    let mut group = Group::default();
    for index in 0..report.quantities.len() {
        let Some(share) = read_share(report, index) else {
            continue;
        };
        if !group.takes(report, &share) {
            verdicts.extend(std::mem::take(&mut group).judge(report));
        }
        group.add(share);
    }
    verdicts.extend(group.judge(report));
}

/// A share as its clause says it.
struct Share {
    index: usize,
    /// What follows 占, up to the number.
    whole: String,
    /// Whether its clause begins with 其中.
    nested: bool,
    /// Whether only a comma parts it from the number before, so that it goes on with what that one does.
    continues: bool,
}

/// Shares of one whole, each with the shares that divide it.
#[derive(Default)]
struct Group {
    shares: Vec<(Share, Vec<usize>)>,
}

fn read_share(report: &ReportView<'_>, index: usize) -> Option<Share> {
    let quantity = &report.quantities[index];
    if quantity.row.measure != Measure::Ratio || !quantity.unit.is_percent() {
        return None;
    }
    let lead = report.lead(index);
    let (before, whole) = lead.rsplit_once('占')?;
    if whole.contains(['，', '。', '；', '、']) {
        return None;
    }
    // 其中 of an earlier clause (…，其中绝大多数…；改造的占42.3%) speaks of something else.
    let clauses = before.rsplit(['；', '。']).next().unwrap_or(before);
    let nested = clauses.contains("其中");
    let continues =
        index > 0 && !before.contains(['；', '。']) && report.gap_after_unit(index - 1).starts_with(['，', '、']);
    let whole = whole.trim_end_matches(['的', '约', '达', '近', '为', '到']).to_owned();
    Some(Share {
        index,
        whole,
        nested,
        continues,
    })
}

impl Group {
    /// Whether a share belongs to the run: the same paragraph, the same whole, no other kind of statement in between.
    fn takes(&self, report: &ReportView<'_>, share: &Share) -> bool {
        let Some((last, children)) = self.shares.last() else {
            return true;
        };
        let previous = children.last().copied().unwrap_or(last.index);
        let (a, b): (&Quantity<'_>, &Quantity<'_>) = (&report.quantities[previous], &report.quantities[share.index]);
        let adjacent = share.index == previous + 1;
        let paragraph = a.row.paragraph_no == b.row.paragraph_no && a.row.sentence_no.abs_diff(b.row.sentence_no) <= 1;
        adjacent && paragraph && share.whole == last.whole && a.row.period == b.row.period
    }

    fn add(&mut self, share: Share) {
        match self.shares.last_mut() {
            Some((_, children)) if share.nested || (share.continues && !children.is_empty()) => {
                children.push(share.index);
            }
            _ => self.shares.push((share, Vec::new())),
        }
    }

    fn judge(self, report: &ReportView<'_>) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        for (parent, children) in &self.shares {
            if children.len() >= 2 {
                let limit = &report.quantities[parent.index];
                verdicts.extend(judge(report, children, limit.read(Reading::Measured), Some(limit)));
            }
        }
        // Two shares of one whole say little of the rest; three in a row are a division of it.
        if self.shares.len() >= 3 {
            let indices: Vec<usize> = self.shares.iter().map(|(share, _)| share.index).collect();
            verdicts.extend(judge(report, &indices, Interval::point(Decimal::ONE_HUNDRED), None));
        }
        verdicts
    }
}

/// Whether shares seem to be all of a whole, though they leave a rest: it is less than any of them, and no word stands for it.
fn looks_complete(report: &ReportView<'_>, indices: &[usize], rest: Decimal) -> bool {
    let shares = || indices.iter().map(|index| &report.quantities[*index]);
    let smallest = shares().map(|share| share.row.value).min();
    let (start, end) = (shares().map(|it| it.start).min(), shares().map(|it| it.end).max());
    let sentence = match (start, end) {
        (Some(start), Some(end)) => report.words(report.sentence_start(start)..report.sentence_end(end)),
        _ => return false,
    };
    let hedged = shares().any(|share| share.row.modifier != Modifier::Exact);
    smallest.is_some_and(|smallest| rest < smallest) && !hedged && !mentions(&sentence, List::Remainder, "")
}

fn judge(
    report: &ReportView<'_>,
    indices: &[usize],
    limit: Interval,
    parent: Option<&Quantity<'_>>,
) -> Option<Verdict> {
    let mut interval = Interval::point(Decimal::ZERO);
    let mut value = Decimal::ZERO;
    let mut terms = Vec::new();
    let mut citations = Vec::new();
    for quantity in indices.iter().map(|index| &report.quantities[*index]) {
        interval = interval.plus(quantity.read(Reading::Measured))?;
        value = value.checked_add(quantity.row.value)?;
        terms.push(plain(quantity.row.value));
        citations.push(Citation::of(quantity, "比重", "share"));
    }
    citations.extend(parent.map(|it| Citation::of(it, "总比重", "whole share")));
    let sum = format!("{} = {}%", terms.join(" + "), plain(value));
    let whole = parent.map_or_else(|| "100%".to_owned(), Quantity::shown);
    let rest = parent
        .map_or(Decimal::ONE_HUNDRED, |it| it.row.value)
        .checked_sub(value)?;
    if parent.is_none() && interval.below(limit) && looks_complete(report, indices, rest) {
        let message = Message::new(
            format!(
                "{sum}（{interval}），余 {}% 没有说明，而余数小于所列的任何一项，句中也没有“其他”。",
                plain(rest)
            ),
            format!(
                "{sum} ({interval}); the {}% left are not named, though they are less than any share listed and no 其他 stands for them.",
                plain(rest)
            ),
        );
        return Some(Verdict::found(&CHECK, Severity::Info, citations, message).with_numbers(
            format!("{}%", plain(value)),
            whole,
            format!("{}%", plain(-rest)),
        ));
    }
    if !limit.below(interval) {
        let message = if interval.meets(limit) {
            Message::new(
                format!("{sum}，与 {whole} 相符。"),
                format!("{sum}, which agrees with {whole}."),
            )
        } else {
            Message::new(
                format!("{sum}，不超过 {whole}，余 {}%。", plain(rest)),
                format!("{sum}, within {whole}; {}% is left.", plain(rest)),
            )
        };
        return Some(Verdict::passed(&CHECK, citations, message));
    }
    let message = Message::new(
        format!("{sum}（{interval}），超过 {whole}。除非各组有重叠。"),
        format!("{sum} ({interval}), more than {whole}, unless the groups overlap."),
    );
    Some(
        Verdict::found(&CHECK, Severity::Warning, citations, message).with_numbers(
            format!("{}%", plain(value)),
            format!("≤ {whole}"),
            format!("{}%", plain(-rest)),
        ),
    )
}
