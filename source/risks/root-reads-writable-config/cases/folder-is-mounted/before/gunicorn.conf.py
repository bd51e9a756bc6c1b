user = 1000
group = 1000
bind = '0.0.0.0:8000'
