//! Secrets and the addresses that they may be sent to.

use std::fmt;
use std::path::Path;

use reqwest::header::HeaderValue;
use url::{Host, Url};

use super::Error;

/// The variable that holds the CKAN token.
const TOKEN_VARIABLE: &str = "CKAN_API_TOKEN";

/// A portal's API token. It is never shown: neither `Debug` nor any message has it.
pub(super) struct Token {
    text: String,
    header: HeaderValue,
}

impl Token {
    /// Reads the token from a file if one is given, from the environment otherwise.
    pub(super) fn load(file: Option<&Path>) -> Result<Self, Error> {
        let (text, origin) = match file {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|source| Error::Io {
                    path: path.to_owned(),
                    source,
                })?;
                (text, path.display().to_string())
            }
            None => match std::env::var(TOKEN_VARIABLE) {
                Ok(text) => (text, TOKEN_VARIABLE.to_owned()),
                Err(std::env::VarError::NotPresent) => {
                    return Err(Error::Settings(format!(
                        "no token: set the environment variable {TOKEN_VARIABLE} or name a file with --token-file; \
                         a token is made on the portal under your user, API Tokens"
                    )));
                }
                Err(std::env::VarError::NotUnicode(_)) => return Err(malformed(TOKEN_VARIABLE)),
            },
        };
        Self::parse(&text, &origin)
    }

    /// Checks that a text can be a token: one word of visible ASCII characters.
    fn parse(text: &str, origin: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::Settings(format!("the token in {origin} is empty")));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(malformed(origin));
        }
        let mut header = HeaderValue::from_str(text).map_err(|_| malformed(origin))?;
        header.set_sensitive(true);
        Ok(Self {
            text: text.to_owned(),
            header,
        })
    }

    /// The value of the `Authorization` header. It is marked as sensitive, so that HTTP logs leave it out.
    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// A text from outside without the token, should it hold it.
    pub(super) fn redact(&self, text: &str) -> String {
        text.replace(&self.text, "[token]")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token([hidden])")
    }
}

fn malformed(origin: &str) -> Error {
    Error::Settings(format!(
        "the token in {origin} is malformed: a token is one word of ASCII letters, digits and punctuation"
    ))
}

/// Reads a target's address and refuses those that would show a secret or send it in the clear.
pub(super) fn checked_address(text: &str) -> Result<Url, Error> {
    let address = Url::parse(text).map_err(|error| {
        Error::Settings(format!(
            "not an address to publish to ({error}); expected https://…, s3://… or file:///…"
        ))
    })?;
    if !address.username().is_empty() || address.password().is_some() {
        return Err(Error::Settings(
            "the address holds a user name or a password; secrets come from the environment or from a file".to_owned(),
        ));
    }
    if address.query().is_some() || address.fragment().is_some() {
        return Err(Error::Settings("the address must end before any ? or #".to_owned()));
    }
    if address.scheme() == "http" && !is_loopback(&address) {
        return Err(Error::Settings(format!(
            "{address} would send the token in the clear; use https (http is for this machine only)"
        )));
    }
    Ok(address)
}

/// Whether an address is on this machine.
pub(super) fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether two addresses belong to the same party: scheme, host and port.
pub(super) fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.origin() == other.origin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_word_of_ascii() {
        assert_eq!(Token::parse(" abc.def\n", "file").unwrap().text, "abc.def");
        for text in ["", " \n", "two words", "中文", "a\r\nX-Admin: yes"] {
            let error = Token::parse(text, "the file").unwrap_err().to_string();
            assert!(error.contains("the file"), "{error}");
            assert!(text.trim().is_empty() || !error.contains(text), "{error}");
        }
    }

    #[test]
    fn a_token_is_not_shown() {
        let token = Token::parse("s3cr3t", "file").unwrap();
        assert!(!format!("{token:?} {:?}", token.header()).contains("s3cr3t"));
        assert_eq!(token.redact("you sent s3cr3t"), "you sent [token]");
    }

    #[test]
    fn http_is_for_this_machine_only() {
        for address in [
            "http://127.0.0.1:5000/",
            "http://localhost/",
            "http://[::1]:80/",
            "https://example.org/data",
        ] {
            assert!(checked_address(address).is_ok(), "{address}");
        }
        for address in [
            "http://example.org/",
            "http://localhost.example.org/",
            "https://me:pw@example.org/",
            "data",
            "https://a/?k=v",
        ] {
            let error = checked_address(address).unwrap_err().to_string();
            assert!(!error.contains("pw"), "{error}");
        }
    }
}
