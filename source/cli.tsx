import { version } from '../package.json';

process.stdout.write(process.argv.includes('--version') ? `${version}\n` : 'harden-tui [PATH]\n');
