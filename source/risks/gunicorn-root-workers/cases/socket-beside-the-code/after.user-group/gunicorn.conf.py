bind = 'unix:/case/admin.sock'
user = 'kiosk'
group = 'kiosk'
accesslog = '/case/access.log'
