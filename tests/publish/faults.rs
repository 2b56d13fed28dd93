//! A proxy that spoils one request of a publication, each in turn and in every way. After each, a rerun has to give
//! the complete dataset.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gongkai::publish::{self, Options};

use crate::ckan::{options, token_file, told};
use crate::fake_ckan::{FakeCkan, TOKEN};
use crate::http::{self, Answer, Request};
use crate::release::{Recipe, sha256};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The connection is cut before the request arrives.
    CutBefore,
    /// The request takes effect and the answer is lost.
    CutAfter,
    /// Half of the answer arrives.
    HalfAnswer,
    Delay,
    /// A proxy answers with a page, before or after the request took effect.
    BadGatewayBefore,
    BadGatewayAfter,
    ServerError,
    TooLarge,
    TooMany,
    /// The token is revoked.
    Forbidden,
    /// A byte of the request or of the answer is another.
    GarbledRequest,
    GarbledAnswer,
}

const FAULTS: [Fault; 12] = [
    Fault::CutBefore,
    Fault::CutAfter,
    Fault::HalfAnswer,
    Fault::Delay,
    Fault::BadGatewayBefore,
    Fault::BadGatewayAfter,
    Fault::ServerError,
    Fault::TooLarge,
    Fault::TooMany,
    Fault::Forbidden,
    Fault::GarbledRequest,
    Fault::GarbledAnswer,
];

/// How many requests came, and which one is spoiled how.
type Script = (usize, Option<(usize, Fault)>);

/// A proxy and what it does next.
struct Proxy {
    url: String,
    plan: Arc<Mutex<Script>>,
}

impl Proxy {
    fn start(portal: &FakeCkan) -> Self {
        let plan = Arc::new(Mutex::new((0, None)));
        let (shared, target) = (Arc::clone(&plan), portal.url.clone());
        let url = http::serve(Arc::new(move |request| {
            let fault = {
                let mut plan = shared.lock().unwrap();
                let (count, fault): &mut Script = &mut plan;
                let index = *count;
                *count += 1;
                fault.filter(|(at, _)| *at == index).map(|(_, fault)| fault)
            };
            spoiled(&target, request, fault)
        }));
        Self { url, plan }
    }

    /// Counts requests from 0 again, and spoils the one with an index.
    fn spoil(&self, fault: Option<(usize, Fault)>) {
        *self.plan.lock().unwrap() = (0, fault);
    }

    fn requests(&self) -> usize {
        self.plan.lock().unwrap().0
    }
}

fn spoiled(target: &str, mut request: Request, fault: Option<Fault>) -> Option<Answer> {
    match fault {
        None => Some(forward(target, &request)),
        Some(Fault::CutBefore) => None,
        Some(Fault::CutAfter) => {
            forward(target, &request);
            None
        }
        Some(Fault::HalfAnswer) => {
            let mut answer = forward(target, &request);
            answer.cut_after = Some(answer.body.len() / 2);
            Some(answer)
        }
        Some(Fault::Delay) => {
            std::thread::sleep(Duration::from_millis(20));
            Some(forward(target, &request))
        }
        Some(Fault::BadGatewayBefore) => Some(Answer::html(502, "502 Bad Gateway")),
        Some(Fault::BadGatewayAfter) => {
            forward(target, &request);
            Some(Answer::html(502, "502 Bad Gateway"))
        }
        Some(Fault::ServerError) => Some(Answer::html(500, "500 Internal Server Error")),
        Some(Fault::TooLarge) => Some(Answer::html(413, "413 Request Entity Too Large")),
        Some(Fault::TooMany) => Some(Answer::html(429, "429 Too Many Requests").with_header("Retry-After", "0")),
        Some(Fault::Forbidden) => Some(Answer::new(
            403,
            "application/json",
            r#"{"success": false, "error": {"__type": "Authorization Error", "message": "Access denied"}}"#,
        )),
        Some(Fault::GarbledRequest) => {
            garble(&mut request.body);
            Some(forward(target, &request))
        }
        Some(Fault::GarbledAnswer) => {
            let mut answer = forward(target, &request);
            garble(&mut answer.body);
            Some(answer)
        }
    }
}

/// Changes the byte in the middle.
fn garble(bytes: &mut [u8]) {
    if let Some(byte) = bytes.len().checked_div(2).and_then(|middle| bytes.get_mut(middle)) {
        *byte ^= 1;
    }
}

