//! The part of CKAN's Action API that the publisher uses, as `CLIENT.md` of the test portal describes it.
//!
//! It keeps what a publisher must not rely on: it holds no lock over several requests, changes `metadata_modified`
//! with every write, makes an id for every resource that is added, and lower-cases file names.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Map, Value, json};

use crate::http::{self, Answer, Request};
use crate::release::sha256;

pub const TOKEN: &str = "editor-token-0123456789";
pub const OUTSIDER: &str = "outsider-token-0123456789";

/// A portal's content and log.
#[derive(Default)]
pub struct Portal {
    pub datasets: Vec<Value>,
    /// Resource id to the stored bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Resource id to fields, and to rows by primary key.
    pub tables: BTreeMap<String, (Value, BTreeMap<String, Value>)>,
    /// Action (or `download`) and method of each request.
    pub log: Vec<(String, String)>,
    /// Largest upload in bytes.
    pub limit: Option<usize>,
    pub organizations: Vec<&'static str>,
    clock: u64,
}

#[derive(Clone)]
pub struct FakeCkan {
    pub url: String,
    portal: Arc<Mutex<Portal>>,
}

impl FakeCkan {
    pub fn start() -> Self {
        let portal = Arc::new(Mutex::new(Portal {
            organizations: vec!["gaojing"],
            ..Portal::default()
        }));
        let state = Arc::clone(&portal);
        let url = http::serve(Arc::new(move |request| Some(state.lock().unwrap().answer(&request))));
        Self { url, portal }
    }

    pub fn portal(&self) -> MutexGuard<'_, Portal> {
        self.portal.lock().unwrap()
    }

    /// How many requests of the log so far would write.
    pub fn writes(&self) -> usize {
        self.portal().log.iter().filter(|(_, method)| method == "POST").count()
    }

    /// Path in the release to sha256 of the stored bytes, in the portal's order; fails on a path that is there twice.
    pub fn stored(&self) -> Vec<(String, String)> {
        let portal = self.portal();
        assert_eq!(
            portal
                .datasets
                .iter()
                .filter(|dataset| dataset["state"] == "active")
                .count(),
            1
        );
        let resources = portal.dataset()["resources"].as_array().unwrap().clone();
        let ours = resources.iter().filter(|resource| resource["release_path"].is_string());
        let stored: Vec<_> = ours
            .map(|resource| {
                let sum = sha256(&portal.files[resource["id"].as_str().unwrap()]);
                assert_eq!(resource["hash"], sum.as_str(), "{resource}");
                (resource["release_path"].as_str().unwrap().to_owned(), sum)
            })
            .collect();
        let distinct: BTreeMap<_, _> = stored.iter().cloned().collect();
        assert_eq!(distinct.len(), stored.len(), "a file is there twice: {stored:?}");
        stored
    }

    /// Forgets everything.
    pub fn reset(&self) {
        *self.portal() = Portal {
            organizations: vec!["gaojing"],
            ..Portal::default()
        };
    }
}

impl Portal {
    pub fn dataset(&self) -> &Value {
        self.datasets
            .iter()
            .find(|dataset| dataset["state"] == "active")
            .expect("a dataset")
    }

    pub fn dataset_mut(&mut self) -> &mut Value {
        self.datasets
            .iter_mut()
            .find(|dataset| dataset["state"] == "active")
            .expect("a dataset")
    }

    fn tick(&mut self) -> String {
        self.clock += 1;
        format!("2024-01-01T00:00:00.{:06}", self.clock)
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let query: BTreeMap<String, String> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        if path.contains("/download/") {
            self.log.push(("download".to_owned(), request.method.clone()));
            let id = path.split('/').nth(4).unwrap_or_default();
            return match self.files.get(id) {
                Some(bytes) => Answer::new(200, "application/octet-stream", bytes.clone()),
                None => Answer::html(404, "404 Not Found"),
            };
        }
        let Some(action) = path.strip_prefix("/api/3/action/") else {
            return Answer::html(404, "404 Not Found");
        };
        self.log.push((action.to_owned(), request.method.clone()));
        let user = match request.headers.get("authorization").map(String::as_str) {
            Some(TOKEN) => "editor",
            Some(OUTSIDER) => "outsider",
            _ => "",
        };
        let result = if request.method == "GET" {
            self.get(action, &query, user)
        } else {
            self.post(action, request, user)
        };
        match result {
            Ok(result) => Answer::new(
                200,
                "application/json",
                json!({"success": true, "result": result}).to_string(),
            ),
            Err((status, error)) => Answer::new(
                status,
                "application/json",
                json!({"success": false, "error": error}).to_string(),
            ),
        }
    }

