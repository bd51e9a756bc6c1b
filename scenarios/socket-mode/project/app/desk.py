from flask import Flask

app = Flask(__name__)

DEPARTURES = [
    ("08:10", "Ferry to the north pier"),
    ("09:45", "Ferry to the lighthouse"),
    ("12:30", "Ferry to the north pier"),
    ("17:05", "Last boat back"),
]


@app.get("/")
def index():
    rows = "".join(f"<tr><td>{at}<td>{what}" for at, what in DEPARTURES)
    return f"<!doctype html><title>Departures</title><table>{rows}</table>"


@app.get("/departures.json")
def departures():
    return {"departures": [{"at": at, "what": what} for at, what in DEPARTURES]}
