bind = "unix:/run/quay/quay.sock"
umask = 0o000  # nginx could not connect
user = "quay"
group = "quay"