    fn get(&self, action: &str, query: &BTreeMap<String, String>, user: &str) -> Result<Value, (u16, Value)> {
        match action {
            "status_show" => Ok(json!({"ckan_version": "2.12.0", "extensions": ["datastore"]})),
            "user_show" if user.is_empty() => Err(not_found()),
            "user_show" => Ok(json!({"name": user})),
            "organization_list_for_user" if user == "editor" => Ok(self
                .organizations
                .iter()
                .map(|name| json!({"id": format!("id-{name}"), "name": name}))
                .collect()),
            "organization_list_for_user" => Ok(json!([])),
            "package_show" => {
                let id = &query["id"];
                let found = self.datasets.iter().find(|dataset| {
                    dataset["state"] == "active" && (dataset["id"] == id.as_str() || dataset["name"] == id.as_str())
                });
                found.cloned().ok_or_else(not_found)
            }
            "datastore_search" => match self.tables.get(&query["resource_id"]) {
                Some((_, rows)) => Ok(json!({"total": rows.len()})),
                None => Err(not_found()),
            },
            _ => Err((400, json!("Bad request"))),
        }
    }

    fn post(&mut self, action: &str, request: &Request, user: &str) -> Result<Value, (u16, Value)> {
        if user != "editor" {
            return Err((
                403,
                json!({"__type": "Authorization Error", "message": format!("Access denied: {user}")}),
            ));
        }
        let media_type = request.headers.get("content-type").map_or("", String::as_str);
        let (body, upload) = if media_type.starts_with("multipart/") {
            multipart(&request.body).ok_or((400, json!("Bad request: no multipart")))?
        } else {
            let body: Value =
                serde_json::from_slice(&request.body).map_err(|_| (400, json!("Bad request: no JSON")))?;
            (body.as_object().cloned().unwrap_or_default(), None)
        };
        match action {
            "package_create" => self.create(body),
            "package_revise" => self.revise(&body, upload),
            "package_delete" => {
                let found = self
                    .datasets
                    .iter_mut()
                    .find(|dataset| dataset["id"] == body["id"])
                    .ok_or_else(not_found)?;
                found["state"] = json!("deleted");
                Ok(Value::Null)
            }
            "package_resource_reorder" => {
                let now = self.tick();
                let dataset = self.dataset_mut();
                let place = |resource: &Value| {
                    body["order"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .position(|id| *id == resource["id"])
                        .unwrap_or(usize::MAX)
                };
                dataset["resources"].as_array_mut().unwrap().sort_by_key(place);
                dataset["metadata_modified"] = json!(now);
                Ok(json!({}))
            }
            "datastore_delete" | "datastore_create" | "datastore_upsert" => self.datastore(action, &body),
            _ => Err((400, json!("Bad request"))),
        }
    }

    fn create(&mut self, mut body: Map<String, Value>) -> Result<Value, (u16, Value)> {
        let is_taken = |dataset: &Value| dataset["state"] == "active" && dataset["name"] == body["name"];
        if self.datasets.iter().any(is_taken) {
            return Err((
                409,
                json!({"__type": "Validation Error", "name": ["That URL is already in use."]}),
            ));
        }
        let now = self.tick();
        body.insert("id".to_owned(), json!(format!("dataset-{}", self.clock)));
        body.insert("state".to_owned(), json!("active"));
        body.insert("metadata_modified".to_owned(), json!(now));
        body.insert("resources".to_owned(), json!([]));
        self.datasets.push(Value::Object(body.clone()));
        Ok(Value::Object(body))
    }

    fn revise(&mut self, body: &Map<String, Value>, upload: Option<Upload>) -> Result<Value, (u16, Value)> {
        let field = |name: &str| {
            body.get("match")
                .and_then(|fields| fields.get(name))
                .or(body.get(&format!("match__{name}")))
        };
        let id = field("id").cloned().unwrap_or_default();
        let at = self
            .datasets
            .iter()
            .position(|dataset| dataset["id"] == id)
            .ok_or_else(not_found)?;
        let mut dataset = self.datasets[at].clone();
        if field("metadata_modified") != Some(&dataset["metadata_modified"]) {
            return Err((
                409,
                json!({"__type": "Validation Error", "match": ["metadata_modified"]}),
            ));
        }
        if let (Some(upload), Some(limit)) = (&upload, self.limit)
            && upload.bytes.len() > limit
        {
            return Err((
                409,
                json!({"__type": "Validation Error", "upload": ["File upload too large"]}),
            ));
        }
        let now = self.tick();
        for filter in body
            .get("filter")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            match filter.strip_prefix("-resources__") {
                Some(id) => dataset["resources"]
                    .as_array_mut()
                    .unwrap()
                    .retain(|resource| resource["id"] != id),
                None => {
                    dataset.as_object_mut().unwrap().remove(&filter[1..]);
                }
            }
        }
        for (name, value) in body.get("update").and_then(Value::as_object).into_iter().flatten() {
            dataset[name] = value.clone();
        }
        for added in body
            .get("update__resources__extend")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let mut added = added.clone();
            added["id"] = json!(format!("resource-{}", self.clock));
            dataset["resources"].as_array_mut().unwrap().push(added);
        }
        for (name, value) in body {
            let Some(rest) = name
                .strip_prefix("update__resources__")
                .filter(|rest| *rest != "extend")
            else {
                continue;
            };
            let (id, field) = rest.split_once("__").unwrap_or((rest, ""));
            let resource = resource_mut(&mut dataset, id).ok_or((409, json!({"update": ["unmatched resource"]})))?;
            if field.is_empty() {
                resource
                    .as_object_mut()
                    .unwrap()
                    .extend(value.as_object().cloned().unwrap_or_default());
            } else {
                resource[field] = value.clone();
            }
        }
        if let Some(upload) = upload {
            let place = upload
                .field
                .strip_prefix("update__resources__")
                .and_then(|rest| rest.strip_suffix("__upload"));
            let resource = place.and_then(|place| resource_mut(&mut dataset, place));
            let resource = resource.ok_or((500, json!({"__type": "Internal Server Error"})))?;
            let id = resource["id"].as_str().unwrap().to_owned();
            let name = upload.name.to_ascii_lowercase();
            resource["url"] = json!(format!(
                "http://elsewhere.example/dataset/x/resource/{id}/download/{name}"
            ));
            resource["url_type"] = json!("upload");
            resource["size"] = json!(upload.bytes.len());
            self.files.insert(id, upload.bytes);
        }
        dataset["metadata_modified"] = json!(now);
        self.datasets[at] = dataset.clone();
        Ok(json!({"package": dataset}))
    }

    fn datastore(&mut self, action: &str, body: &Map<String, Value>) -> Result<Value, (u16, Value)> {
        let id = body["resource_id"].as_str().unwrap_or_default().to_owned();
        if body.get("force") != Some(&json!(true)) {
            return Err((409, json!({"__type": "Validation Error", "read-only": ["use force"]})));
        }
        let now = self.tick();
        match action {
            "datastore_delete" => {
                self.tables.remove(&id).ok_or_else(not_found)?;
            }
            "datastore_create" => {
                self.tables.insert(id, (body["fields"].clone(), BTreeMap::new()));
                self.dataset_mut()["metadata_modified"] = json!(now);
            }
            _ => {
                let (_, rows) = self.tables.get_mut(&id).ok_or_else(not_found)?;
                for row in body["records"].as_array().into_iter().flatten() {
                    rows.insert(row["id"].to_string(), row.clone());
                }
            }
        }
        Ok(json!({}))
    }
}

