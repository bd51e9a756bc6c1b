bind = 'unix:/run/desk/desk.sock'
umask = 0o117
user = 'www-data'
group = 'www-data'
