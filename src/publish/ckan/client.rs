//! Requests to CKAN's Action API: what is retried, what an answer means, where the token goes.

use std::path::Path;
use std::time::Duration;

use futures::StreamExt as _;
use reqwest::header::{AUTHORIZATION, LOCATION, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, RequestBuilder, Response, StatusCode, redirect};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tokio_util::io::ReaderStream;
use url::Url;

use crate::publish::Error;
use crate::publish::release::hex;
use crate::publish::secret::{Token, is_loopback, is_same_origin};

/// How often a request that may safely be repeated is sent.
const ATTEMPTS: u32 = 4;
/// Longest wait that a portal may ask for.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
/// How long a portal may stay silent while it works.
const SILENCE: Duration = Duration::from_mins(3);
/// Longest answer that is read, in bytes.
const LONGEST_ANSWER: usize = 64 << 20;
/// Longest part of an error page that is shown, in characters.
const SHOWN: usize = 300;
/// How many redirects of a download are followed.
const HOPS: usize = 5;

/// A portal's Action API, as one user.
pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    token: Token,
    pause: Duration,
}

/// A file to send, and the name under which the portal keeps it.
pub(super) struct Attachment<'a> {
    pub(super) field: String,
    pub(super) path: &'a Path,
    pub(super) bytes: u64,
    pub(super) name: String,
    pub(super) media_type: &'static str,
}

impl Client {
    pub(super) fn new(mut base: Url, token: Token, pause: Duration) -> Result<Self, Error> {
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let http = reqwest::Client::builder()
            .user_agent(concat!("gongkai/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(20))
            .read_timeout(SILENCE)
            .build()
            .map_err(|error| Error::Settings(format!("no HTTP client: {}", causes(&error))))?;
        Ok(Self {
            http,
            base,
            token,
            pause,
        })
    }

    /// The portal's address.
    pub(super) fn base(&self) -> &Url {
        &self.base
    }

    /// Calls an action that only reads. Tried again when the failure may pass.
    pub(super) async fn read<T: DeserializeOwned>(&self, action: &str, query: &[(&str, &str)]) -> Result<T, Error> {
        let mut address = self.action(action)?;
        if !query.is_empty() {
            address.query_pairs_mut().extend_pairs(query);
        }
        let mut attempt = 0;
        loop {
            let request = self.signed(Method::GET, address.clone());
            let error = match self.answer(action, request).await {
                Ok(result) => return Ok(result),
                Err(error) => error,
            };
            attempt += 1;
            if !error.is_transient() || attempt == ATTEMPTS {
                return Err(error);
            }
            tracing::warn!("{error}; asking again");
            tokio::time::sleep(self.pause * 2_u32.pow(attempt - 1)).await;
        }
    }

    /// Calls an action that writes. Sent once: whether a failed write took place is for the caller to find out.
    pub(super) async fn write<T: DeserializeOwned>(&self, action: &str, body: &Value) -> Result<T, Error> {
        self.answer(action, self.signed(Method::POST, self.action(action)?).json(body))
            .await
    }

    /// Calls an action that takes a file. The file is streamed. Sent once.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        action: &str,
        fields: Vec<(String, String)>,
        attachment: Attachment<'_>,
    ) -> Result<T, Error> {
        let failed = |source| Error::Io {
            path: attachment.path.to_owned(),
            source,
        };
        let file = tokio::fs::File::open(attachment.path).await.map_err(failed)?;
        let body = Body::wrap_stream(ReaderStream::with_capacity(file, 256 * 1024));
        let part = Part::stream_with_length(body, attachment.bytes)
            .file_name(attachment.name)
            .mime_str(attachment.media_type)
            .map_err(|error| Error::Settings(causes(&error)))?;
        let form = fields
            .into_iter()
            .fold(Form::new(), |form, (name, value)| form.text(name, value));
        let request = self.signed(Method::POST, self.action(action)?);
        self.answer(action, request.multipart(form.part(attachment.field, part)))
            .await
    }

    /// The sha256 of what a download gives. A redirect is followed, without the token where it leaves the portal.
    pub(super) async fn digest(&self, path: &str) -> Result<String, Error> {
        let address = self.join(path)?;
        let mut attempt = 0;
        loop {
            let error = match self.digest_once(address.clone(), path).await {
                Ok(digest) => return Ok(digest),
                Err(error) => error,
            };
            attempt += 1;
            if !error.is_transient() || attempt == ATTEMPTS {
                return Err(error);
            }
            tracing::warn!("{error}; reading again");
            tokio::time::sleep(self.pause * 2_u32.pow(attempt - 1)).await;
        }
    }

    async fn digest_once(&self, mut address: Url, path: &str) -> Result<String, Error> {
        let what = format!("the download of {path}");
        for _ in 0..HOPS {
            let request = if is_same_origin(&address, &self.base) {
                self.signed(Method::GET, address.clone())
            } else {
                self.http.get(address.clone())
            };
            let response = self.sent(&what, request).await?;
            if !response.status().is_redirection() {
                return self.digest_of(&what, response).await;
            }
            let next = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let next = next.and_then(|location| address.join(location).ok());
            address = match next {
                Some(next) if next.scheme() == "https" || is_loopback(&next) => next,
                _ => return Err(self.refused(&what, response.status(), "a redirect to no https address")),
            };
        }
        Err(self.refused(&what, StatusCode::LOOP_DETECTED, &format!("more than {HOPS} redirects")))
    }

    async fn digest_of(&self, what: &str, response: Response) -> Result<String, Error> {
        let status = response.status();
        if !status.is_success() {
            let text = self.text(what, response).await?;
            return Err(self.refused(what, status, &in_words(&text)));
        }
        let mut hasher = Sha256::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            hasher.update(&piece.map_err(|error| self.unreachable(what, &error))?);
        }
        Ok(hex(&hasher.finalize()))
    }

