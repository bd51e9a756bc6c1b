const COMPLAINT = /^[\w.]*(Error|Exception|Halt\w*)\b.*:|\b(error|critical|emerg|fatal|panic|denied|not permitted|refus\w+|cannot|can't|could not|unable|failed|no such)\b/i;
/** Frames of a stack say where, not why; so do the line of code and the marks below one. */
const FRAME = /^\s+(File "|at )|^Traceback/;
const OF_FRAME = /^\s{4,}/;
const COMPLAINTS = 6;
const LAST = 12;

/** How much of a log is worth asking for: a crash loop repeats itself, and a stack is long. */
export const LOG_LINES = 300;

/** The same complaint has another time and pid in every round of a crash loop. */
const bare = (line: string): string => line.replace(/\[[^\]]*\]/g, '').replace(/\d+/g, '').trim();

function withoutStacks(lines: readonly string[]): readonly string[] {
  let inside = false;
  return lines.filter((line) => {
    inside = FRAME.test(line) || (inside && OF_FRAME.test(line));
    return !inside;
  });
}

/** The lines of a log that explain an end: what complains, wherever it stands, each once; then the last ones. */
export function telling(log: string): readonly string[] {
  const lines = withoutStacks(log.split('\n').map((line) => line.trimEnd()).filter(Boolean));
  const last = lines.slice(-LAST);
  const known = new Set(last.map(bare));
  const complaints: string[] = [];
  for (const line of lines.slice(0, -LAST).reverse()) {
    if (complaints.length === COMPLAINTS) break;
    if (!COMPLAINT.test(line) || known.has(bare(line))) continue;
    known.add(bare(line));
    complaints.unshift(line);
  }
  return [...complaints, ...last];
}
