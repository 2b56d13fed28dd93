"""A proxy on this machine that notes every request and spoils the one it is told to."""

import http.client
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

FAULTS = [
    "cut before",  # the connection is cut before the request arrives
    "cut after",  # the request takes effect and the answer is lost
    "half answer",
    "delay",
    "502",  # a page of a proxy, after the request took effect
    "500",
    "413",
    "429",
    "403",
    "garbled request",  # a byte is another
    "garbled answer",
]


class Proxy:
    def __init__(self, target):
        self.target = urlsplit(target)
        self.requests = []  # (method, path, whether it carries a file)
        self.fault = None  # (index, fault)
        self.lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                proxy.handle(self)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def reset(self, fault=None):
        with self.lock:
            self.requests = []
            self.fault = fault

    def writes(self):
        return [request for request in self.requests if request[0] not in ("GET", "HEAD")]

    def uploads(self):
        return [request for request in self.requests if request[2]]

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        is_upload = request.headers.get("Content-Type", "").startswith("multipart/")
        with self.lock:
            index = len(self.requests)
            self.requests.append((request.command, request.path, is_upload))
            fault = self.fault[1] if self.fault and self.fault[0] == index else None
        if fault == "cut before":
            return self.cut(request)
        if fault == "delay":
            time.sleep(0.2)
        if fault in ("500", "413", "429", "403"):
            return self.page(request, int(fault))
        if fault == "garbled request":
            body = garbled(body)
        status, headers, answer = self.forward(request, body)
        if fault == "cut after":
            return self.cut(request)
        if fault == "502":
            return self.page(request, 502)
        if fault == "garbled answer":
            answer = garbled(answer)
        request.send_response(status)
        for name, value in headers:
            if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                request.send_header(name, value)
        length = dict((name.lower(), value) for name, value in headers).get("content-length", len(answer))
        request.send_header("Content-Length", length if request.command == "HEAD" else len(answer))
        request.end_headers()
        if fault == "half answer":
            request.wfile.write(answer[: len(answer) // 2])
            return self.cut(request)
        request.wfile.write(answer)

    def forward(self, request, body):
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=300)
        connection.putrequest(request.command, request.path, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers.items():
            if name.lower() not in ("connection", "transfer-encoding"):
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        result = answer.status, answer.getheaders(), answer.read()
        connection.close()
        return result

    @staticmethod
    def page(request, status):
        page = f"<html><head><title>{status} from the proxy</title></head></html>".encode()
        request.send_response(status)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", len(page))
        if status == 429:
            request.send_header("Retry-After", "1")
        request.end_headers()
        request.wfile.write(page)

    @staticmethod
    def cut(request):
        request.close_connection = True
        request.wfile.flush()
        request.connection.shutdown(socket.SHUT_RDWR)


def garbled(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else data
