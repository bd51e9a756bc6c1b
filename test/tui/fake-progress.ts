import type { Progress } from '../../source/engine/session.ts';
import { text, type Text } from '../../source/model/text.ts';

/** What the sources of the storyboard's shop say. */
export const PROGRESS: readonly (readonly [Progress['source'], Text, number])[] = [
  ['docker', text('engine 28.3, compose 2.38, local socket', '引擎 28.3，compose 2.38，本地套接字'), 100],
  ['project', text('compose.yaml: 5 services, 5 running', 'compose.yaml：5 个服务，5 个在运行'), 200],
  ['files', text('3 Dockerfiles, uwsgi.ini, nginx.conf, shop/tasks.py', '3 个 Dockerfile、uwsgi.ini、nginx.conf、shop/tasks.py'), 100],
  ['processes', text('11 in 5 containers, read through Docker', '5 个容器里的 11 个，通过 Docker 读取'), 400],
];
export const JOINING = text('process, container, service, the line that decides', '进程、容器、服务、起决定作用的那一行');