/// Sends a request on and gives the answer.
pub fn forward(target: &str, request: &Request) -> Answer {
    let mut stream = TcpStream::connect(target.trim_start_matches("http://")).unwrap();
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    stream.write_all(&request.body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let media_type = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Type: "))
        .unwrap_or("text/plain");
    Answer::new(status, media_type, &answer[end + 4..])
}

/// Publishes `earlier` undisturbed, then `recipe` with every request spoiled in turn, then `recipe` again.
fn every_request_spoiled(earlier: Option<&Recipe>, recipe: &Recipe, datastore: bool) {
    let portal = FakeCkan::start();
    let proxy = Proxy::start(&portal);
    let token = token_file(TOKEN);
    let release = recipe.build();
    let earlier = earlier.map(Recipe::build);
    let with = |folder: &std::path::Path| -> Options {
        let mut options = options(folder, &proxy.url, &token);
        options.datastore = datastore;
        options
    };
    let prepare = || {
        portal.reset();
        proxy.spoil(None);
        if let Some(earlier) = &earlier {
            publish::apply(&with(earlier.path()), &mut |_| {}).unwrap();
        }
    };
    prepare();
    let options = with(release.path());
    proxy.spoil(None);
    publish::apply(&options, &mut |_| {}).unwrap();
    let requests = proxy.requests();
    let expected = portal.stored();
    assert!(requests > 20, "{requests}");

    for fault in FAULTS {
        for index in 0..requests {
            prepare();
            proxy.spoil(Some((index, fault)));
            let first = publish::apply(&options, &mut |_| {});
            proxy.spoil(None);
            let place = format!("{fault:?} at {index}: {first:?}");
            publish::apply(&options, &mut |_| {}).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert_eq!(portal.stored(), expected, "{place}");
            assert_complete(&portal, recipe, datastore, &place);
            assert!(publish::plan(&options).unwrap().is_empty(), "{place}");
        }
    }
}

fn assert_complete(portal: &FakeCkan, recipe: &Recipe, datastore: bool, place: &str) {
    let portal = portal.portal();
    let dataset = portal.dataset();
    assert_eq!(dataset["title"], recipe.title, "{place}");
    assert_eq!(dataset["version"], recipe.version, "{place}");
    let tags = dataset["tags"].to_string();
    assert!(
        recipe.keywords.iter().all(|keyword| tags.contains(keyword)),
        "{place}: {tags}"
    );
    for resource in dataset["resources"].as_array().unwrap() {
        assert!(
            resource["name"].is_string() && resource["format"].is_string(),
            "{place}: {resource}"
        );
    }
    if datastore {
        let csv = dataset["resources"]
            .as_array()
            .unwrap()
            .iter()
            .find(|resource| resource["format"] == "CSV")
            .unwrap();
        assert_eq!(
            csv["datastore_sha256"],
            sha256(&recipe.files["data/facts.csv"]),
            "{place}"
        );
        assert_eq!(portal.tables[csv["id"].as_str().unwrap()].1.len(), 2, "{place}");
    }
}

#[test]
fn a_first_publication_survives_every_fault() {
    every_request_spoiled(None, &Recipe::new("1.0.0"), true);
}

#[test]
fn an_update_survives_every_fault() {
    let mut recipe = Recipe::new("1.1.0")
        .with(
            "data/facts.csv",
            "id,value,published\r\n0014,1,2024-03-06\r\n0015,2,\r\n",
        )
        .with("README.md", "# 说明");
    recipe.title = "新的标题";
    let earlier = Recipe::new("1.0.0").with("CHANGELOG.md", "# 变更");
    every_request_spoiled(Some(&earlier), &recipe, false);
}

#[test]
fn a_portal_that_stays_broken_is_told_of() {
    let release = Recipe::new("1.0.0").build();
    let token = token_file(TOKEN);
    for (answer, words) in [
        (Answer::html(502, "502 Bad Gateway"), "502 Bad Gateway"),
        (
            Answer::html(429, "Slow down").with_header("Retry-After", "3600"),
            "asks to wait 3600 seconds",
        ),
        (Answer::html(200, "Welcome"), "not one of CKAN's"),
        (Answer::html(404, "404 Not Found"), "check the portal's address"),
    ] {
        let url = http::serve(Arc::new(move |_| Some(answer.clone())));
        let error = told(&publish::plan(&options(release.path(), &url, &token)).unwrap_err());
        assert!(error.contains(words) && !error.contains(TOKEN), "{error}");
    }
    let error = told(&publish::plan(&options(release.path(), "http://127.0.0.1:1", &token)).unwrap_err());
    assert!(error.contains("can't be reached"), "{error}");
}

#[test]
fn a_portal_that_echoes_the_token_does_not_get_it_shown() {
    let release = Recipe::new("1.0.0").build();
    let token = token_file(TOKEN);
    let url = http::serve(Arc::new(|request| {
        let token = request.headers["authorization"].clone();
        Some(Answer::html(400, &format!("bad header Authorization: {token}")))
    }));
    let error = publish::plan(&options(release.path(), &url, &token)).unwrap_err();
    assert!(told(&error).contains("[token]"), "{error}");
    assert!(!format!("{} {error:?}", told(&error)).contains(TOKEN), "{error:?}");
}

#[test]
fn a_portal_that_asks_to_wait_is_given_the_time() {
    let portal = FakeCkan::start();
    let count = Arc::new(Mutex::new(0));
    let (target, counter) = (portal.url.clone(), Arc::clone(&count));
    let url = http::serve(Arc::new(move |request| {
        let mut count = counter.lock().unwrap();
        *count += 1;
        if *count == 1 {
            return Some(Answer::html(429, "Slow down").with_header("Retry-After", "1"));
        }
        Some(forward(&target, &request))
    }));
    let release = Recipe::new("1.0.0").build();
    let token = token_file(TOKEN);
    let start = Instant::now();
    publish::plan(&options(release.path(), &url, &token)).unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
}
