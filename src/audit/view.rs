//! One report as the checks see it: its numbers in reading order, with the words between them.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::input::ReportRows;
use super::interval::{Interval, plain};
use super::printed::{self, Reading};
use super::unit::Unit;
use crate::fact::{Footnote, Measure, Numeral, Observation, Status};
use crate::lex::numeral;
use crate::lexicon::audit::{List, words};
use crate::lexicon::characters::Characters;
use crate::lexicon::{self, is_ideograph};

/// A report with what the checks ask of it again and again.
#[derive(Debug)]
pub struct ReportView<'a> {
    pub rows: ReportRows<'a>,
    chars: Vec<char>,
    /// Offsets of what ends sentences and lines, and of what ends lines.
    stops: Vec<usize>,
    line_ends: Vec<usize>,
    /// Every observation, by offset.
    pub quantities: Vec<Quantity<'a>>,
    /// Ranges of `quantities` that stand in one sentence.
    pub sentences: Vec<Range<usize>>,
    /// For each quantity, what [`Self::lead`] says: most checks ask for it.
    leads: Vec<String>,
    /// For each quantity, what [`Self::gap_after_unit`] says.
    gaps_after_unit: Vec<Gap>,
    /// Offsets of the footnotes, in order.
    notes: Vec<Range<usize>>,
    /// For each numeral, its value.
    values: Vec<Option<Decimal>>,
}

/// The words between a quantity and the next.
#[derive(Debug)]
enum Gap {
    /// The next one's lead, from a byte on.
    Lead(usize),
    Words(String),
}

/// One observation, with its unit and its indicator in a form that can be compared.
#[derive(Debug, Clone)]
pub struct Quantity<'a> {
    pub row: &'a Observation,
    pub unit: Unit,
    /// The indicator without quotes, blanks and words for the report's own place.
    pub key: String,
    /// First and last year that it speaks of.
    pub years: Option<(i32, i32)>,
    pub start: usize,
    /// End of the numeral.
    pub end: usize,
}

impl<'a> ReportView<'a> {
    /// Prepares a report. Observations whose offsets lie outside the text are left out: no check could cite them.
    #[must_use]
    pub fn new(rows: ReportRows<'a>) -> Self {
        let chars = lexicon::chars(rows.source_text);
        let mut quantities: Vec<Quantity<'a>> = rows
            .observations
            .iter()
            .filter_map(Quantity::of)
            .filter(|quantity| quantity.end <= chars.len())
            .collect();
        quantities.sort_by_key(|quantity| (quantity.start, quantity.end));
        let mut sentences: Vec<Range<usize>> = Vec::new();
        for (index, quantity) in quantities.iter().enumerate() {
            match sentences.last_mut() {
                Some(last) if sentence_of(quantities[last.start].row) == sentence_of(quantity.row) => {
                    last.end = index + 1;
                }
                _ => sentences.push(index..index + 1),
            }
        }
        let mut notes: Vec<Range<usize>> = rows.footnotes.iter().map(note_range).collect();
        notes.sort_by_key(|note| note.start);
        let stops: Vec<usize> = (0..chars.len()).filter(|at| is_stop(chars[*at])).collect();
        let mut view = Self {
            rows,
            line_ends: stops.iter().copied().filter(|at| chars[*at] == '\n').collect(),
            stops,
            chars,
            quantities,
            sentences,
            leads: Vec::new(),
            gaps_after_unit: Vec::new(),
            notes,
            values: rows.numerals.iter().map(value).collect(),
        };
        let indices = 0..view.quantities.len();
        view.leads = indices
            .clone()
            .map(|index| view.words(view.lead_range(index)))
            .collect();
        view.gaps_after_unit = indices.map(|index| view.words_after_unit(index)).collect();
        view
    }

    /// The numerals of the report, each with its value.
    pub fn numerals(&self) -> impl Iterator<Item = (&'a Numeral, Option<Decimal>)> {
        self.rows.numerals.iter().zip(self.values.iter().copied())
    }

    /// The verbatim text of a range of offsets.
    #[must_use]
    pub fn text(&self, range: Range<usize>) -> String {
        self.chars.get(range).map(lexicon::string).unwrap_or_default()
    }

