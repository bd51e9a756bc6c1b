bind = ':8000'
pidfile = '/run/app/ferry.pid'
worker_tmp_dir = '/dev/shm'
