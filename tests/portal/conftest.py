"""Release folders, the program under test, and the two servers that `run` starts."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import boto3
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from ckan import Portal  # noqa: E402
from proxy import Proxy  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ["SHARED"])
PIPELINE = os.environ["PIPELINE"]


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@dataclass
class Release:
    """A release folder."""

    folder: Path
    package: dict = field(init=False)

    def __post_init__(self):
        self.package = json.loads((self.folder / "datapackage.json").read_text())

    @property
    def name(self):
        return self.package["name"]

    @property
    def sums(self):
        """Path to sha256 of every file, SHA256SUMS included."""
        lines = (self.folder / "SHA256SUMS").read_text().splitlines()
        sums = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
        return sums | {"SHA256SUMS": sha256(self.folder / "SHA256SUMS")}

    def tables(self):
        """The CSV files: their resources in datapackage.json, from the smallest to the largest."""
        tables = [resource for resource in self.package["resources"] if resource["path"].endswith(".csv")]
        return sorted(tables, key=lambda resource: (self.folder / resource["path"]).stat().st_size)

    def copy(self, folder, only=None, **package):
        """A copy with another description, of all files or of some. `seal` it after further changes."""
        shutil.copytree(self.folder, folder)
        for path in list(self.sums):
            (folder / path).chmod(0o644)
            if only is not None and path not in only:
                (folder / path).unlink()
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        copy = Release(folder)
        copy.package.update(package)
        if only is not None:
            copy.package["resources"] = [known for known in copy.package["resources"] if known["path"] in only]
        copy.seal()
        return copy

    def seal(self):
        """Brings the checksums up to date, and the description where it changed."""
        for resource in self.package["resources"]:
            file = self.folder / resource["path"]
            resource["hash"] = f"sha256:{sha256(file)}"
            if "bytes" in resource:
                resource["bytes"] = file.stat().st_size
        description = self.folder / "datapackage.json"
        if json.loads(description.read_text()) != self.package:
            description.write_text(json.dumps(self.package, ensure_ascii=False, indent=2) + "\n")
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path.name != "SHA256SUMS"]
        lines = [f"{sha256(path)}  {path.relative_to(self.folder)}\n" for path in files]
        (self.folder / "SHA256SUMS").write_text("".join(lines))


@dataclass
class Run:
    """A finished run of the program."""

    status: int
    stdout: str
    stderr: str
    peak: int  # resident memory, in KiB

    @property
    def said(self):
        return self.stdout + self.stderr

    def plan(self):
        return json.loads(self.stdout)


def start(release, to, *options, environment=None):
    """Starts `pipeline publish`. Its output goes to files, so that it never waits for us."""
    # The release that is published here has the addresses of an example.
    command = [PIPELINE, "publish", str(release.folder), "--to", to, "--placeholders", *options]
    values = {**os.environ, **(environment or {})}
    values = {name: value for name, value in values.items() if value is not None}
    return subprocess.Popen(command, env=values, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def watch(process):
    """The high-water mark of a process's resident memory, in KiB, again and again until it ends."""
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            return
        if found := re.search(r"VmHWM:\s+(\d+) kB", status):
            yield int(found[1])
        time.sleep(0.01)


def publish(release, to, *options, environment=None):
    """Runs `pipeline publish` to its end."""
    process = start(release, to, *options, environment=environment)
    watcher = threading.Thread(target=lambda: peaks.extend(watch(process)))
    peaks = []
    watcher.start()
    stdout, stderr = process.communicate()
    watcher.join()
    for secret in ["CKAN_API_TOKEN", "CKAN_EDITOR_TOKEN", "CKAN_OUTSIDER_TOKEN", "AWS_SECRET_ACCESS_KEY"]:
        assert os.environ[secret] not in stdout + stderr
    return Run(process.returncode, stdout, stderr, max(peaks, default=0))


@pytest.fixture(scope="session")
def original():
    """A real release where there is one, the validators' sample otherwise."""
    real = ROOT / "output" / "gaojing-2024"
    return Release(real if (real / "SHA256SUMS").exists() else SHARED / "validators" / "sample")


@pytest.fixture
def release(original, tmp_path, request):
    """A release with a name of its own."""
    name = request.node.name.split("[")[0].removeprefix("test_").replace("_", "-")
    return original.copy(tmp_path / "release", name=name)


@pytest.fixture
def small(original, tmp_path, request):
    """A release of few files, for tests that publish it often."""
    name = request.node.name.split("[")[0].removeprefix("test_").replace("_", "-")
    kept = {original.tables()[0]["path"], "datapackage.json", "dcat.jsonld", "SHA256SUMS", "index.html"}
    return original.copy(tmp_path / "small", only=kept, name=name)


@pytest.fixture
def following(tmp_path):
    """Makes the next version of a release: a table and its description change, all else stays."""

    def make(release):
        version = release.package["version"] + ".1"
        following = release.copy(tmp_path / "following", version=version)
        table = following.folder / following.tables()[-1]["path"]
        lines = table.read_bytes().splitlines(keepends=True)
        table.write_bytes(b"".join(lines[:-1]))
        following.seal()
        changed = {path for path, digest in following.sums.items() if release.sums.get(path) != digest}
        assert changed == {str(table.relative_to(following.folder)), "datapackage.json", "SHA256SUMS"}
        return following, changed

    return make


@pytest.fixture(scope="session")
def large(original, tmp_path_factory):
    """A release of 300 MB."""
    large = original.copy(tmp_path_factory.mktemp("large") / "release", name="large-release")
    table = large.folder / large.tables()[-1]["path"]
    header, *rows = table.read_bytes().splitlines(keepends=True)
    block = b"".join(rows)
    with open(table, "wb") as file:
        file.write(header)
        while file.tell() < 300_000_000:
            file.write(block)
    large.seal()
    return large


@pytest.fixture
def portal():
    """The portal, as its administrator sees it."""
    return Portal(os.environ["CKAN_URL"], os.environ["CKAN_API_TOKEN"])


@pytest.fixture
def proxy(portal):
    """A proxy in front of the portal that counts requests and spoils the one it is told to."""
    with Proxy(portal.url) as proxy:
        yield proxy


@pytest.fixture
def editor(monkeypatch):
    """Publishes as an editor of the organisation, as portal staff do."""
    monkeypatch.setenv("CKAN_API_TOKEN", os.environ["CKAN_EDITOR_TOKEN"])


@pytest.fixture
def bucket(request):
    """An empty bucket: its name and a client."""
    client = boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    name = re.sub("[^a-z0-9]+", "-", request.node.name.removeprefix("test_"))[:60].strip("-")
    client.create_bucket(Bucket=name)
    return name, client
