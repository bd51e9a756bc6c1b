import os
from flask import Flask, request
app = Flask(__name__)
NOTES = "/var/lib/portal/notes.txt"
@app.get("/")
def index():
    return open(NOTES).read() if os.path.exists(NOTES) else "no notes\n"
@app.post("/note")
def note():
    with open(NOTES, "a") as f:
        f.write(request.form["text"] + "\n")
    return "noted\n", 201
@app.post("/big")
def big():
    return "%d\n" % len(request.get_data())
