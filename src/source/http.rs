//! Bytes over HTTP.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::address::{GuardedResolver, RefusedHost};
use super::{FetchOptions, PrivateAddresses, Snapshot, SourceError};

/// What a server said.
#[derive(Debug)]
pub(super) enum Answer {
    /// The known copy still holds.
    NotModified,
    /// The bytes.
    Body {
        bytes: Vec<u8>,
        etag: Option<String>,
        last_modified: Option<String>,
        content_type: Option<String>,
    },
}

impl Answer {
    /// The bytes, if it has any.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::NotModified => None,
            Self::Body { bytes, .. } => Some(bytes),
        }
    }
}

/// A redirect that isn't followed, as an error that passes through the HTTP client.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct RefusedRedirect(String);

/// An HTTP client under a run's options. Proxies of the environment are not used: a proxy would resolve names itself,
/// out of reach of the check on private addresses.
#[derive(Debug)]
pub(super) struct HttpClient {
    client: Client,
    private_addresses: PrivateAddresses,
    max_bytes: u64,
    retries: u32,
    backoff: Duration,
    max_backoff: Duration,
}

/// Why one attempt gave no answer.
enum Failure {
    /// Asking again may help, after the wait that the server asked for.
    Passing { error: SourceError, wait: Option<Duration> },
    /// Asking again won't help.
    Lasting(SourceError),
}

impl HttpClient {
    pub fn new(options: &FetchOptions) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout)
            .no_proxy()
            .dns_resolver(Arc::new(GuardedResolver(options.private_addresses.clone())))
            .redirect(redirect_policy(options))
            .build()?;
        Ok(Self {
            client,
            private_addresses: options.private_addresses.clone(),
            max_bytes: options.max_bytes,
            retries: options.retries,
            backoff: options.backoff,
            max_backoff: options.max_backoff,
        })
    }

    /// Gets `url`, unless `known` still holds.
    pub async fn get(&self, url: &Url, uri: &str, known: Option<&Snapshot>) -> Result<Answer, SourceError> {
        self.private_addresses
            .check(url)
            .map_err(|RefusedHost(host)| SourceError::PrivateAddress {
                uri: uri.to_owned(),
                host,
            })?;
        let mut wait = self.backoff;
        let mut attempt = 1;
        loop {
            match self.attempt(url, uri, known, attempt).await {
                Ok(answer) => return Ok(answer),
                Err(Failure::Lasting(error)) => return Err(error),
                Err(Failure::Passing { error, .. }) if attempt > self.retries => return Err(error),
                Err(Failure::Passing { error, wait: asked }) => {
                    let pause = asked.unwrap_or(wait).min(self.max_backoff);
                    tracing::warn!("{error}; asking again in {pause:?}");
                    tokio::time::sleep(pause).await;
                    wait = wait.saturating_mul(2);
                    attempt += 1;
                }
            }
        }
    }

    async fn attempt(&self, url: &Url, uri: &str, known: Option<&Snapshot>, attempts: u32) -> Result<Answer, Failure> {
        let mut request = self.client.get(url.clone());
        if let Some(etag) = known.and_then(|snapshot| snapshot.etag.as_ref()) {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = known.and_then(|snapshot| snapshot.last_modified.as_ref()) {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let response = request.send().await.map_err(|error| failure(uri, attempts, &error))?;
        let status = response.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Answer::NotModified);
        }
        if status.is_redirection() {
            let target = header(&response, LOCATION).unwrap_or_default();
            let reason = format!("expected an http or https address, found `{target}`");
            return Err(Failure::Lasting(SourceError::Redirect {
                uri: uri.to_owned(),
                reason,
            }));
        }
        if !status.is_success() {
            let error = SourceError::Status {
                uri: uri.to_owned(),
                status: status.as_u16(),
                attempts,
            };
            return Err(if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
                let wait = header(&response, RETRY_AFTER).and_then(|seconds| seconds.parse().ok());
                Failure::Passing {
                    error,
                    wait: wait.map(Duration::from_secs),
                }
            } else {
                Failure::Lasting(error)
            });
        }
        let (etag, last_modified) = (header(&response, ETAG), header(&response, LAST_MODIFIED));
        let content_type = header(&response, CONTENT_TYPE);
        let bytes = self.body(response, uri, attempts).await?;
        Ok(Answer::Body {
            bytes,
            etag,
            last_modified,
            content_type,
        })
    }

    /// The body, read no further than the limit.
    async fn body(&self, mut response: Response, uri: &str, attempts: u32) -> Result<Vec<u8>, Failure> {
        let too_large = || {
            Failure::Lasting(SourceError::TooLarge {
                uri: uri.to_owned(),
                limit: self.max_bytes,
            })
        };
        if response.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failure(uri, attempts, &error))? {
            if (bytes.len() + chunk.len()) as u64 > self.max_bytes {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Follows a limited number of redirects, to HTTP addresses that are not private.
fn redirect_policy(options: &FetchOptions) -> Policy {
    let (most, private_addresses) = (options.max_redirects, options.private_addresses.clone());
    Policy::custom(move |attempt| {
        if attempt.previous().len() > most {
            return attempt.error(RefusedRedirect(format!("more than {most} redirects")));
        }
        if !matches!(attempt.url().scheme(), "http" | "https") {
            let reason = format!("expected http or https, found `{}`", attempt.url().scheme());
            return attempt.error(RefusedRedirect(reason));
        }
        match private_addresses.check(attempt.url()) {
            Ok(()) => attempt.follow(),
            Err(refused) => attempt.error(refused),
        }
    })
}

/// Sorts a client's error: what was refused here is not asked again, what broke on the way is.
fn failure(uri: &str, attempts: u32, error: &reqwest::Error) -> Failure {
    let uri = uri.to_owned();
    let mut reason = String::new();
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(RefusedHost(host)) = error.downcast_ref() {
            return Failure::Lasting(SourceError::PrivateAddress {
                uri,
                host: host.clone(),
            });
        }
        if let Some(RefusedRedirect(reason)) = error.downcast_ref() {
            return Failure::Lasting(SourceError::Redirect {
                uri,
                reason: reason.clone(),
            });
        }
        reason = error.to_string();
        cause = error.source();
    }
    Failure::Passing {
        error: SourceError::Network { uri, attempts, reason },
        wait: None,
    }
}

fn header(response: &Response, name: reqwest::header::HeaderName) -> Option<String> {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}
