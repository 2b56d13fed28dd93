"""Publishing to a real CKAN portal."""

import json
import os
import subprocess
import time

import pytest
from conftest import SHARED, publish, start
from proxy import FAULTS

PAUSE = {"PIPELINE_LOG": "error"}


@pytest.fixture(autouse=True)
def clean(portal, editor):
    """No dataset of an earlier run."""
    for name in portal.names():
        portal.purge(name)


def test_from_nothing_and_again(release, portal, proxy, tmp_path):
    planned = publish(release, proxy.url, "--json")
    assert planned.status == 1, planned.said
    assert not proxy.writes()
    sent = [step for step in planned.plan()["changes"] if step["action"] == "upload"]
    assert {step["subject"] for step in sent} == set(release.sums)

    applied = publish(release, proxy.url, "--apply")
    assert applied.status == 0, applied.said
    assert len(proxy.uploads()) == len(release.sums)
    assert portal.stored(release.name) == release.sums
    dataset = portal.dataset(release.name)
    extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
    assert dataset["version"] == release.package["version"]
    assert dataset["organization"]["name"] == "gaojing"
    assert extras["licence"] == release.package["licenses"][0]["name"]
    assert {"source", "spatial", "temporal", "language", "frequency"} <= set(extras)
    formats = [resource["format"] for resource in dataset["resources"]]
    assert formats[:2] == ["Parquet", "CSV"] and formats[-1] == "HTML"
    assert all(resource["mimetype"] for resource in dataset["resources"])

    proxy.reset()
    again = publish(release, proxy.url, "--json")
    assert again.status == 0 and not again.plan()["changes"], again.said
    assert publish(release, proxy.url, "--apply").status == 0
    assert not proxy.writes()

    # What the public downloads is a valid data package.
    portal.download(release.name, tmp_path / "download")
    kit = [SHARED / "validators" / "validate", tmp_path / "download", "--only", "checksums,datapackage,frictionless"]
    validated = subprocess.run(kit, capture_output=True, text=True)
    assert "frictionless: PASS" in validated.stdout, validated.stdout + validated.stderr


def test_next_version_sends_what_changed(release, following, portal, proxy):
    assert publish(release, portal.url, "--apply").status == 0
    following, changed = following(release)
    planned = publish(following, portal.url, "--json").plan()
    assert {step["subject"] for step in planned["changes"] if step["action"] == "upload"} == changed
    assert publish(following, proxy.url, "--apply").status == 0
    assert len(proxy.uploads()) == len(changed)
    assert portal.stored(release.name) == following.sums


def test_edits_by_hand_survive(small, following, portal):
    assert publish(small, portal.url, "--apply").status == 0
    dataset = portal.dataset(small.name)
    tags = [*dataset["tags"], {"name": "手工标签"}]
    portal.call("package_patch", id=dataset["id"], tags=tags, notes="门户人员写的说明")
    portal.call("resource_patch", id=dataset["resources"][0]["id"], description="手工描述")
    portal.call("resource_create", package_id=dataset["id"], name="附件", url="https://example.org/")

    planned = publish(small, portal.url)
    assert planned.status == 0, planned.said
    assert "tag 手工标签: left alone" in planned.stdout
    following, _ = following(small)
    assert publish(following, portal.url, "--apply").status == 0
    after = portal.dataset(small.name)
    assert "手工标签" in {tag["name"] for tag in after["tags"]}
    assert after["notes"] == "门户人员写的说明"
    assert after["resources"][0]["description"] == "手工描述"
    assert "附件" in {resource["name"] for resource in after["resources"]}
    assert after["version"] == following.package["version"]