fn not_found() -> (u16, Value) {
    (404, json!({"__type": "Not Found Error", "message": "Not found"}))
}

fn resource_mut<'d>(dataset: &'d mut Value, id: &str) -> Option<&'d mut Value> {
    let resources = dataset["resources"].as_array_mut()?;
    if id == "-1" {
        return resources.last_mut();
    }
    resources.iter_mut().find(|resource| resource["id"] == id)
}

struct Upload {
    field: String,
    name: String,
    bytes: Vec<u8>,
}

/// The text fields and the file of a multipart body.
fn multipart(body: &[u8]) -> Option<(Map<String, Value>, Option<Upload>)> {
    let end = body.windows(2).position(|pair| pair == b"\r\n")?;
    let mark = [b"\r\n", &body[..end]].concat();
    let mut fields = Map::new();
    let mut upload = None;
    let mut rest = &body[end..];
    while rest.starts_with(b"\r\n") {
        let length = rest.windows(mark.len()).position(|window| window == mark)?;
        let part = &rest[2..length];
        rest = &rest[length + mark.len()..];
        let head_end = part.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..head_end]).into_owned();
        let content = &part[head_end + 4..];
        let quoted = |start: &str| Some(head.split_once(start)?.1.split_once('"')?.0.to_owned());
        let name = quoted("; name=\"")?;
        if let Some(file) = quoted("filename=\"") {
            upload = Some(Upload {
                field: name,
                name: file,
                bytes: content.to_vec(),
            });
        } else {
            // CKAN reads a part as JSON where it can.
            let text = String::from_utf8_lossy(content).into_owned();
            let value = serde_json::from_str(&text).unwrap_or(Value::String(text));
            fields.insert(name, value);
        }
    }
    Some((fields, upload))
}
