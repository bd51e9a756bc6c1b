import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { distributionOf } from '../../../settings/distribution.ts';
import { accountEdit } from '../../../settings/missing-account.ts';
import { runAs } from '../../../settings/run-as.ts';
import { has } from '../../../settings/user-entry.ts';
import { writtenPlaces } from '../../../settings/written-places.ts';
import { missingIn, rest } from '../missing.ts';

/** A name that could be anything does not go into a RUN line. */
const PLAIN = /^[a-z_][a-z0-9_-]{0,31}$/i;

/** The account that the Dockerfile names, made with the base's own tools above the first line that needs it. */
export const createUser: Fix = {
  id: 'create-user',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const missing = missingIn(finding, machine);
    if (isRefusal(missing)) return missing;
    const { image, services, name, kind, user } = missing;
    if (!image) return refuse(text('there is no Dockerfile here to make it in', '这里没有可以创建它的 Dockerfile'));
    const distribution = distributionOf(image);
    if (distribution === 'bare' || distribution === 'shell') return refuse(text('this base has no tools to make a user with', '这个基础镜像没有创建用户的工具'));
    const group = user.value.split(':')[1];
    if (!PLAIN.test(name) || (group !== undefined && !PLAIN.test(group) && !/^\d+$/.test(group))) return refuse(text(`${name} is no name that an account can have`, `${name} 不能作为账号名`));
    const { folders } = writtenPlaces(machine, services);
    const [first] = services;
    const lacksGroup = kind === 'user' && first && group !== undefined && !/^\d+$/.test(group) && has(machine, first, 'group', group) === false ? group : undefined;
    const edit = accountEdit(machine, image, { kind, name, user: runAs(machine, services), folders: kind === 'user' ? folders : [], ...(lacksGroup === undefined ? {} : { group: lacksGroup }) });
    return { ...rest(missing, true), changes: [edit] };
  },
};
