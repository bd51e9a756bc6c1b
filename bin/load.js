'use strict';
const { existsSync } = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const entry = path.join(__dirname, '..', 'dist', 'cli.js');

// Node's own warnings (deprecations, experiments) are for us, not for the user, and would be drawn across the screen.
if (!process.env.NODE_OPTIONS) process.removeAllListeners('warning');

// The last net: source/cli.tsx tells Stop from Bug itself. What gets past it is ours, and must not print a page of bundle.
const bug = (error) => {
  const stack = String((error && error.stack) || error);
  const lines = stack.split('\n').slice(0, 8).map((line) => '  ' + line.slice(0, 200));
  process.stderr.write(
    '\nharden-tui stopped: this is a bug in harden-tui, not in your project.\n' +
    lines.join('\n') + '\n\n' +
    'Please report it with the lines above. What was applied is in `harden-tui history`; `harden-tui undo` takes it back.\n'
  );
  process.exit(2);
};

if (existsSync(entry)) {
  process.on('uncaughtException', bug);
  import(pathToFileURL(entry).href).catch(bug);
} else {
  process.stderr.write('harden-tui is not built here yet. In a clone: npm start -- ' + process.argv.slice(2).join(' ') + '\n');
  process.exitCode = 2;
}
