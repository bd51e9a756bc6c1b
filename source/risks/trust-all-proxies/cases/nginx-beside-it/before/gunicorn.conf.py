bind = "0.0.0.0:8000"
forwarded_allow_ips = "*"  # nginx is in front
