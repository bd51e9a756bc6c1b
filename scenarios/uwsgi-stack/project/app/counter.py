"""Counts once a minute who has read the board; a stand-in for something longer."""
import json
import os
import time

os.makedirs("/board/data", exist_ok=True)
count = 0
while True:
    count += 1
    with open("/board/data/visits.json.new", "w") as file:
        json.dump({"visits": count}, file)
    os.replace("/board/data/visits.json.new", "/board/data/visits.json")
    time.sleep(60)
