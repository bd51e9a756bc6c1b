/** Where in a file something stands. Offsets are UTF-16 code units of the text as read; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type OriginKind =
  | 'dockerfile' | 'compose' | 'entrypoint' | 'image' | 'ini' | 'python' | 'argv' | 'environment' | 'process' | 'default';

/** Who decides a value: the kind of owner, its words, and the place in a file when there is one. */
export interface Origin {
  readonly kind: OriginKind;
  readonly label: string;
  readonly at?: Place;
}

/** An effective value with its origin, and whom it overrules (outermost first). */
export interface Setting<T> {
  readonly value: T;
  readonly from: Origin;
  readonly hides: readonly { readonly value: T; readonly from: Origin }[];
  /** True when a variable or an unreadable part stands in the way: the value is then a guess. */
  readonly guess?: boolean;
}
