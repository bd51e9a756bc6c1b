// Little Celery apps, each with its settings in another spelling or from another place; all of them `relay.tasks:app`.

export interface CeleryApp {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** The real one does not take it, and says so. */
  readonly refused?: RegExp;
}

const MIXED = /ImproperlyConfigured: .*Cannot mix (?:new and old setting keys|new setting names with old setting names)/s;

/** `before` makes the app and is followed by `after`; `conf` is its configuration module, if it has one. */
function app(name: string, { before = 'app = Celery("relay")', after = '', conf, more = {}, refused }: { before?: string; after?: string; conf?: string; more?: Record<string, string>; refused?: RegExp }): CeleryApp {
  return {
    name, ...(refused ? { refused } : {}),
    files: { 'relay/__init__.py': '', 'relay/tasks.py': `from celery import Celery\n\n${before}\n${after}\n\n\n@app.task\ndef forward(parcel):\n    return parcel\n`, ...(conf === undefined ? {} : { 'relay/celeryconfig.py': conf }), ...more },
  };
}

const LOAD = 'app = Celery("relay")\napp.config_from_object("relay.celeryconfig")';
const spaced = (namespace: string): string => `app = Celery("relay")\napp.config_from_object("relay.celeryconfig", namespace="${namespace}")`;

const NEW = 'accept_content = ["pickle", "json"]\ntask_serializer = "pickle"\nresult_serializer = "pickle"\n';
const OLD = 'CELERY_ACCEPT_CONTENT = ["pickle", "json"]\nCELERY_TASK_SERIALIZER = "pickle"\nCELERY_RESULT_SERIALIZER = "pickle"\n';
const OLD_WORKER = 'CELERYD_CONCURRENCY = 2\nCELERYD_PREFETCH_MULTIPLIER = 1\nCELERYD_TASK_TIME_LIMIT = 60\n';

