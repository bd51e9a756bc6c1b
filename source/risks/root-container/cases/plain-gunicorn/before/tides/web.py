from flask import Flask

app = Flask(__name__)


@app.get("/")
def next_high_water():
    return {"harbour": "Husum", "high_water": "14:20"}