def test_datastore_has_the_types_of_the_schema(release, portal):
    assert publish(release, portal.url, "--apply", "--datastore").status == 0
    kinds = {"string": "text", "integer": "int8", "number": "float8", "boolean": "bool", "date": "date"}
    stored = {resource["release_path"]: resource for resource in portal.dataset(release.name)["resources"]}
    for table in release.tables():
        resource = stored[table["path"]]
        found = portal.read("datastore_search", resource_id=resource["id"], limit=1)
        types = {column["id"]: column["type"] for column in found["fields"] if column["id"] != "_id"}
        assert types == {column["name"]: kinds[column["type"]] for column in table["schema"]["fields"]}
        # A query by the first text that the first row has: codes are texts, and are found as such.
        row = found["records"][0]
        column = next(name for name, kind in types.items() if kind == "text" and row[name] is not None)
        query = json.dumps({column: row[column]})
        again = portal.read("datastore_search", resource_id=resource["id"], filters=query)
        assert again["records"] and all(record[column] == row[column] for record in again["records"])
    assert publish(release, portal.url, "--datastore").status == 0


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"CKAN_API_TOKEN": os.environ["CKAN_OUTSIDER_TOKEN"]}, "may not create datasets"),
        ({"CKAN_API_TOKEN": None}, "set the environment variable CKAN_API_TOKEN"),
        ({"CKAN_API_TOKEN": "no-token-of-this-portal"}, "does not know this token"),
        ({"CKAN_API_TOKEN": "two\nlines"}, "malformed"),
    ],
    ids=["outsider", "anonymous", "unknown", "malformed"],
)
def test_token_without_rights_is_refused(environment, words, small, portal, proxy):
    refused = publish(small, proxy.url, "--apply", environment=environment)
    assert refused.status == 2 and words in refused.stderr, refused.said
    assert not proxy.writes() and not portal.names()

    assert publish(small, portal.url, "--apply").status == 0
    changed = small.copy(small.folder.parent / "changed", version="9.9.9")
    proxy.reset()
    refused = publish(changed, proxy.url, "--apply", environment=environment)
    assert refused.status == 2, refused.said
    assert not proxy.writes()
    assert portal.stored(small.name) == small.sums


def test_name_of_someone_else_is_refused(small, portal, proxy):
    portal.call("package_create", name=small.name, owner_org="gaojing", title="别人的")
    refused = publish(small, proxy.url, "--apply")
    assert refused.status == 2 and "was not published from a release" in refused.said
    assert not proxy.writes()


def test_deleted_dataset_is_made_anew(small, portal):
    assert publish(small, portal.url, "--apply").status == 0
    portal.call("package_delete", id=small.name)
    assert publish(small, portal.url, "--apply").status == 0
    assert portal.stored(small.name) == small.sums


@pytest.mark.parametrize("faults", [["cut after", "garbled request"], FAULTS], ids=["worst", "each"])
def test_every_request_spoiled(faults, small, portal, proxy):
    assert publish(small, proxy.url, "--apply", "--datastore").status == 0
    count = len(proxy.requests)
    assert count > 20
    for index in range(count):
        fault = faults[index % len(faults)]
        portal.purge(small.name)
        proxy.reset((index, fault))
        first = publish(small, proxy.url, "--apply", "--datastore", environment=PAUSE)
        proxy.reset()
        place = f"{fault} at {index}: {first.said}"
        again = publish(small, proxy.url, "--apply", "--datastore", environment=PAUSE)
        assert again.status == 0, f"{place}\n{again.said}"
        assert portal.names() == [small.name], place
        assert portal.stored(small.name) == small.sums, place
        assert portal.dataset(small.name)["version"] == small.package["version"], place
        assert publish(small, proxy.url, "--datastore").status == 0, place


def test_killed_at_any_moment(small, portal):
    began = time.monotonic()
    assert publish(small, portal.url, "--apply").status == 0
    duration = time.monotonic() - began
    for part in range(8):
        portal.purge(small.name)
        process = start(small, portal.url, "--apply")
        time.sleep(duration * part / 8)
        process.kill()
        process.communicate()
        again = publish(small, portal.url, "--apply")
        assert again.status == 0, again.said
        assert portal.stored(small.name) == small.sums


def test_two_at_once(small, following, portal):
    following, _ = following(small)
    for _ in range(3):
        portal.purge(small.name)
        both = [start(small, portal.url, "--apply") for _ in range(2)]
        for process in both:
            process.communicate()
        assert publish(small, portal.url, "--apply").status == 0
        assert portal.stored(small.name) == small.sums
    # Two versions at once: whichever is published again is there whole.
    both = [start(release, portal.url, "--apply") for release in (small, following)]
    for process in both:
        process.communicate()
    assert publish(following, portal.url, "--apply").status == 0
    assert portal.stored(small.name) == following.sums


def test_large_release_in_little_memory(large, small, portal):
    idle = publish(small, portal.url).peak
    applied = publish(large, portal.url, "--apply")
    assert applied.status == 0, applied.said
    print(f"peak {applied.peak} KiB, idle {idle} KiB")
    assert applied.peak - idle < 100 * 1024
    assert portal.stored(large.name) == large.sums
