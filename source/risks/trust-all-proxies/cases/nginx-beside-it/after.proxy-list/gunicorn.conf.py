bind = "0.0.0.0:8000"
forwarded_allow_ips = "127.0.0.1"  # nginx is in front
