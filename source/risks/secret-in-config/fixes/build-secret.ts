import type { Change } from '../../../model/change.ts';
import { isRefusal, refuse, type Fix, type Refusal } from '../../../model/risk.ts';
import { spaced, text } from '../../../model/text.ts';
import { all } from '../../../settings/broker-edits.ts';
import { asBuildSecret } from '../../../settings/build-secret.ts';
import { written } from '../../../settings/compose-services.ts';
import { editsOf } from '../../../settings/edit.ts';
import { declare, firstFile, grantToBuild, outOfSight, placed, withoutArg, type Placed } from '../../../settings/secret-files.ts';
import { ROTATE, secretsOf, servicesOf } from '../subject.ts';

export const buildSecret: Fix = {
  id: 'build-secret',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const seen = secretsOf(finding, machine);
    const forBuild = seen.every((s) => s.holder.kind === 'build-arg' || (s.holder.kind === 'dockerfile' && s.holder.keyword === 'ARG'));
    if (seen.length === 0 || !forBuild) return refuse(text('only for build arguments', '只适用于构建参数'));
    // Every service that builds the file changes with it, or its build would not find the secret.
    const named = servicesOf(finding, machine);
    const services = machine.services.filter((s) => s.build && named.some((n) => n.build?.dockerfile === s.build?.dockerfile));
    const outside = services.find((s) => !s.compose);
    if (services.length === 0 || outside) return refuse(text(`${outside?.name ?? 'the image'} is not built by compose: give docker build --secret where it is called`, `${spaced(outside?.name ?? '镜像').trimStart()}不是由 compose 构建的：请在调用 docker build 的地方加 --secret`));
    const changes: (Change | Refusal)[] = [];
    const [first] = services;
    const files: Placed[] = [];
    for (const { name, value } of seen) {
      if (!first) continue;
      const put = placed(machine, first, name.toLowerCase(), value.reveal(), 0o600);
      if (isRefusal(put)) return put;
      files.push(put);
      changes.push(put.change);
      const dockerfile = first.build && machine.files.get(first.build.dockerfile);
      changes.push(dockerfile ? asBuildSecret(machine, dockerfile, name, put.id) : refuse(text('its Dockerfile is not here', '它的 Dockerfile 不在这里')));
      for (const s of services) {
        for (const { file, compose, service } of s.compose ? written(machine.files, s.compose) : []) changes.push(editsOf(file, withoutArg(compose, service, name)));
        // A service that only names the image has no build to be granted anything.
        const main = s.builtBy === undefined ? firstFile(machine, s) : undefined;
        if (main) changes.push(editsOf(main.file, grantToBuild(main.compose, main.service, put.id)));
      }
    }
    const main = first && firstFile(machine, first);
    const edits = all([...changes, ...(main ? declare(main.compose, main.file, files) : []), ...outOfSight(machine, files)]);
    if (isRefusal(edits)) return edits;
    const names = services.map((s) => s.name);
    return {
      changes: edits,
      rebuild: names,
      replace: names,
      moves: seen.map((s) => s.value),
      proofs: names.flatMap((service) => seen.map((s) => ({ kind: 'secret' as const, service, name: s.name, now: 'nowhere' as const }))),
      along: [{ label: files.map((f) => f.path).join(', '), text: text('mode 600, not in git; each checkout needs its own', '权限 600，不进 git；每份检出都要有自己的一份') }, ROTATE],
    };
  },
};
