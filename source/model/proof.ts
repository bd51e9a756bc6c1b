import type { Text } from './text.ts';

/** What a fix owes: facts to be seen on the processes that run afterwards. Plain data, read by engine/witness. */
export type Proof =
  /** `program`: only that one of the several that supervisord runs there. */
  | { readonly kind: 'not-root'; readonly service: string; readonly uid?: number; readonly program?: string }
  /** Workers of one gunicorn: neither root nor in root's group; with `master` its master neither; `user`: whom they were to become, a name or a number. */
  | { readonly kind: 'gunicorn-workers'; readonly service: string; readonly program: string; readonly master?: boolean; readonly user?: string }
  /** Workers of one nginx are not root; its master and whatever else runs beside it may be. `program`: its name where supervisord starts it, else empty. */
  | { readonly kind: 'nginx-workers'; readonly service: string; readonly program: string }
  /** Nobody but this machine (or this container) itself reaches that port of the service; `socket`: the file that takes its place. */
  | { readonly kind: 'loopback-only'; readonly service: string; readonly port: number; readonly socket?: string }
  /** The program runs, and without these words of its command line. */
  | { readonly kind: 'runs-without'; readonly service: string; readonly program: string; readonly words: readonly string[] }
  | { readonly kind: 'no-root-port'; readonly service: string; readonly port?: number; /** Nothing helps the new user to it: low ports have to be everybody's in there. */ readonly anybody?: boolean }
  /** The worker itself says what it reads; where it signs, the day its certificate ends is read with it. */
  | { readonly kind: 'serializers'; readonly service: string; readonly accept: readonly string[]; readonly certificate?: string }
  | { readonly kind: 'reach'; readonly service: string; readonly port: number; readonly published: 'loopback' | 'no'; readonly outside: readonly number[] }
  /** No process of the service may write there: it is asked as the user of each. */
  | { readonly kind: 'not-writable'; readonly service: string; readonly paths: readonly string[] }
  /** Every user who runs in the service may write there. */
  | { readonly kind: 'writable'; readonly service: string; readonly paths: readonly string[]; /** It was asked before the first step, and nobody could. */ readonly before?: 'no' }
  /** The container is under the host's AppArmor or SELinux: no option takes it out. */
  | { readonly kind: 'confined'; readonly service: string }
  /** Whatever is started in the container, it gains nothing. */
  | { readonly kind: 'no-new-privileges'; readonly service: string }
  /** No process of the container has, or could get, more than these (names without `CAP_`). */
  | { readonly kind: 'capabilities'; readonly service: string; readonly allowed: readonly string[] }
  /** Nothing can be written in the container's own file system but in these folders. */
  | { readonly kind: 'read-only'; readonly service: string; readonly writable: readonly string[] }
  /** The engine found the user that the container is to run as, and it runs. */
  | { readonly kind: 'user-found'; readonly service: string }
  /** Mode bits that a file or folder in the container must not have. */
  | { readonly kind: 'path-mode'; readonly service: string; readonly path: string; readonly forbids: number }
  /** A file of sudoers as it lies in the project: visudo accepts it. */
  | { readonly kind: 'sudoers'; readonly file: string }
  /** Its owner starts this program again when it ends. */
  | { readonly kind: 'kept-up'; readonly service: string; readonly program: string }
  /** Every process of the unit may gain nothing, and its bounding set holds these capabilities at most (names, joined by blanks). */
  | { readonly kind: 'sandbox'; readonly service: string; readonly unit: string; readonly capabilities?: string }
  /** The broker refuses who brings no login, and its clients' workers still speak through it. */
  | { readonly kind: 'broker-login'; readonly service: string; readonly broker: 'redis' | 'rabbitmq'; readonly host: string; readonly clients: readonly string[] }
  /** A secret that was moved: the service has it in its environment, in a file, on its command line by compose's `.env`, or (what was for the build) nowhere. */
  | { readonly kind: 'secret'; readonly service: string; readonly name: string; readonly now: 'environment' | 'file' | 'command' | 'nowhere'; readonly path?: string }
  /** No way leads out of the service's network (or its unit refuses every address), and a worker still answers through its broker. */
  | { readonly kind: 'no-egress'; readonly service: string }
  /** A file with secrets that git does not take along. */
  | { readonly kind: 'kept-out'; readonly file: string }
  /** The worker speaks to its broker on this port alone, by TLS. */
  | { readonly kind: 'broker-tls'; readonly service: string; readonly port: number }
  /** Nobody of the service listens on this port; with `beyond`, on loopback at most. `closes`: what was published answers no more. */
  | { readonly kind: 'no-listener'; readonly service: string; readonly port: number; readonly beyond?: 'loopback'; readonly closes?: boolean }
  /** An HTTP that turns away who brings no login: on a port, or on a socket. `door`: the supervisord file that says where the socket is by then. */
  | { readonly kind: 'asks-login'; readonly service: string; readonly port?: number; readonly path?: string; readonly door?: string }
  /** A file that the image must not hold any more, and the container still has. */
  | { readonly kind: 'not-in-image'; readonly service: string; readonly path: string }
  /** One program runs where its owner watches over it. */
  | { readonly kind: 'supervised'; readonly service: string; readonly program: string }
  /** `door`: a file of supervisord's, which says where the socket lies by then: another fix may move it in the same run. */
  | { readonly kind: 'socket'; readonly service: string; readonly path: string; readonly mode: number; readonly peer?: number; /** Its group, where that is what lets it in; else its own number. */ readonly peerGroup?: number; readonly door?: string };

export type Outcome = 'gone' | 'left' | 'cannot-tell';

/** gone / left / cannot tell, with the proof seen. */
export interface Verdict {
  readonly finding: string;
  readonly risk: string;
  readonly title: Text;
  /** Where the title has no room. */
  readonly short?: Text;
  readonly outcome: Outcome;
  readonly proof: Text;
  /** Left on purpose: the second run of a fix in two steps is due. */
  readonly due?: boolean;
}

/** A fact about the app that must be the same after as before: an answer, a health status, a listening port. */
export interface Vital {
  readonly service: string;
  readonly what: string;
  /** Inside port of a published one: the engine may pick another port outside, and a fix may close it on purpose. */
  readonly inside?: number;
  readonly before: string;
  readonly after?: string;
  readonly result?: 'same' | 'WORSE' | 'cannot-tell';
}