    /// Sends a request to an action and reads its result.
    async fn answer<T: DeserializeOwned>(&self, action: &str, request: RequestBuilder) -> Result<T, Error> {
        let response = self.sent(action, request).await?;
        let status = response.status();
        if status.is_redirection() {
            let location = response
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
                .unwrap_or("elsewhere");
            return Err(self.refused(action, status, &format!("the portal is at {location}")));
        }
        let text = self.text(action, response).await?;
        if !status.is_success() {
            return Err(self.refused(action, status, &in_words(&text)));
        }
        let broken = |problem: String| Error::Unreachable {
            target: self.base.to_string(),
            what: action.to_owned(),
            cause: format!("the answer is not one of CKAN's ({problem})"),
        };
        let mut answer: Map<String, Value> = serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        let result = answer
            .remove("result")
            .ok_or_else(|| broken("it has no result".to_owned()))?;
        serde_json::from_value(result).map_err(|error| broken(error.to_string()))
    }

    /// Sends a request. A request that the portal asks to send later (429) was not carried out and is sent again.
    async fn sent(&self, what: &str, request: RequestBuilder) -> Result<Response, Error> {
        let mut request = request;
        for attempt in 1.. {
            let again = request.try_clone();
            let response = request.send().await.map_err(|error| self.unreachable(what, &error))?;
            if response.status() != StatusCode::TOO_MANY_REQUESTS {
                return Ok(response);
            }
            let wait = asked_wait(&response).unwrap_or(self.pause * 2_u32.pow(attempt));
            if wait > LONGEST_WAIT {
                return Err(Error::Busy {
                    target: self.base.to_string(),
                    what: what.to_owned(),
                    wait,
                });
            }
            tracing::warn!("{what}: the portal asks to wait {} seconds", wait.as_secs());
            tokio::time::sleep(wait).await;
            // A streamed file can't be sent twice: the caller reads the portal again and then repeats the step.
            request = match again {
                Some(again) if attempt < ATTEMPTS => again,
                _ => return Ok(response),
            };
        }
        unreachable!("the loop ends with a return")
    }

    async fn text(&self, what: &str, response: Response) -> Result<String, Error> {
        let mut bytes = Vec::new();
        let mut pieces = response.bytes_stream();
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.map_err(|error| self.unreachable(what, &error))?);
            if bytes.len() > LONGEST_ANSWER {
                break;
            }
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn signed(&self, method: Method, address: Url) -> RequestBuilder {
        self.http
            .request(method, address)
            .header(AUTHORIZATION, self.token.header())
    }

    fn action(&self, action: &str) -> Result<Url, Error> {
        self.join(&format!("api/3/action/{action}"))
    }

    fn join(&self, path: &str) -> Result<Url, Error> {
        self.base
            .join(path)
            .map_err(|error| Error::Settings(format!("{}{path}: {error}", self.base)))
    }

