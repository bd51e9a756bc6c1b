// `import text from './README.md'` for sources run through tsx; the bundle has esbuild's text loader for the same.
import { register } from 'node:module';

const hook = `
import { readFile } from 'node:fs/promises';
export const load = async (url, context, next) =>
  new URL(url).pathname.endsWith('.md')
    ? { format: 'module', shortCircuit: true, source: 'export default ' + JSON.stringify(await readFile(new URL(url), 'utf8')) }
    : next(url, context);
`;
register('data:text/javascript,' + encodeURIComponent(hook));
