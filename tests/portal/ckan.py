"""A CKAN portal as an administrator and as the public see it, without the code under test."""

import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request


class Portal:
    def __init__(self, url, token):
        self.url = url
        self.token = token

    def call(self, action, token=None, **body):
        """Calls an action as the administrator, or with another token."""
        request = urllib.request.Request(
            f"{self.url}/api/3/action/{action}",
            json.dumps(body).encode(),
            {"Authorization": token or self.token, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["result"]

    def read(self, action, **query):
        """Calls a reading action as the public."""
        with urllib.request.urlopen(f"{self.url}/api/3/action/{action}?{urllib.parse.urlencode(query)}") as answer:
            return json.load(answer)["result"]

    def dataset(self, name):
        return self.read("package_show", id=name)

    def purge(self, name):
        try:
            self.call("dataset_purge", id=name)
        except urllib.error.HTTPError as error:
            assert error.code == 404

    def names(self):
        return self.read("package_list")

    def stored(self, name):
        """Release path to sha256 of what the public downloads; fails on a wrong hash or a path that is there twice."""
        stored = {}
        for resource in self.dataset(name)["resources"]:
            path = resource.get("release_path")
            if path is None:
                continue
            with urllib.request.urlopen(resource["url"]) as answer:
                digest = hashlib.file_digest(answer, "sha256").hexdigest()
            assert path not in stored, f"{path} is there twice"
            assert resource["hash"] == digest, path
            assert resource["url"].rsplit("/", 1)[1].isascii()
            stored[path] = digest
        return stored

    def download(self, name, folder):
        """Downloads every file to its place in the release."""
        for resource in self.dataset(name)["resources"]:
            target = folder / resource["release_path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            urllib.request.urlretrieve(resource["url"], target)
