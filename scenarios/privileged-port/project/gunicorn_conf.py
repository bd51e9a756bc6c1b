# The readers at the doors only know https://, so this has to be 443.
bind = "0.0.0.0:443"
workers = 2
threads = 4
certfile = "/tls/dev.crt"
keyfile = "/tls/dev.key"