export const APPS: readonly CeleryApp[] = [
  // A module, without a namespace.
  app('new names', { before: LOAD, conf: NEW }),
  app('old names', { before: LOAD, conf: OLD }),
  app("old names with BROKER_URL and the worker's own", { before: LOAD, conf: `BROKER_URL = "redis://redis/0"\n${OLD_WORKER}${OLD}` }),
  app('old names of events', { before: LOAD, conf: `${OLD}CELERY_EVENT_SERIALIZER = "pickle"\n` }),
  app('old names of results', { before: LOAD, conf: `${OLD}CELERY_RESULT_ACCEPT_CONTENT = ["pickle"]\n` }),
  app('new names of results', { before: LOAD, conf: `${NEW}result_accept_content = ["pickle"]\n` }),
  app('both names of one setting', { before: LOAD, conf: `${NEW}CELERY_ACCEPT_CONTENT = ["json"]\n` }),
  app('both names of one setting, the other way round', { before: LOAD, conf: `accept_content = ["json"]\n${OLD}` }),
  app('a mixture, mostly new', { before: LOAD, conf: `${NEW}CELERYD_CONCURRENCY = 2\n`, refused: MIXED }),
  app('a mixture, mostly old', { before: LOAD, conf: `${OLD_WORKER}accept_content = ["pickle"]\n`, refused: MIXED }),
  app('new names beside BROKER_URL', { before: LOAD, conf: `BROKER_URL = "redis://redis/0"\n${NEW}`, refused: MIXED }),
  app('a name that is none', { before: LOAD, conf: 'task_accept_content = ["pickle"]\nCELERY_TASK_ACCEPT_CONTENT = ["pickle"]\n' }),
  app('the address by its old name', { before: LOAD, conf: 'BROKER_URL = "redis://redis/7"\n' }),
  app('the address by its new name', { before: LOAD, conf: 'broker_url = "redis://redis/7"\n' }),
  app("the address by Celery's prefix, without a namespace", { before: LOAD, conf: 'CELERY_BROKER_URL = "redis://redis/7"\n' }),
  app('the address as an argument', { before: 'app = Celery("relay", broker="redis://redis/7")' }),
  // With a namespace.
  app('namespace CELERY', { before: spaced('CELERY'), conf: `CELERY_BROKER_URL = "redis://redis/0"\n${OLD}` }),
  app('namespace CELERY, new names inside', { before: spaced('CELERY'), conf: NEW }),
  app("namespace CELERY and the worker's old names", { before: spaced('CELERY'), conf: `${OLD_WORKER}BROKER_URL = "redis://redis/0"\n${OLD}` }),
  app('namespace CELERY and json in the other spelling', { before: spaced('CELERY'), conf: 'CELERY_ACCEPT_CONTENT = ["json"]\naccept_content = ["pickle"]\n' }),
  app('namespace POST', { before: spaced('POST'), conf: 'POST_ACCEPT_CONTENT = ["pickle"]\nPOST_TASK_SERIALIZER = "pickle"\n' }),
  app('namespace POST, and the names of none', { before: spaced('POST'), conf: OLD }),
  app('namespace POST, new names inside', { before: spaced('POST'), conf: NEW }),
  app('namespace in small letters', { before: spaced('post'), conf: 'post_accept_content = ["pickle"]\nPOST_TASK_SERIALIZER = "pickle"\n' }),
  app('namespace CELERY and the address without it', { before: spaced('CELERY'), conf: 'BROKER_URL = "redis://redis/7"\n' }),
  // In the code.
  app('update, new names', { after: 'app.conf.update(accept_content=["pickle", "json"], task_serializer="pickle")' }),
  app('update, old names', { after: 'app.conf.update(CELERY_ACCEPT_CONTENT=["pickle", "json"], CELERY_TASK_SERIALIZER="pickle")' }),
  app('update with a dict, old names', { after: 'app.conf.update({"CELERY_ACCEPT_CONTENT": ["pickle", "json"], "CELERY_TASK_SERIALIZER": "pickle"})' }),
  app('attributes, new names', { after: 'app.conf.accept_content = ["pickle"]\napp.conf.task_serializer = "pickle"' }),
  app('attributes, old names', { after: 'app.conf.CELERY_ACCEPT_CONTENT = ["pickle"]\napp.conf.CELERY_TASK_SERIALIZER = "pickle"' }),
  app('items, old names', { after: 'app.conf["CELERY_ACCEPT_CONTENT"] = ["pickle"]\napp.conf["CELERY_TASK_SERIALIZER"] = "pickle"' }),
  app('arguments of Celery, new names', { before: 'app = Celery("relay", accept_content=["pickle"], task_serializer="pickle")' }),
  app('arguments of Celery, old names', { before: 'app = Celery("relay", CELERY_ACCEPT_CONTENT=["pickle"], CELERY_TASK_SERIALIZER="pickle")' }),
  app('a class', { before: 'class Settings:\n    accept_content = ["pickle"]\n    task_serializer = "pickle"\n\n\napp = Celery("relay")\napp.config_from_object(Settings)' }),
  app('a class, old names', { before: 'class Settings:\n    CELERY_ACCEPT_CONTENT = ["pickle"]\n    CELERY_TASK_SERIALIZER = "pickle"\n\n\napp = Celery("relay")\napp.config_from_object(Settings)' }),
  app('a dict, old names', { before: 'app = Celery("relay")\napp.config_from_object({"CELERY_ACCEPT_CONTENT": ["pickle"], "CELERY_TASK_SERIALIZER": "pickle"})' }),
  app('nothing said', {}),
  // Several places.
  app('a module with pickle, the code with json', { before: LOAD, after: 'app.conf.accept_content = ["json"]', conf: 'accept_content = ["pickle"]\n' }),
  app('a module with json, the code with pickle', { before: LOAD, after: 'app.conf.accept_content = ["pickle"]', conf: 'accept_content = ["json"]\n' }),
  app('a module of old names with json, the code with pickle by its new name', { before: LOAD, after: 'app.conf.accept_content = ["pickle"]', conf: 'CELERY_ACCEPT_CONTENT = ["json"]\n' }),
  app('a module of new names with pickle, the code with json by its old name', { before: LOAD, after: 'app.conf.CELERY_ACCEPT_CONTENT = ["json"]', conf: 'accept_content = ["pickle"]\n' }),
  app('update of old names behind a module of new ones', { before: LOAD, after: 'app.conf.update(CELERY_ACCEPT_CONTENT=["pickle"])', conf: 'accept_content = ["json"]\n' }),
  app('arguments of Celery and a module', { before: 'app = Celery("relay", accept_content=["pickle"])\napp.config_from_object("relay.celeryconfig")', conf: 'accept_content = ["json"]\n' }),
  // Values.
  app('a name of MIME', { before: LOAD, conf: 'CELERY_ACCEPT_CONTENT = ["application/x-python-serialize"]\n' }),
  app('an empty list', { before: LOAD, conf: 'CELERY_ACCEPT_CONTENT = []\n' }),
];
