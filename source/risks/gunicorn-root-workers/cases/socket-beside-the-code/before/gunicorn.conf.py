bind = 'unix:/case/admin.sock'
accesslog = '/case/access.log'
