import multiprocessing

# The badge readers are built for 443.
bind = "0.0.0.0:8443"
workers = multiprocessing.cpu_count() * 2 + 1
certfile = "/tls/doors.crt"
keyfile = "/tls/doors.key"
