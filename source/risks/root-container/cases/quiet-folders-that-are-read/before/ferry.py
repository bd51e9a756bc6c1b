import logging

from flask import Flask

app = Flask(__name__)
logging.getLogger().addHandler(logging.FileHandler("/var/log/ferry.log"))


# A clerk once did: open("data/summer.csv", "w")
@app.get("/")
def departures():
    with open("data/summer.csv") as file, open("/tmp/seen", "w") as seen:
        seen.write("1")
        return file.read()