    /// The characters of the source text.
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The words between two offsets, without what the page put in between: footnotes, their marks, emphasis, blanks.
    #[must_use]
    pub fn words(&self, range: Range<usize>) -> String {
        let mut words = String::with_capacity(3 * range.len().min(self.chars.len()));
        words.extend(self.characters(range));
        words
    }

    /// The first so many characters of [`Self::words`].
    #[must_use]
    pub fn first_words(&self, range: Range<usize>, count: usize) -> String {
        let mut words = String::with_capacity(3 * range.len().min(count));
        words.extend(self.characters(range).take(count));
        words
    }

    /// The first character of [`Self::words`].
    #[must_use]
    pub fn first(&self, range: Range<usize>) -> Option<char> {
        self.characters(range).next()
    }

    /// Whether the words from an offset on begin with a text, with no more ornaments in it than it has characters.
    #[must_use]
    pub fn goes_on(&self, from: usize, text: &str) -> bool {
        let length = text.chars().count();
        self.characters(from..from + 2 * length).take(length).eq(text.chars())
    }

    /// Whether the words between two offsets are one of `texts`.
    #[must_use]
    pub fn reads(&self, range: &Range<usize>, texts: &[&str]) -> bool {
        let mut texts = texts.iter();
        texts.any(|text| self.characters(range.clone()).eq(text.chars()))
    }

    /// The characters of [`Self::words`].
    fn characters(&self, range: Range<usize>) -> impl Iterator<Item = char> {
        let Range { start, end } = range;
        let first = self.notes.partition_point(|note| note.start < start);
        let after = self.notes.partition_point(|note| note.start < end);
        let notes = &self.notes[first..after.max(first)];
        let within = move |offset: usize| notes.iter().any(|note| note.end <= end && note.contains(&offset));
        let chars = self.chars.get(start..end.min(self.chars.len()));
        chars
            .unwrap_or_default()
            .iter()
            .zip(start..)
            .filter(move |(character, offset)| !is_ornament(**character) && !within(*offset))
            .map(|(character, _)| *character)
    }

    /// The words from the end of quantity `index`'s numeral to the next quantity's of the sentence, without its unit, and without
    /// hedges that follow that (余, 以上, 左右).
    #[must_use]
    pub fn gap_after_unit(&self, index: usize) -> &str {
        match &self.gaps_after_unit[index] {
            Gap::Lead(from) => &self.leads[index + 1][*from..],
            Gap::Words(words) => words,
        }
    }

    fn words_after_unit(&self, index: usize) -> Gap {
        let quantity = &self.quantities[index];
        let next = self.quantities.get(index + 1);
        let Some(next) = next.filter(|next| sentence_of(next.row) == sentence_of(quantity.row)) else {
            return Gap::Words(String::new());
        };
        let gap = quantity.end..next.start;
        if self.lead_range(index + 1) == gap {
            let lead = &self.leads[index + 1];
            return Gap::Lead(lead.len() - strip_unit(lead, &quantity.row.unit).len());
        }
        Gap::Words(strip_unit(&self.words(gap), &quantity.row.unit).to_owned())
    }

    /// The words of the sentence that stand before quantity `index`, back to the previous quantity of the sentence.
    #[must_use]
    pub fn lead(&self, index: usize) -> &str {
        &self.leads[index]
    }

    fn lead_range(&self, index: usize) -> Range<usize> {
        let start = self.quantities[index].start;
        let sentence_start = self.sentence_start(start);
        let previous = index.checked_sub(1).map(|previous| self.quantities[previous].end);
        previous.filter(|end| *end > sentence_start).unwrap_or(sentence_start)..start
    }

    /// Where the sentence around `offset` begins in the source text.
    #[must_use]
    pub fn sentence_start(&self, offset: usize) -> usize {
        let offset = offset.min(self.chars.len());
        let before = self.stops.partition_point(|stop| *stop < offset);
        let mut start = before.checked_sub(1).map_or(0, |last| self.stops[last] + 1);
        while start < offset && self.chars[start].is_whitespace() {
            start += 1;
        }
        start
    }

    /// Where the sentence around `offset` ends, its full stop included.
    #[must_use]
    pub fn sentence_end(&self, offset: usize) -> usize {
        let before = self.stops.partition_point(|stop| *stop < offset);
        match self.stops.get(before) {
            Some(&stop) if self.chars[stop] == '\n' => stop,
            Some(&stop) => stop + 1,
            None => self.chars.len(),
        }
    }

