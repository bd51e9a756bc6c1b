bind = 'unix:/run/desk/desk.sock'
umask = 0o117
user = 'desk'
group = 'www-data'
