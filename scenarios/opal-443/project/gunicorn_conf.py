timeout = 30
certfile = "/tls/dev.crt"
keyfile = "/tls/dev.key"
