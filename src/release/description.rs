//! What a person decides about a release: the `[release]` part of a pipeline file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::table::Text;

/// What a release says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Name of the release and of its folder: `a-z`, `0-9`, `.`, `_` and `-`.
    pub name: String,
    /// Three numbers: schema changed, data changed, metadata changed.
    pub version: String,
    /// Day of the release. No clock is read when a release is made.
    pub released: Date,
    pub title: Text,
    pub description: Text,
    /// What a user must know before using the data, beyond what holds for every release.
    #[serde(default)]
    pub caveats: Vec<Text>,
    pub licence: Licence,
    pub publisher: Publisher,
    /// Whom to ask. Default: the publisher.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// Address of the release on the web, ending in `/`: what its files' addresses begin with.
    pub homepage: String,
    /// The catalogue that the release belongs to.
    pub catalogue: Catalogue,
    pub keywords: Keywords,
    pub spatial: Spatial,
    pub temporal: Temporal,
    /// How often the data is renewed.
    pub frequency: Frequency,
    /// What changed in this version, in words. The changelog counts the rows by itself.
    #[serde(default)]
    pub changes: Option<Text>,
    /// Fields of the national catalogue of government information resources that nothing else gives.
    #[serde(default)]
    pub portal: Portal,
    /// The release before this one.
    #[serde(default)]
    pub previous: Option<Previous>,
}

/// A licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// SPDX identifier, such as `CC-BY-4.0`.
    pub spdx: String,
    pub url: String,
    pub title: Text,
}

/// Who publishes the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    pub name: Text,
    /// Unified social credit code or another code of the organisation.
    #[serde(default)]
    pub code: Option<String>,
    pub url: String,
    pub email: String,
    /// What the publisher is.
    #[serde(default)]
    pub kind: PublisherKind,
}

/// What a publisher is, as the ADMS vocabulary has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublisherKind {
    NationalAuthority,
    RegionalAuthority,
    LocalAuthority,
    Academia,
    Company,
    PrivateIndividual,
    #[default]
    NonProfit,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub name: Text,
    pub email: String,
}

/// A catalogue of releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    pub title: Text,
    pub url: String,
}

/// Words to find the release by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keywords {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

/// The place that the data is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spatial {
    pub name: Text,
    /// Division code.
    #[serde(default)]
    pub code: Option<String>,
}

/// The time that the data is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Temporal {
    pub start: Date,
    pub end: Date,
}

/// How often data is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    Annual,
    Quarterly,
    Monthly,
    Weekly,
    Daily,
    Irregular,
    Never,
}

impl Frequency {
    /// Name in Chinese and English.
    #[must_use]
    pub fn title(self) -> Text {
        let (zh, en) = match self {
            Self::Annual => ("每年", "annual"),
            Self::Quarterly => ("每季度", "quarterly"),
            Self::Monthly => ("每月", "monthly"),
            Self::Weekly => ("每周", "weekly"),
            Self::Daily => ("每日", "daily"),
            Self::Irregular => ("不定期", "irregular"),
            Self::Never => ("不更新", "never"),
        };
        Text {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// Entry of the EU's authority table of frequencies.
    #[must_use]
    pub const fn authority_code(self) -> &'static str {
        match self {
            Self::Annual => "ANNUAL",
            Self::Quarterly => "QUARTERLY",
            Self::Monthly => "MONTHLY",
            Self::Weekly => "WEEKLY",
            Self::Daily => "DAILY",
            Self::Irregular => "IRREG",
            Self::Never => "NEVER",
        }
    }
}

/// Fields of 政务信息资源目录编制指南 (2017) that only the publisher knows. None is ever guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Portal {
    /// 信息资源分类
    pub category: Option<String>,
    /// 信息资源代码
    pub resource_code: Option<String>,
    /// 共享类型
    pub sharing: Option<String>,
    /// 共享条件
    pub sharing_condition: Option<String>,
    /// 共享方式
    pub sharing_method: Option<String>,
    /// 是否向社会开放
    pub open: Option<bool>,
    /// 开放条件
    pub open_condition: Option<String>,
    /// 关联资源代码
    pub related_codes: Vec<String>,
}

/// The release before this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    pub version: String,
    /// SHA-256 of its `SHA256SUMS`, in hexadecimal.
    pub sha256sums: String,
}

/// What a release may be called, in words.
pub const NAME_FORM: &str = "a-z, 0-9, `.`, `_` and `-`, not beginning with `.`";

/// Whether a release may be called so: the name is that of its folder too.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let plain = |c| matches!(c, 'a'..='z' | '0'..='9' | '.' | '_' | '-');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

impl Description {
    /// Checks what the types alone can't: forms of the name, the version and the addresses, and the order of dates.
    ///
    /// # Errors
    /// One line that names the field, what was expected and what was found.
    pub fn check(&self) -> Result<(), String> {
        let expect = |ok: bool, field: &str, what: &str, found: &str| {
            if ok {
                Ok(())
            } else {
                Err(format!("{field}: expected {what}, found `{found}`"))
            }
        };
        expect(is_name(&self.name), "name", NAME_FORM, &self.name)?;
        let versions = std::iter::once(("version", &self.version)).chain(
            self.previous
                .iter()
                .map(|previous| ("previous.version", &previous.version)),
        );
        for (field, version) in versions {
            expect(
                super::Version::parse(version).is_some(),
                field,
                "three numbers such as 1.0.0",
                version,
            )?;
        }
        let urls = [
            ("homepage", &self.homepage),
            ("licence.url", &self.licence.url),
            ("publisher.url", &self.publisher.url),
            ("catalogue.url", &self.catalogue.url),
        ];
        for (field, url) in urls {
            expect(url::Url::parse(url).is_ok(), field, "an absolute address", url)?;
        }
        expect(
            self.homepage.ends_with('/'),
            "homepage",
            "an address that ends in `/`",
            &self.homepage,
        )?;
        let length = self.description.en.chars().count();
        expect(
            (50..=2500).contains(&length),
            "description.en",
            "50 to 2500 characters",
            &self.description.en,
        )?;
        let order = self.temporal.start <= self.temporal.end;
        expect(
            order,
            "temporal.end",
            "a day not before temporal.start",
            &self.temporal.end.to_string(),
        )?;
        if let Some(previous) = &self.previous {
            let sum = &previous.sha256sums;
            let hex = sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_hexdigit());
            expect(hex, "previous.sha256sums", "64 hexadecimal digits", sum)?;
        }
        Ok(())
    }

    /// Whom to ask: the contact, or else the publisher.
    #[must_use]
    pub fn contact(&self) -> Contact {
        self.contact.clone().unwrap_or_else(|| Contact {
            name: self.publisher.name.clone(),
            email: self.publisher.email.clone(),
        })
    }

    /// Address of a file of the release, percent-encoded where an address needs it.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let joined = url::Url::parse(&self.homepage).and_then(|homepage| homepage.join(path));
        joined.map_or_else(|_| format!("{}{path}", self.homepage), Into::into)
    }

    /// How to cite the release.
    #[must_use]
    pub fn citation(&self) -> Text {
        let (year, version) = (self.released.year(), &self.version);
        Text {
            zh: format!(
                "{}（{year}）：《{}》，第 {version} 版。",
                self.publisher.name.zh, self.title.zh
            ),
            en: format!(
                "{} ({year}). {}, version {version}.",
                self.publisher.name.en, self.title.en
            ),
        }
    }
}
