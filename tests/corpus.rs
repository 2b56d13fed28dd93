//! The corpus of examples: every rule has a file `tests/corpus/<stage>/<rule>.txt` with sentences that it must and must not read.
//! `tests/corpus/README.md` says how a file is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gongkai::fact::{Part, Statement, read_sentence};
use gongkai::grammar::Context;
use gongkai::lexicon::fold;
use gongkai::rules::RULES;

/// Fewest examples of a rule: sentences that it reads, sentences that it must not read.
const FEWEST: (usize, usize) = (3, 2);

/// A sentence and what it must be read as.
struct Example {
    line: usize,
    /// Whether the rule of the file reads the sentence, or must not.
    positive: bool,
    sentence: String,
    context: Context,
    expected: Vec<Expected>,
}

/// One line about one numeral.
struct Expected {
    /// Whether the rule of the file takes part in reading this numeral.
    by_rule: bool,
    /// Surface, kind, value, unit, modifier, indicator, measure, status, period, comparison, reference; any number of them.
    fields: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The files of the corpus: `<stage>/<rule>` to path.
fn files() -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    for stage in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        if !stage.is_dir() {
            continue;
        }
        for path in fs::read_dir(&stage).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(folder()).unwrap().with_extension("");
            files.insert(name.to_str().unwrap().replace('\\', "/"), path);
        }
    }
    files
}

fn context(line: &str) -> Context {
    let mut context = Context {
        part: Part::Review,
        period: None,
        span: None,
        reviewed_year: None,
        planned_year: None,
        this_year: None,
        label_end: 0,
        silent: false,
        own_place: Arc::default(),
        note: false,
    };
    for setting in line.split_whitespace() {
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        match key {
            "part" => {
                let part = Part::ALL.iter().find(|part| part.as_str() == value);
                context.part = *part.unwrap_or_else(|| panic!("no part `{value}`"));
            }
            "reviewed" => context.reviewed_year = Some(value.parse().unwrap()),
            "delivered" => context.this_year = Some(value.parse().unwrap()),
            "planned" => context.planned_year = Some(value.parse().unwrap()),
            "period" => context.period = Some(value.to_owned()),
            "span" => context.span = Some(value.to_owned()),
            "label" => context.label_end = value.parse().unwrap(),
            "place" => {
                let names = value.split(',').map(|name| name.chars().map(fold).collect());
                context.own_place = names.collect();
            }
            "silent" => context.silent = true,
            "note" => context.note = true,
            _ => panic!("no setting `{key}`"),
        }
    }
    context
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut around = None;
    for (n, line) in text.lines().enumerate() {
        let at = n + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(settings) = line.strip_prefix("context:") {
            around = Some(context(settings));
        } else if let Some(sentence) = line.strip_prefix("+ ").or_else(|| line.strip_prefix("- ")) {
            examples.push(Example {
                line: at,
                positive: line.starts_with('+'),
                sentence: sentence.to_owned(),
                context: around
                    .clone()
                    .unwrap_or_else(|| panic!("line {at}: no context before the sentence")),
                expected: Vec::new(),
            });
        } else if line.starts_with("  ") {
            let example = examples
                .last_mut()
                .unwrap_or_else(|| panic!("line {at}: no sentence before it"));
            let line = line.trim();
            example.expected.push(Expected {
                by_rule: line.starts_with('*'),
                fields: line
                    .trim_start_matches('*')
                    .split('|')
                    .map(|field| field.trim().to_owned())
                    .collect(),
            });
        } else {
            panic!("line {at}: neither context, sentence nor numeral: {line}");
        }
    }
    examples
}

/// All fields of a numeral as found, in the order of the corpus.
fn fields(sentence: &str, statement: &Statement) -> Vec<String> {
    let surface: String = sentence
        .chars()
        .skip(statement.start)
        .take(statement.end - statement.start)
        .collect();
    let mut fields = vec![surface, statement.kind.to_string()];
    if let Some(q) = &statement.quantity {
        let mut value = q.value.normalize().to_string();
        if let Some(max) = q.value_max {
            write!(value, "..{}", max.normalize()).unwrap();
        }
        fields.extend([
            value,
            q.unit.clone(),
            q.modifier.to_string(),
            q.indicator.clone(),
            q.measure.to_string(),
            q.status.to_string(),
            q.period.clone().unwrap_or_default(),
            q.comparison.map(|c| c.to_string()).unwrap_or_default(),
            q.reference.clone().unwrap_or_default(),
        ]);
    }
    fields
}

fn trace(statement: &Statement) -> Vec<&'static str> {
    let later = statement.quantity.iter().flat_map(|q| q.rules.iter().copied());
    [statement.reason].into_iter().chain(later).collect()
}

