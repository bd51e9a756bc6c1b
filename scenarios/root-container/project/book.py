import os
import sqlite3
import uuid

from flask import Flask, request

app = Flask(__name__)


def book():
    db = sqlite3.connect("data/book.db")
    db.execute("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT)")
    return db


@app.get("/")
def index():
    notes = book().execute("SELECT text FROM notes ORDER BY id DESC").fetchall()
    photos = [name for name in os.listdir("uploads") if name.endswith(".jpg")]
    return {
        "hut": os.environ.get("HUT_NAME"),
        "notes": [text for (text,) in notes],
        "photos": sorted(photos),
    }


@app.post("/note")
def note():
    with book() as db:
        db.execute("INSERT INTO notes (text) VALUES (?)", [request.get_data(as_text=True)])
    return {"saved": True}, 201


# The photo frame in the dining room shows whatever lies in ./uploads on the host.
@app.post("/upload")
def upload():
    name = f"{uuid.uuid4()}.jpg"
    with open(f"uploads/{name}", "wb") as f:
        f.write(request.get_data())
    return {"name": name}, 201
