open("/case/data/visits.json", "w")
