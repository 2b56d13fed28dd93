"""Publishing to a real S3 server as a static portal."""

import hashlib
import json
import os
import time

import pytest
from conftest import publish, start
from proxy import Proxy


def objects(bucket, prefix=""):
    """Key to sha256 of every object under a prefix, without the prefix."""
    name, client = bucket
    found = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix=prefix):
        for item in page.get("Contents", []):
            body = client.get_object(Bucket=name, Key=item["Key"])["Body"]
            digest = hashlib.sha256()
            for piece in body.iter_chunks(1 << 20):
                digest.update(piece)
            found[item["Key"].removeprefix(prefix)] = digest.hexdigest()
    return found


def versions(bucket):
    name, client = bucket
    catalogue = json.load(client.get_object(Bucket=name, Key="portal/catalog.jsonld")["Body"])
    return sorted(node["dcat:version"] for node in catalogue["@graph"] if node["@type"] == "dcat:Dataset")


def test_s3_from_nothing_and_again(release, following, bucket):
    target = f"s3://{bucket[0]}/portal"
    assert publish(release, target).status == 1
    assert not objects(bucket)
    applied = publish(release, target, "--apply")
    assert applied.status == 0, applied.said
    version = release.package["version"]
    home = f"portal/{release.name}"
    assert objects(bucket, f"{home}/{version}/") == release.sums
    assert objects(bucket, f"{home}/latest/") == release.sums
    page = bucket[1].head_object(Bucket=bucket[0], Key=f"{home}/latest/index.html")
    assert page["ContentType"].startswith("text/html")

    with Proxy(os.environ["AWS_ENDPOINT_URL"]) as proxy:
        environment = {"AWS_ENDPOINT_URL": proxy.url}
        assert publish(release, target, environment=environment).status == 0
        assert publish(release, target, "--apply", environment=environment).status == 0
        assert proxy.requests and not proxy.writes()

    following, _ = following(release)
    assert publish(following, target, "--apply").status == 0
    assert objects(bucket, f"{home}/{version}/") == release.sums
    assert objects(bucket, f"{home}/latest/") == following.sums
    assert versions(bucket) == sorted([version, following.package["version"]])

    # A version never changes.
    other = release.copy(release.folder.parent / "other", title="另一个标题")
    refused = publish(other, target, "--apply")
    assert refused.status == 2 and "raise the version" in refused.said
    assert objects(bucket, f"{home}/{version}/") == release.sums


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wrong"}, "check the keys"),
        ({"AWS_ACCESS_KEY_ID": "nobody"}, "check the keys"),
        ({"AWS_ACCESS_KEY_ID": None}, "set the environment variables AWS_ACCESS_KEY_ID"),
        ({"AWS_ENDPOINT_URL": "http://s3.example.org"}, "without encryption"),
    ],
    ids=["wrong", "nobody", "anonymous", "unencrypted"],
)
def test_s3_keys_without_rights(environment, words, small, bucket):
    refused = publish(small, f"s3://{bucket[0]}/portal", "--apply", environment=environment)
    assert refused.status == 2 and words in refused.stderr, refused.said
    assert not objects(bucket)


def test_s3_every_request_spoiled(small, bucket):
    with Proxy(os.environ["AWS_ENDPOINT_URL"]) as proxy:
        environment = {"AWS_ENDPOINT_URL": proxy.url}
        faults = ["cut before", "cut after", "500", "half answer", "delay", "garbled request"]
        assert publish(small, f"s3://{bucket[0]}/count", "--apply", environment=environment).status == 0
        count = len(proxy.requests)
        assert count > 20
        for index in range(count):
            fault = faults[index % len(faults)]
            target = f"s3://{bucket[0]}/{index}"
            proxy.reset((index, fault))
            first = publish(small, target, "--apply", environment=environment)
            proxy.reset()
            again = publish(small, target, "--apply", environment=environment)
            place = f"{fault} at {index}: {first.said}\n{again.said}"
            assert again.status == 0, place
            assert objects(bucket, f"{index}/{small.name}/latest/") == small.sums, place
            assert publish(small, target, environment=environment).status == 0, place


def test_s3_killed_at_any_moment(small, bucket):
    began = time.monotonic()
    assert publish(small, f"s3://{bucket[0]}/whole", "--apply").status == 0
    duration = time.monotonic() - began
    for part in range(8):
        target = f"s3://{bucket[0]}/{part}"
        process = start(small, target, "--apply")
        time.sleep(duration * part / 8)
        process.kill()
        process.communicate()
        assert publish(small, target, "--apply").status == 0
        assert objects(bucket, f"{part}/{small.name}/latest/") == small.sums


def test_s3_two_at_once(small, following, bucket):
    following, _ = following(small)
    for turn in range(5):
        target = f"s3://{bucket[0]}/{turn}"
        both = [start(release, target, "--apply") for release in (small, following)]
        for process in both:
            process.communicate()
        for release in (small, following):
            again = publish(release, target, "--apply")
            assert again.status == 0, again.said
        assert objects(bucket, f"{turn}/{small.name}/latest/") == following.sums


def test_s3_large_release_in_little_memory(large, small, bucket):
    idle = publish(small, f"s3://{bucket[0]}/portal").peak
    applied = publish(large, f"s3://{bucket[0]}/portal", "--apply")
    assert applied.status == 0, applied.said
    print(f"peak {applied.peak} KiB, idle {idle} KiB")
    assert applied.peak - idle < 100 * 1024
    assert objects(bucket, f"portal/{large.name}/latest/") == large.sums
