from flask import Flask, request

from .tasks import forward

app = Flask(__name__)


@app.post("/parcels/<int:parcel_id>")
def hand_in(parcel_id):
    forward.apply_async((parcel_id, request.form["stop"]), serializer="json", countdown=5)
    return {"parcel": parcel_id}, 202
