//! Bytes from an object store (`s3://`) or the local one (`file://`).

use futures::StreamExt;
use object_store::{Error, GetOptions, ObjectStore};
use url::Url;

use super::http::Answer;
use super::{FetchOptions, Snapshot, SourceError};

/// Gets the object at `url`, unless `known` still holds.
pub(super) async fn get(
    url: &Url,
    uri: &str,
    known: Option<&Snapshot>,
    options: &FetchOptions,
) -> Result<Answer, SourceError> {
    let failed = |error: Error| match error {
        Error::NotFound { .. } => SourceError::NotFound { uri: uri.to_owned() },
        error => SourceError::Store {
            uri: uri.to_owned(),
            reason: error.to_string(),
        },
    };
    // A bad setting of the environment that the store does not know is not the input's fault.
    let settings = options
        .store_settings
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let (store, path) = object_store::parse_url_opts(url, settings).map_err(failed)?;
    let conditions = GetOptions {
        if_none_match: known.and_then(|snapshot| snapshot.etag.clone()),
        ..GetOptions::default()
    };
    let object = match store.get_opts(&path, conditions).await {
        Ok(object) => object,
        Err(Error::NotModified { .. }) => return Ok(Answer::NotModified),
        Err(error) => return Err(failed(error)),
    };
    let too_large = || SourceError::TooLarge {
        uri: uri.to_owned(),
        limit: options.max_bytes,
    };
    if object.meta.size > options.max_bytes {
        return Err(too_large());
    }
    let etag = object.meta.e_tag.clone();
    let mut bytes = Vec::new();
    let mut chunks = object.into_stream();
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk.map_err(failed)?);
        if bytes.len() as u64 > options.max_bytes {
            return Err(too_large());
        }
    }
    Ok(Answer::Body {
        bytes,
        etag,
        last_modified: None,
        content_type: None,
    })
}
