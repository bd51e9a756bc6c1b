umask = 0
user = "quay"
group = "quay"
