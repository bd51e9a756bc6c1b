pidfile = '/tmp/ferry.pid'
