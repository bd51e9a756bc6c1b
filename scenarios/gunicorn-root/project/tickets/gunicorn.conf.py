bind = 'unix:/run/tickets/tickets.sock'
workers = 2
accesslog = '/srv/tickets/logs/access.log'
