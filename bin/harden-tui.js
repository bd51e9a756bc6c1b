#!/usr/bin/env node
// Old syntax on purpose: any Node must get as far as the sentence below. What needs a newer one is in load.js.
'use strict';
var version = process.versions.node;

if (Number(version.split('.')[0]) < 20) {
  process.stderr.write(
    'harden-tui needs Node.js 20 or newer; this is ' + version + ' (' + process.execPath + ').\n' +
    'Install a current Node.js, or run it with one: npx -p node@22 -p harden-tui harden-tui\n'
  );
  process.exitCode = 2;
} else {
  require('./load.js');
}
