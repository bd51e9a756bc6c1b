user = 1180
group = 1180
bind = '0.0.0.0:8000'
