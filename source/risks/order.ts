/**
 * Of equally severe findings these risks are told first, in this order; any other comes behind them, by id. What holds
 * for a whole image stands before what one program adds to it, and what others reach before what is only near.
 */
export const TOLD_FIRST: readonly string[] = [
  'root-container', 'privileged-port', 'exposed-port', 'pickle-serializer', 'socket-mode', 'gunicorn-root-workers', 'root-reads-writable-config',
  'uwsgi-root', 'celery-root-worker', 'supervisor-root-program', 'systemd-root-service', 'nginx-root-workers', 'broker-no-auth',
];
