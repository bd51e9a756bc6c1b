import csv
import uuid

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def departures():
    with open("timetable/summer.csv") as file:
        return {"departures": list(csv.DictReader(file))}


@app.post("/ticket")
def ticket():
    name = f"{uuid.uuid4()}.txt"
    with open(f"tickets/{name}", "wb") as file:
        file.write(request.get_data())
    return {"ticket": name}, 201
