/**
 * Milliseconds of processor time since a moment. Wall time says more of a busy machine than of our code; this grows only
 * where the work itself does.
 */
export function clock(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
