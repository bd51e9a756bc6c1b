import { posix } from 'node:path';
import { isRefusal, type Risk } from '../../model/risk.ts';
import { text } from '../../model/text.ts';
import { handedFolders } from '../../settings/handed-over.ts';
import { detect, ID } from './detect.ts';
import { cliFlags } from './fixes/cli-flags.ts';
import { supervisorUser } from './fixes/supervisor-user.ts';
import { systemdUser } from './fixes/systemd-user.ts';
import { userGroup } from './fixes/user-group.ts';
import { gunicornsOfFinding } from './subject.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const gunicornRootWorkers: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['gunicorn', 'supervisord', 'systemd'],
  equivalents: [],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [userGroup, cliFlags, systemdUser, supervisorUser],
  recommend(finding, machine) {
    const all = gunicornsOfFinding(finding, machine);
    // A folder that becomes the app's, and from which a root master would go on reading.
    const reads = !isRefusal(all) && all.some((g) => g.program.starter === 'supervisord' && g.configPath !== undefined && handedFolders(machine, g.program).includes(posix.dirname(g.configPath)));
    return reads ? { fix: 'supervisor-user', because: text('the app writes right beside its configuration, which a root master would go on reading', '应用直接在配置旁边写文件，而 root 主进程还会继续读那个配置') } : undefined;
  },
};