    /// Line number of an offset, counted from 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        1 + self.line_ends.partition_point(|end| *end < offset)
    }
}

impl<'a> Quantity<'a> {
    /// Prepares an observation; none if its offsets are no range.
    #[must_use]
    pub fn of(row: &'a Observation) -> Option<Self> {
        let start = usize::try_from(row.source_start).ok()?;
        let end = usize::try_from(row.source_end).ok()?;
        (start < end).then(|| Self {
            row,
            unit: Unit::parse(&row.unit, &row.indicator),
            key: key(&row.indicator),
            years: row.period.as_deref().and_then(years),
            start,
            end,
        })
    }
}

impl Quantity<'_> {
    /// What the number stands for, in its own unit.
    #[must_use]
    pub fn interval(&self) -> Interval {
        let reading = match self.row.status {
            Status::Target => Reading::Decided,
            Status::Actual | Status::Estimate => Reading::Measured,
        };
        self.read(reading)
    }

    /// What the number stands for under a given reading. A count that is printed in full is exact.
    #[must_use]
    pub fn read(&self, reading: Reading) -> Interval {
        if reading == Reading::Measured && self.is_count() && self.row.modifier == crate::fact::Modifier::Exact {
            return printed::interval(self.row, Reading::Decided);
        }
        printed::interval(self.row, reading)
    }

    /// [`Self::read`] in the unit of another quantity; `None` if the two can't be compared.
    #[must_use]
    pub fn read_in(&self, reading: Reading, unit: &Unit) -> Option<Interval> {
        self.read(reading).scaled(self.unit.factor_to(unit)?)
    }

    /// The value in the unit of another quantity.
    #[must_use]
    pub fn value_in(&self, unit: &Unit) -> Option<Decimal> {
        self.row.value.checked_mul(self.unit.factor_to(unit)?)
    }

    /// The worth of the last printed place.
    #[must_use]
    pub fn last_place(&self) -> Decimal {
        printed::last_place(&self.row.value_text, self.row.value)
    }

    /// Whether it counts things one by one, with no 万 or 亿 that would say it is rounded.
    #[must_use]
    pub fn is_count(&self) -> bool {
        self.row.measure == Measure::Level && self.unit.counts_things() && self.last_place() == Decimal::ONE
    }

    /// The one year that it speaks of.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.years.filter(|(first, last)| first == last).map(|(_, year)| year)
    }

    /// Whether both are said of the same indicator of the same place: in the same words, or as the same entry of the code list.
    #[must_use]
    pub fn same_indicator(&self, other: &Self) -> bool {
        let code = self.row.indicator_code.is_some() && self.row.indicator_code == other.row.indicator_code;
        self.row.place == other.row.place && ((!self.key.is_empty() && self.key == other.key) || code)
    }

    /// What [`Self::same_indicator`] may go by: two quantities of one indicator share at least one of these.
    pub fn names(&self) -> impl Iterator<Item = (bool, &str)> {
        let key = Some(self.key.as_str()).filter(|key| !key.is_empty());
        let code = self.row.indicator_code.as_deref();
        key.map(|key| (false, key))
            .into_iter()
            .chain(code.map(|code| (true, code)))
    }

    /// The number as the text prints it, with its unit: `8.37亿元`; a long one in 万 or 亿.
    #[must_use]
    pub fn shown(&self) -> String {
        let number = |value: Decimal| {
            if value.abs() < LONG {
                value.to_string()
            } else {
                plain(value)
            }
        };
        let unit = &self.row.unit;
        match self.row.value_max {
            Some(max) => format!("{}–{}{unit}", number(self.row.value), number(max)),
            None => format!("{}{unit}", number(self.row.value)),
        }
    }
}

/// A number from which on 万 and 亿 are easier to read.
const LONG: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);

/// Where quantities stand, by the names of their indicators.
#[derive(Debug)]
pub struct ByName<'q, P>(HashMap<(bool, &'q str), Vec<P>>);

impl<'q, P: Copy + Ord> ByName<'q, P> {
    /// Quantities with their places.
    pub fn of(quantities: impl Iterator<Item = (P, &'q Quantity<'q>)>) -> Self {
        let mut by_name = HashMap::<_, Vec<P>>::new();
        for (place, quantity) in quantities {
            for name in quantity.names() {
                by_name.entry(name).or_default().push(place);
            }
        }
        Self(by_name)
    }

