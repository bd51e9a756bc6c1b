bind = '127.0.0.1:8000'
user = 'kiosk'
group = 'kiosk'
accesslog = '/var/log/kiosk/access.log'
