import { isRefusal, refuse, type Fix } from '../../../model/risk.ts';
import { text } from '../../../model/text.ts';
import { proxyAddresses } from '../../../settings/fronted-by.ts';
import { trustOnly, trustsAll } from '../../../settings/trusted-proxies.ts';

/** The addresses of the proxy that really stands in front, in the place of the star. */
export const proxyList: Fix = {
  id: 'proxy-list',
  safety: 'review',
  proven: true,
  propose(finding, machine) {
    const one = trustsAll(machine).find((t) => t.program.service.name === finding.detail['service'] && t.program.name === finding.detail['program']);
    if (!one) return refuse(text('it does not believe every proxy any more', '它已不再相信任何代理'));
    const { program } = one;
    const { who, addresses } = proxyAddresses(machine, program, one.port);
    if (who === undefined) return refuse(text('no proxy in front of it was found here: write its address, or 127.0.0.1 where it runs on the same machine', '这里没有找到它前面的代理：请写上代理的地址；在同一台机器上就写 127.0.0.1'));
    if (addresses.length === 0) {
      return refuse(text(`${who} has another address at each start, and gunicorn before 24.1 takes no networks: give ${who} an ipv4_address, or let them speak over a unix socket`, `${who} 每次启动地址都不同，而 24.1 之前的 gunicorn 不支持网段：请给 ${who} 固定的 ipv4_address，或者改用 unix 套接字`));
    }
    const edit = trustOnly(machine, one, addresses.join(','));
    if (isRefusal(edit)) return edit;
    const { service } = program;
    return {
      changes: [edit],
      rebuild: service.build ? [service.name] : [],
      replace: [service.name],
      proofs: [{ kind: 'runs-without', service: service.name, program: program.name, words: ['--forwarded-allow-ips=*', '*'] }],
      along: [{ label: addresses.join(', '), text: text(`${who}; what anybody else says of a request is not believed`, `${who}；别人怎么说都不信`) }],
    };
  },
};
