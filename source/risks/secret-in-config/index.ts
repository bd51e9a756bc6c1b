import type { Risk } from '../../model/risk.ts';
import { detect, ID } from './detect.ts';
import { buildSecret } from './fixes/build-secret.ts';
import { composeSecret } from './fixes/compose-secret.ts';
import { envFile } from './fixes/env-file.ts';
import { systemdCredential } from './fixes/systemd-credential.ts';
import en from './README.md';
import zh from './README.zh-CN.md';

export const secretInConfig: Risk = {
  id: ID,
  severity: 'high',
  technologies: ['compose', 'dockerfile', 'gunicorn', 'uwsgi', 'supervisord', 'systemd', 'celery', 'django'],
  equivalents: ['CL-0020', 'CIS-DI-0010', 'DL3064', 'DS-0031'],
  readme: { en, 'zh-CN': zh },
  detect,
  fixes: [envFile, systemdCredential, composeSecret, buildSecret],
};
