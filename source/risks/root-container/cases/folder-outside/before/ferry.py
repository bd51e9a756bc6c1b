import os
import uuid

from flask import Flask, request

app = Flask(__name__)


@app.post("/ticket")
def ticket():
    name = f"{uuid.uuid4()}.txt"
    with open(os.path.join("uploads", name), mode="wb") as file:
        file.write(request.get_data())
    return {"ticket": name}, 201
