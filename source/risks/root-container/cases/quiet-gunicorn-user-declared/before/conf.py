bind = "0.0.0.0:8000"
user = 1180
group = 1180
