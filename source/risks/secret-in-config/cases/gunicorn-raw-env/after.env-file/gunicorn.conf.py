bind = "0.0.0.0:8000"
raw_env = [
    "TZ=UTC",
    ]
