/**
 * A value that must not leave unasked: printing, JSON, SARIF, logs and screens can only get the redacted form.
 * Clear text is asked for by name (`reveal`), which is easy to find in a review.
 */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}

const SUSPECT = /(pass(word|wd)?|secret|token|api_?key|private|credential|auth)/i;
const WITH_LOGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;

/** Wraps what looks like a secret by its name or by a login inside a URL; anything else passes as it is. */
export function guarded(name: string, value: string): string | Secret {
  return SUSPECT.test(name) || WITH_LOGIN.test(value) ? new Secret(value) : value;
}