    fn refused(&self, what: &str, status: StatusCode, answer: &str) -> Error {
        let is_too_large = status == StatusCode::PAYLOAD_TOO_LARGE || answer.contains("File upload too large");
        // The two ways in which CKAN says that someone else was faster.
        let is_conflict = status == StatusCode::CONFLICT
            && (answer.contains("match: metadata_modified") || answer.contains("That URL is already in use"));
        if is_conflict {
            return Error::Conflict { what: what.to_owned() };
        }
        let advice = match status {
            _ if is_too_large => {
                "the file is larger than the portal or a proxy in front of it takes: ask the portal's operator to raise \
                 ckan.max_resource_size and the proxy's limit, or name the limit with --max-upload to see which files are \
                 concerned"
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                "check that the token is still valid and that its user is an editor of the dataset's organisation"
            }
            StatusCode::NOT_FOUND => "check the portal's address",
            StatusCode::TOO_MANY_REQUESTS => "the portal is busy: run the same command again later",
            _ if status.is_redirection() => "give that address as the target",
            _ if status.is_server_error() => {
                "the portal or a proxy in front of it is out of order: run the same command again later, and if it stays \
                 so, show this line to the portal's operator"
            }
            _ => "",
        };
        Error::Refused {
            target: self.base.to_string(),
            what: what.to_owned(),
            status: status.as_u16(),
            answer: self.token.redact(answer),
            advice,
            transient: !is_too_large
                && (status.is_server_error()
                    || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)),
        }
    }

    fn unreachable(&self, what: &str, error: &reqwest::Error) -> Error {
        Error::Unreachable {
            target: self.base.to_string(),
            what: what.to_owned(),
            cause: self.token.redact(&causes(error)),
        }
    }
}

/// The wait that a 429 answer asks for: seconds, or a date.
fn asked_wait(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(
        until
            .duration_since(jiff::Timestamp::now())
            .try_into()
            .unwrap_or_default(),
    )
}

/// An error answer in words: CKAN's `error` object, a bare JSON string, or the text of an HTML page.
fn in_words(body: &str) -> String {
    let words = match serde_json::from_str::<Value>(body) {
        Ok(Value::String(text)) => text,
        Ok(Value::Object(mut answer)) => match answer.remove("error") {
            Some(Value::Object(error)) => {
                let mut parts: Vec<_> = error
                    .iter()
                    .filter(|(field, _)| *field != "__type")
                    .map(|(field, value)| match (field.as_str(), value) {
                        ("message", Value::String(text)) => text.clone(),
                        _ => format!("{field}: {}", flat(value)),
                    })
                    .collect();
                if parts.is_empty() {
                    parts.extend(error.get("__type").map(flat));
                }
                parts.join("; ")
            }
            Some(other) => flat(&other),
            None => flat(&Value::Object(answer)),
        },
        _ => text_of_page(body),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return "no explanation".to_owned();
    }
    words.chars().take(SHOWN).collect()
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(flat).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields
            .iter()
            .map(|(field, value)| format!("{field}: {}", flat(value)))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}

/// The title of an HTML page, or its text where it has none.
fn text_of_page(body: &str) -> String {
    if !body.contains('<') {
        return body.to_owned();
    }
    let page = scraper::Html::parse_document(body);
    let title = scraper::Selector::parse("title, h1").ok();
    let title = title.and_then(|selector| page.select(&selector).next());
    match title {
        Some(title) => title.text().collect::<Vec<_>>().join(" "),
        None => page.root_element().text().collect::<Vec<_>>().join(" "),
    }
}

/// An error with its causes, and without the address that `reqwest` adds.
fn causes(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_become_words() {
        for (body, words) in [
            (
                r#"{"error": {"message": "Not found", "__type": "Not Found Error"}}"#,
                "Not found",
            ),
            (
                r#"{"error": {"name": ["a", "b"], "records_row": 0, "__type": "Validation Error"}}"#,
                "name: a, b; records_row: 0",
            ),
            (
                r#"{"error": {"__type": "Internal Server Error"}}"#,
                "Internal Server Error",
            ),
            (r#""Bad request: no""#, "Bad request: no"),
            (
                "<html><head><title>502 Bad\nGateway</title></head><body>nginx</body></html>",
                "502 Bad Gateway",
            ),
            ("<p>Wait a <b>moment</b></p>", "Wait a moment"),
            ("upstream failed", "upstream failed"),
            ("", "no explanation"),
        ] {
            assert_eq!(in_words(body), words, "{body}");
        }
    }
}
