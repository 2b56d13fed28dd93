//! `CITATION.cff`: how to cite the release.

use super::files::Files;
use super::{Description, Result};
use crate::table::Text;

/// Writes the citation file. Every text stands in JSON's quotes, which YAML reads too.
pub(super) fn write(description: &Description, files: &mut Files) -> Result<()> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let keywords: Vec<String> = description
        .keywords
        .zh
        .iter()
        .chain(&description.keywords.en)
        .map(|word| format!("  - {}\n", quoted(word)))
        .collect();
    let text = format!(
        "cff-version: 1.2.0\nmessage: {}\ntype: dataset\ntitle: {}\nabstract: {}\nversion: {}\ndate-released: {}\n\
         license: {}\nurl: {}\nauthors:\n  - name: {}\n    website: {}\nkeywords:\n{}",
        quoted("使用本数据集请引用如下。 If you use this data set, please cite it as below."),
        quoted(&description.title.both()),
        quoted(&description.description.both()),
        quoted(&description.version),
        description.released,
        description.licence.spdx,
        quoted(&description.homepage),
        quoted(&description.publisher.name.both()),
        quoted(&description.publisher.url),
        keywords.concat(),
    );
    let title = Text {
        zh: "引用方式".into(),
        en: "How to cite".into(),
    };
    files.add("CITATION.cff", title, text.as_bytes())
}
