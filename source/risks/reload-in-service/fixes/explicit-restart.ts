import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { otherReaders } from '../../../settings/gunicorn-shared.ts';
import { told } from '../../../settings/gunicorn-settings.ts';
import { reloads, withoutReload } from '../../../settings/reloads.ts';

const WORDS = ['--reload', '--autoreload', '--py-autoreload', '--py-auto-reload', '--touch-reload', '--touch-chain-reload'];

/** The flag or the line goes; a deploy restarts the service on purpose. */
export const explicitRestart: Fix = {
  id: 'explicit-restart',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const one = reloads(machine).find((r) => r.program.service.name === finding.detail['service'] && r.program.name === finding.detail['program']);
    if (!one) return refuse(text('it does not reload itself any more', '它已不再自己重新加载'));
    const edits = withoutReload(machine, one);
    if (isRefusal(edits)) return edits;
    const { service } = one.program;
    // Taken out of a file that others load: they go on reloading until they are started anew.
    const said = one.gunicorn && told(machine, one.gunicorn, 'reload');
    const others = one.gunicorn && said && [said, ...said.hides].some((t) => t.inConfig) ? otherReaders(machine, [one.gunicorn]).map((g) => g.program.service) : [];
    const anew = [...new Map([service, ...others].map((s) => [s.name, s])).values()];
    const by = service.host?.by === 'systemd' ? `systemctl restart ${service.host.name}` : one.program.starter === 'supervisord' ? `supervisorctl restart ${one.program.name}` : `docker compose up -d --build ${service.compose?.service ?? service.name}`;
    return {
      changes: edits,
      rebuild: anew.filter((s) => s.build).map((s) => s.name),
      replace: anew.map((s) => s.name),
      proofs: [{ kind: 'runs-without', service: service.name, program: one.program.name, words: WORDS }],
      along: [{ label: text('deploy', '部署'), text: text(`new code runs after a restart on purpose: ${by}`, `新代码要主动重启才会运行：${by}`) }],
    };
  },
};
