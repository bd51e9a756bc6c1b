bind = ':8000'
pidfile = '/tmp/ferry.pid'
worker_tmp_dir = '/dev/shm'
