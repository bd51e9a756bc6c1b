/** Paths that no other one of the list lies below: what was made or changed, without the folders on the way to it. */
export function leaves(paths: readonly string[]): readonly string[] {
  const ways = new Set(paths.map((p) => p.slice(0, p.lastIndexOf('/'))));
  return [...new Set(paths)].filter((p) => !ways.has(p)).sort();
}
