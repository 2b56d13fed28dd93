//! Which part of a report a section is, and the years that it speaks of.

use std::iter::successors;

use super::outline::{chapter, salutation};
use super::years::{five_year_plan, years};
use super::{Known, Outline, Paragraph};
use crate::lexicon::fold_str;
use crate::lexicon::structure::Class;
use crate::lexicon::terms::Part;

/// A section's title as it is read: folded.
struct Title {
    text: String,
    years: Vec<i32>,
    plan: Option<(i32, i32)>,
}

impl Title {
    fn of(section: &Outline) -> Self {
        let text = section.title.as_deref().map(fold_str).unwrap_or_default();
        let characters: Vec<char> = text.chars().collect();
        Self {
            years: years(&characters).into_iter().map(|(year, _)| year).collect(),
            plan: five_year_plan(&characters),
            text,
        }
    }
}

/// Assigns parts and periods. Sections inherit from the one that they lie in.
pub fn assign(sections: &mut [Outline], paragraphs: &[Paragraph], front: &Known) {
    for i in 1..sections.len() {
        let title = Title::of(&sections[i]);
        let inherited = sections[i]
            .parent
            .map(|p| (sections[p].part, sections[p].period.clone()));
        let own = part_of(&title, front);
        let deep = sections[i].depth > 1;
        sections[i].part = match (&inherited, own) {
            (Some((part, _)), None) => *part,
            // Below a chapter only a title that names the years or the aims may change the part.
            (Some((part, _)), Some(own)) if deep => {
                if Class::OwnPart.is_in(&title.text) || !title.years.is_empty() {
                    own
                } else {
                    *part
                }
            }
            (_, Some(own)) => own,
            (None, None) => previous_part(sections, i, paragraphs),
        };
        let plan = title.plan.map(|(from, to)| format!("{from}/{to}"));
        sections[i].span = plan.or_else(|| sections[i].parent.and_then(|p| sections[p].span.clone()));
        sections[i].period = period(&title, front).or_else(|| inherited.and_then(|(_, period)| period));
    }
}

/// A chapter whose title says nothing goes on with the part before it; after a review that has come to its problems it begins the plan.
fn previous_part(sections: &[Outline], i: usize, paragraphs: &[Paragraph]) -> Part {
    let before = (1..i).rev().find(|&j| sections[j].depth == 1);
    match before {
        Some(j)
            if sections[j].part == Part::Review
                && is_review(sections[j].title.as_deref())
                && is_troubled(j, sections, paragraphs) =>
        {
            Part::Plan
        }
        Some(j) => sections[j].part,
        None => Part::Review,
    }
}

/// Whether a title calls its chapter a review.
fn is_review(title: Option<&str>) -> bool {
    title.is_some_and(|title| Class::Review.is_in(&fold_str(title)))
}

/// Whether a paragraph of a chapter speaks of problems.
fn is_troubled(of: usize, sections: &[Outline], paragraphs: &[Paragraph]) -> bool {
    let of_chapter = |p: &Paragraph| p.section > 0 && chapter(sections, p.section) == of;
    let mut body = paragraphs.iter().filter(|p| p.footnote.is_none() && of_chapter(p));
    body.any(speaks_of_problems)
}

/// Whether a paragraph turns to problems.
fn speaks_of_problems(paragraph: &Paragraph) -> bool {
    /// How much of a paragraph tells, in characters.
    const HEAD: usize = 160;
    let folded = &paragraph.folded;
    Class::Problems.is_among(&folded[..folded.len().min(HEAD)])
}

fn part_of(title: &Title, front: &Known) -> Option<Part> {
    if Class::Review.is_in(&title.text) {
        return Some(Part::Review);
    }
    let reviewed = front.reviewed_year;
    let ahead = |year: i32| reviewed.is_some_and(|reviewed| year > reviewed);
    if title.years.iter().any(|&year| ahead(year))
        || Class::Plan.is_in(&title.text)
        || title.plan.is_some_and(|(first, _)| ahead(first))
    {
        return Some(Part::Plan);
    }
    let behind = |year: &i32| reviewed.is_some_and(|reviewed| *year <= reviewed);
    title.years.iter().any(behind).then_some(Part::Review)
}

/// The period that a title names: a year, a span of years, a five-year plan.
fn period(title: &Title, front: &Known) -> Option<String> {
    let text = &title.text;
    let five = text.contains("五年");
    match (&title.years[..], title.plan) {
        ([year], None) if !five => Some(year.to_string()),
        // 奋力实现“十五五”良好开局: the year that is planned, not the five.
        ([], Some((from, _))) if front.planned_year == Some(from) && Class::PlanOpening.is_in(text) => {
            Some(from.to_string())
        }
        ([], Some((from, to))) => Some(format!("{from}/{to}")),
        // 过去一年和五年: the passages say which.
        ([], None) if text.contains("一年和") => None,
        ([], None) if five && Class::YearsPast.is_in(text) => front.reviewed_year.map(|y| format!("{}/{y}", y - 4)),
        ([], None) if five && Class::YearsAhead.is_in(text) => front.planned_year.map(|y| format!("{y}/{}", y + 4)),
        ([from, to], None) if to > from && text.contains(['—', '-', '至']) => Some(format!("{from}/{to}")),
        _ => None,
    }
}

