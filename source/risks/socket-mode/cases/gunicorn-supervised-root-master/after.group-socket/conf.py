bind = "unix:/run/quay/quay.sock"
umask = 0o117  # nginx could not connect
user = "quay"
group = "www-data"