fn show(by_rule: bool, fields: &[String]) -> String {
    format!("{} {}", if by_rule { '*' } else { ' ' }, fields.join(" | "))
        .trim_end()
        .to_owned()
}

/// What is wrong with the reading of an example, expected above found; nothing if all is right.
fn differences(rule: &str, example: &Example) -> Option<String> {
    let statements = read_sentence(&example.sentence, &example.context);
    let found: Vec<(bool, Vec<String>, Vec<&str>)> = statements
        .iter()
        .map(|s| {
            let trace = trace(s);
            (trace.contains(&rule), fields(&example.sentence, s), trace)
        })
        .collect();
    let mut out = String::new();
    let mut next = 0;
    for expected in &example.expected {
        let surface = &expected.fields[0];
        let Some(n) = (next..found.len()).find(|&n| found[n].1[0] == *surface) else {
            writeln!(out, "    expected {}", show(expected.by_rule, &expected.fields)).unwrap();
            writeln!(out, "    found    no such numeral").unwrap();
            continue;
        };
        next = n + 1;
        let (by_rule, fields, trace) = &found[n];
        let same = expected
            .fields
            .iter()
            .enumerate()
            .all(|(k, field)| fields.get(k).map_or("", String::as_str) == field);
        if !same || expected.by_rule != *by_rule {
            writeln!(out, "    expected {}", show(expected.by_rule, &expected.fields)).unwrap();
            writeln!(out, "    found    {}", show(*by_rule, fields)).unwrap();
            writeln!(out, "    by       {}", trace.join("; ")).unwrap();
        }
    }
    if example.positive {
        if !example.expected.iter().any(|e| e.by_rule) {
            writeln!(out, "    no line says which numeral the rule reads").unwrap();
        }
        if example.expected.len() != found.len() {
            writeln!(out, "    every numeral needs a line; found:").unwrap();
            for (by_rule, fields, _) in &found {
                writeln!(out, "    {}", show(*by_rule, fields)).unwrap();
            }
        }
    } else if let Some((_, fields, _)) = found.iter().find(|(by_rule, ..)| *by_rule) {
        writeln!(out, "    must not be read by `{rule}`; found:").unwrap();
        writeln!(out, "    {}", show(true, fields)).unwrap();
    }
    (!out.is_empty()).then_some(out)
}

#[test]
fn every_rule_has_examples_and_every_file_a_rule() {
    let mut files = files();
    let mut wrong = Vec::new();
    for (stage, rule, _) in RULES.list() {
        let name = format!("{}/{rule}", stage.name());
        let Some(path) = files.remove(&name) else {
            wrong.push(format!("tests/corpus/{name}.txt: missing"));
            continue;
        };
        let examples = examples(&fs::read_to_string(&path).unwrap());
        let positive = examples.iter().filter(|e| e.positive).count();
        let negative = examples.len() - positive;
        if positive < FEWEST.0 || negative < FEWEST.1 {
            wrong.push(format!(
                "tests/corpus/{name}.txt: {positive} positive and {negative} negative examples; needs {} and {}",
                FEWEST.0, FEWEST.1
            ));
        }
    }
    wrong.extend(
        files
            .keys()
            .map(|name| format!("tests/corpus/{name}.txt: names no rule")),
    );
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_example_is_read_as_it_says() {
    let mut wrong = String::new();
    let mut count = 0;
    for (name, path) in files() {
        let rule = name.rsplit('/').next().unwrap();
        for example in examples(&fs::read_to_string(&path).unwrap()) {
            count += 1;
            if let Some(differences) = differences(rule, &example) {
                let sign = if example.positive { '+' } else { '-' };
                writeln!(
                    wrong,
                    "tests/corpus/{name}.txt:{}: {sign} {}",
                    example.line, example.sentence
                )
                .unwrap();
                wrong.push_str(&differences);
            }
        }
    }
    assert!(count > 0, "no examples were found");
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_wrong_example_is_reported() {
    let reported = |rule: &str, example: &str| {
        let text = format!("context: part=review reviewed=2023 planned=2024\n{example}");
        differences(rule, &examples(&text)[0])
    };
    let right = "+ 全年完成地方财政收入8.37亿元。\n  * 8.37 | quantity | 8.37 | 亿元 | exact | 地方财政收入 | level | actual | 2023";
    assert_eq!(reported("number-unit", right), None);
    for (rule, example) in [
        ("number-unit", right.replace("exact", "over")),
        ("number-unit", right.replace("* 8.37", "8.37")),
        ("number-unit", right.replace("* 8.37", "* 8.38")),
        ("number-unit", right.replace('+', "-")),
        ("number-unit", "+ 全年完成地方财政收入8.37亿元。".to_owned()),
        ("range", right.to_owned()),
    ] {
        assert!(reported(rule, &example).is_some(), "{rule}: {example}");
    }
}