/// Gives the passages that are no part of the review or the plan around them, problems and the closing appeal, their own part: to the
/// section that is nothing else, or else to a new section, at which the ones that it cuts end.
pub fn passages(sections: &mut Vec<Outline>, paragraphs: &mut [Paragraph]) {
    let mut parts = vec![None; paragraphs.len()];
    problems(sections, paragraphs, &mut parts);
    closing(paragraphs, &mut parts);
    let body: Vec<usize> = (0..paragraphs.len())
        .filter(|&i| paragraphs[i].is_body() && paragraphs[i].section > 0)
        .collect();
    let whole = whole(sections, paragraphs, &body, &parts);
    let old = std::mem::take(sections);
    // Where each of the old sections is now.
    let mut now: Vec<usize> = Vec::with_capacity(old.len());
    let mut before = None;
    for (n, &i) in body.iter().enumerate() {
        let section = paragraphs[i].section;
        for outline in &old[now.len()..=section] {
            now.push(sections.len());
            sections.push(Outline {
                parent: outline.parent.map(|parent| now[parent]),
                part: whole[now.len() - 1].unwrap_or(outline.part),
                ..outline.clone()
            });
        }
        let passage = parts[i]
            .filter(|_| whole[section].is_none())
            .map(|part| (section, part));
        if let Some((_, part)) = passage
            && passage != before
        {
            let after = body[n..]
                .iter()
                .find(|&&j| paragraphs[j].section != section || parts[j] != Some(part));
            let parent = goes_on(&old, section, after.map(|&j| paragraphs[j].section));
            let chapter = &old[chapter(&old, section)];
            sections.push(Outline {
                id: String::new(),
                parent: Some(now[parent]),
                depth: old[parent].depth + 1,
                label: None,
                title: None,
                part,
                source: paragraphs[i].source(0, paragraphs[i].text.len()),
                period: chapter.period.clone(),
                span: chapter.span.clone(),
            });
        }
        before = passage;
        paragraphs[i].section = if passage.is_some() {
            sections.len() - 1
        } else {
            now[section]
        };
    }
    sections.extend_from_slice(&old[now.len()..]);
}

/// The part of each section that is nothing but a passage: its only paragraphs, but for its heading, and no sections in it.
fn whole(sections: &[Outline], paragraphs: &[Paragraph], body: &[usize], parts: &[Option<Part>]) -> Vec<Option<Part>> {
    let mut whole = vec![None; sections.len()];
    for paragraphs_of in body.chunk_by(|&i, &j| paragraphs[i].section == paragraphs[j].section) {
        let (headings, others): (Vec<usize>, Vec<usize>) = paragraphs_of.iter().partition(|&&i| paragraphs[i].heading);
        let mut found: Vec<Option<Part>> = if others.is_empty() { headings } else { others }
            .into_iter()
            .map(|i| parts[i])
            .collect();
        found.dedup();
        if let [part] = found[..] {
            whole[paragraphs[paragraphs_of[0]].section] = part;
        }
    }
    for parent in sections.iter().filter_map(|section| section.parent) {
        whole[parent] = None;
    }
    whole
}

/// The innermost section around a passage that goes on after it, or else its chapter.
fn goes_on(sections: &[Outline], section: usize, after: Option<usize>) -> usize {
    let around = |section: usize| successors(Some(section), |&s| sections[s].parent);
    let next: Vec<usize> = after.into_iter().flat_map(around).collect();
    around(section)
        .find(|section| next.contains(section))
        .unwrap_or_else(|| chapter(sections, section))
}

/// Finds the passages about problems in the review, each to the end of its chapter or to the next heading.
fn problems(sections: &[Outline], paragraphs: &[Paragraph], parts: &mut [Option<Part>]) {
    let mut open = None;
    let body = paragraphs
        .iter()
        .zip(parts)
        .filter(|(p, _)| p.is_body() && p.section > 0);
    for (paragraph, part) in body {
        let section = &sections[paragraph.section];
        let chapter = chapter(sections, paragraph.section);
        let goes_on = open == Some(chapter) && !paragraph.heading && section.depth <= 2;
        if goes_on || (section.part == Part::Review && speaks_of_problems(paragraph)) {
            *part = Some(Part::Problems);
            open = Some(chapter);
        } else {
            open = None;
        }
    }
}

/// Finds the appeal that ends the report, which greets the deputies once more.
fn closing(paragraphs: &[Paragraph], parts: &mut [Option<Part>]) {
    /// How many paragraphs before the end the appeal may begin.
    const LONGEST: usize = 8;
    let Some(last) = paragraphs.iter().rposition(Paragraph::is_body) else {
        return;
    };
    let greeting = |i: &usize| salutation(&paragraphs[*i]) && paragraphs[*i].section != 0;
    let first = (0..=last).rev().take(LONGEST).find(greeting);
    if let Some(first) = first.filter(|&first| first * 10 >= last * 8) {
        parts[first..=last].fill(Some(Part::Closing));
    }
}
