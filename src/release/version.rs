//! Versions of a release: three numbers that say what changed.

use std::fmt;

use serde::Serialize;

/// A version: schema changes, data changes, metadata changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Version([u32; 3]);

/// What changed between two releases, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Nothing at all.
    None,
    /// Only what is said about the data: the third number rises.
    Metadata,
    /// Rows or values: the second number rises.
    Data,
    /// Tables or columns: the first number rises.
    Schema,
}

impl Version {
    /// Reads `1.0.0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let version = Self(numbers.try_into().ok()?);
        (version.to_string() == text).then_some(version)
    }

    /// The version that a change calls for.
    #[must_use]
    pub const fn after(self, change: Change) -> Self {
        let Self([major, minor, patch]) = self;
        match change {
            Change::None => self,
            Change::Metadata => Self([major, minor, patch + 1]),
            Change::Data => Self([major, minor + 1, 0]),
            Change::Schema => Self([major + 1, 0, 0]),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([major, minor, patch]) = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_raises_one_number() {
        let version = Version::parse("1.4.2").unwrap();
        let after = |change| version.after(change).to_string();
        assert_eq!(
            [
                after(Change::None),
                after(Change::Metadata),
                after(Change::Data),
                after(Change::Schema)
            ],
            ["1.4.2", "1.4.3", "1.5.0", "2.0.0"]
        );
        for bad in ["1.0", "1.0.0.0", "1.0.x", "01.0.0", ""] {
            assert_eq!(Version::parse(bad), None, "{bad}");
        }
    }
}
