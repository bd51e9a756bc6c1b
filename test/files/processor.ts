/**
 * Milliseconds of processor time that this process has used. Wall time would blame the code for whatever
 * else the machine does at that moment.
 */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
