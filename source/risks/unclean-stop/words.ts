import { text, type Text } from '../../model/text.ts';
import type { Unclean } from '../../settings/unclean-stop.ts';

interface Words {
  readonly title: Text;
  readonly short: Text;
  readonly because: Text;
  readonly note: Text;
}

const OWNER = { supervisord: 'supervisord', systemd: 'systemd', docker: 'Docker' } as const;
const said = (n: number): string => (Number.isInteger(n) ? String(n) : n.toFixed(1));

/** What there is to say of each kind. */
export function words({ program: { name, kind }, why, time, signal }: Unclean): Words {
  if (why === 'reloads' && signal === 'QUIT') {
    return {
      title: text(`${name} starts anew when it is told to stop`, `让 ${name} 停止，它却重新启动`),
      short: text(`${name} starts anew on stop`, `停止 ${name} 会重新启动它`),
      because: text('It is stopped with SIGQUIT, and die-on-term swaps the two signals of uWSGI: SIGTERM stops it, and SIGQUIT now means reload. After the time is up it is killed, and a worker that is just being started can stay behind, alone.', '停止它用的是 SIGQUIT，而 die-on-term 会把 uWSGI 的两个信号对调：SIGTERM 变成停止，SIGQUIT 变成重新加载。时间一到它就被强行杀掉，正在启动的工作进程可能就此留在那里，没有人管。'),
      note: text('die-on-term makes SIGQUIT a reload', 'die-on-term 让 SIGQUIT 变成重新加载'),
    };
  }
  if (why === 'reloads') {
    return {
      title: text(`${name} starts anew when it is told to stop`, `让 ${name} 停止，它却重新启动`),
      short: text(`${name} starts anew on stop`, `停止 ${name} 会重新启动它`),
      because: text('It is stopped with SIGTERM, and to uWSGI that means: reload. After the time is up it is killed, with the requests that it is answering.', '停止它用的是 SIGTERM，而对 uWSGI 来说，那是重新加载。时间一到它就被强行杀掉，正在处理的请求也跟着没了。'),
      note: text('and no die-on-term', '没有 die-on-term'),
    };
  }
  if (why === 'leaves-socket') {
    return {
      title: text(`${name} leaves its socket behind when it stops`, `${name} 停止后套接字还留着`),
      short: text(`${name} leaves its socket behind`, `${name} 停止后套接字还在`),
      because: text('Without vacuum the socket stays. A web server goes on trying it, and who starts next as another user may not remove it: "unlink(): Operation not permitted".', '没有 vacuum，套接字会留下来。Web 服务器会继续连它；下次换一个用户启动时又删不掉它：“unlink(): Operation not permitted”。'),
      note: text('and no vacuum', '没有 vacuum'),
    };
  }
  if (why === 'all-at-once') {
    return {
      title: text(`${name} loses its tasks when it is stopped`, `停止 ${name} 会丢掉正在做的任务`),
      short: text(`${name} loses its tasks on stop`, `停止 ${name} 会丢任务`),
      because: text('The processes that do the tasks are told to stop together with the worker, and SIGTERM ends them at once. The task is lost: "Worker exited prematurely: signal 15".', '执行任务的子进程和 worker 一起收到停止信号，而 SIGTERM 会立刻结束它们。任务就丢了：“Worker exited prematurely: signal 15”。'),
      note: text('its children are told, too', '它的子进程也会收到'),
    };
  }
  const { given = 10, wants = 30, by = 'supervisord', said: written = false } = time ?? {};
  const owner = OWNER[by];
  if (kind === 'celery') {
    return {
      title: text(`${name} is killed in the middle of its tasks`, `${name} 会在任务做到一半时被杀掉`),
      short: text(`${name} is killed amid tasks`, `${name} 任务做到一半被杀`),
      because: text(`A worker that is told to stop ends its tasks first, and after ${said(given)} seconds ${owner} kills it. What it was doing is lost.`, `worker 收到停止信号后会先做完手上的任务，而 ${owner} 等 ${said(given)} 秒就把它杀掉，做到一半的任务就丢了。`),
      note: written ? text('too short for a task', '对任务来说太短') : text(`and no time of its own: ${owner} waits ${said(given)} s`, `没有写等待时间：${owner} 只等 ${said(given)} 秒`),
    };
  }
  return {
    title: text(`${name} is killed before its own time to stop is over`, `${name} 还没到自己的停止期限就会被杀掉`),
    short: text(`${name} is killed too early`, `${name} 过早被杀掉`),
    because: text(`gunicorn gives its requests ${said(wants)} seconds to end, and ${owner} kills it after ${said(given)}. Who was being answered then gets nothing.`, `gunicorn 给请求 ${said(wants)} 秒收尾，而 ${owner} 等 ${said(given)} 秒就把它杀掉，正在处理的请求得不到应答。`),
    note: text(`${owner} waits ${said(given)} s, gunicorn up to ${said(wants)} s`, `${owner} 等 ${said(given)} 秒，gunicorn 最多 ${said(wants)} 秒`),
  };
}
