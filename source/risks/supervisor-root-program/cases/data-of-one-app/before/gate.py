open("data/visits.json")
