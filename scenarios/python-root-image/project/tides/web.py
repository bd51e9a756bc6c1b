import csv
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

GAUGE = Path("readings/gauge.csv")
EXPORTS = Path("exports")
CACHE = Path(os.path.expanduser("~/.cache/tides"))


def readings():
    with GAUGE.open() as f:
        return [[when, int(cm)] for when, cm in csv.reader(f)]


class Page(BaseHTTPRequestHandler):
    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        if self.path == "/":
            return self.answer(200, {"gauge": "north pier", "readings": len(readings())})
        if self.path == "/latest":
            CACHE.mkdir(parents=True, exist_ok=True)
            (CACHE / "latest").write_text(json.dumps(readings()[-1]))
            return self.answer(200, readings()[-1])
        self.answer(404, {"error": "no such page"})

    # The gauge on the pier sends "2024-05-01T06:00,214" every ten minutes.
    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"])).decode().strip()
        with GAUGE.open("a") as f:
            f.write(line + "\n")
        (EXPORTS / "latest.json").write_text(json.dumps(readings()[-1]))
        self.answer(201, {"stored": line})


ThreadingHTTPServer(("", 8000), Page).serve_forever()