    /// Places of the quantities that may be of `quantity`'s indicator, in their order, from one on. Of a name the first so many that
    /// no place states it more often.
    #[must_use]
    pub fn like(&self, quantity: &Quantity<'_>, from: P) -> BTreeSet<P> {
        const MOST: usize = 1_000;
        let lists = quantity.names().filter_map(|name| self.0.get(&name));
        let further = |list: &'_ Vec<P>| {
            let start = list.partition_point(|place| *place < from);
            list[start..].iter().copied().take(MOST).collect::<Vec<_>>()
        };
        lists.flat_map(further).collect()
    }
}

/// What tells sentences apart.
const fn sentence_of(row: &Observation) -> (i32, i32, Option<i32>) {
    (row.paragraph_no, row.sentence_no, row.footnote_no)
}

/// The value of a numeral.
fn value(numeral: &Numeral) -> Option<Decimal> {
    numeral::parse(&numeral.surface)?.value
}

/// Offsets of a footnote.
fn note_range(note: &Footnote) -> Range<usize> {
    let offset = |value: i64| usize::try_from(value).unwrap_or(0);
    offset(note.source_start)..offset(note.source_end)
}

/// Whether a character ends a sentence or a line.
fn is_stop(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '\n')
}

/// Whether a character is the page's, not the sentence's.
#[must_use]
pub fn is_ornament(character: char) -> bool {
    !is_ideograph(character)
        && (character.is_whitespace()
            || matches!(character, '*' | '\u{feff}' | '\u{200b}')
            || superscript(character).is_some())
}

/// The digit that a superscript sets.
#[must_use]
pub fn superscript(character: char) -> Option<usize> {
    match character {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => usize::try_from(u32::from(character) - u32::from('⁰')).ok(),
        _ => None,
    }
}

/// An indicator without quotes and blanks, and without words for the report's own place in front.
#[must_use]
pub fn key(indicator: &str) -> String {
    static FIRST: LazyLock<Characters> = LazyLock::new(|| Characters::first_of(words(List::OwnPlace, "")));
    let mut bare = String::with_capacity(indicator.len());
    let quote = |it: char| matches!(it, '“' | '”' | '‘' | '’' | '"' | '《' | '》');
    bare.extend(indicator.chars().filter(|it| !is_ornament(*it) && !quote(*it)));
    if !bare.starts_with(|first| FIRST.has(first)) {
        return bare;
    }
    let rest = words(List::OwnPlace, "").find_map(|place| bare.strip_prefix(place));
    let length = rest.map(str::len).filter(|length| *length > 0);
    let prefix = length.map_or(0, |length| bare.len() - length);
    bare.drain(..prefix);
    bare
}

/// First and last year of a period of whole years: `2023`, `2021/2025`; none for a half or a month (`2023-H1`, `2023-11`).
fn years(period: &str) -> Option<(i32, i32)> {
    let year = |text: &str| text.get(..4).and_then(|digits| digits.parse::<i32>().ok());
    match period.split_once('/') {
        Some((first, last)) => Some((year(first)?, year(last)?)),
        None if period.len() == 4 => year(period).map(|year| (year, year)),
        None => None,
    }
}

/// What follows a unit and the hedges around it. The unit's characters may stand apart (万余人次 is 万人次).
#[must_use]
pub fn strip_unit<'t>(gap: &'t str, unit: &str) -> &'t str {
    const WITHIN: [char; 5] = ['多', '余', '来', '几', '％'];
    const AFTER: [&str; 9] = ["以上", "以下", "以内", "左右", "上下", "多", "余", "强", "的"];
    let mut rest = gap;
    for wanted in unit.chars().filter(|character| !character.is_whitespace()) {
        let folded = if wanted == '%' && rest.starts_with('％') {
            '％'
        } else {
            wanted
        };
        match rest.strip_prefix(folded) {
            Some(tail) => rest = tail,
            None => match rest.strip_prefix(WITHIN).and_then(|tail| tail.strip_prefix(folded)) {
                Some(tail) => rest = tail,
                None => break,
            },
        }
    }
    while let Some(tail) = AFTER.iter().find_map(|hedge| rest.strip_prefix(hedge)) {
        rest = tail;
    }
    rest
}
