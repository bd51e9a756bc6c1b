import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { declare, firstFile, grant, outOfSight, placed, readsFile, renamed, secretId, type Placed } from '../../../settings/secret-files.ts';
import { ROTATE, secretsOf, servicesOf } from '../subject.ts';

export const composeSecret: Fix = {
  id: 'compose-secret',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const seen = secretsOf(finding, machine);
    const [service, ...more] = servicesOf(finding, machine);
    const main = service && firstFile(machine, service);
    if (!service || !main || seen.length === 0 || seen.some((s) => s.holder.kind !== 'compose')) return refuse(text('only for what stands in environment: of compose', '只适用于写在 compose 的 environment: 里的值'));
    if (more.length > 0) return refuse(text('several services share the line through a YAML anchor', '多个服务通过 YAML 锚点共用这一行'));
    const changes: (Change | Refusal)[] = [];
    const files: Placed[] = [];
    const variables: { readonly name: string; readonly id: string }[] = [];
    for (const { name, value, holder, file } of seen) {
      const variable = readsFile(machine, service, name);
      if (typeof variable !== 'string') return variable;
      const put = placed(machine, service, secretId(service.compose?.service ?? service.name, name), value.reveal());
      if (isRefusal(put) || holder.kind !== 'compose') return isRefusal(put) ? put : refuse(text('it stands elsewhere', '它写在别处'));
      files.push(put);
      variables.push({ name, id: put.id });
      changes.push(put.change, renamed(file, holder.entry, variable, put.id));
    }
    const edits = all([...changes, ...grant(main.compose, main.file, main.service, files.map((f) => f.id)), ...declare(main.compose, main.file, files), ...outOfSight(machine, files)]);
    if (isRefusal(edits)) return edits;
    const open = files.some((f) => f.change.kind === 'create-file' && f.change.mode === 0o644);
    return {
      changes: edits,
      rebuild: [],
      replace: [service.name],
      moves: seen.map((s) => s.value),
      proofs: variables.map(({ name, id }) => ({ kind: 'secret' as const, service: service.name, name, now: 'file' as const, path: `/run/secrets/${id}` })),
      along: [
        { label: files.map((f) => f.path).join(', '), text: open ? text('mode 644: the program inside is another user, and a mounted file keeps its mode', '权限 644：容器里的程序是另一个用户，而挂载的文件权限不变') : text('mode 600: root inside reads it', '权限 600：容器里由 root 读取') },
        ROTATE,
      ],
    };
  },
};
