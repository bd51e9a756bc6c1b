from flask import Flask, request

from .tasks import forward

app = Flask(__name__)


@app.post("/parcels/<int:parcel_id>")
def hand_in(parcel_id):
    forward.delay(parcel_id, request.form["stop"])
    return {"parcel": parcel_id}, 202
