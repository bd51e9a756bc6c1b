/** The one question about a project, and what hangs on it. */
export const question = {
  title: 'One question',
  ask: "Is whoever can edit the app's files trusted with root of this machine?",
  why: 'No file says it, and it decides how severe this is:',
  hangs: (title: string, severity: string) => `${title}: ${severity} if not, low if so`,
  no: 'No',
  noPrice: 'trusted with the app alone: a hole in it must not become root',
  yes: 'Yes',
  yesPrice: 'they have root anyway: it is no step up for anybody',
  later: 'Not now',
  laterPrice: 'taken as no, and asked again next time',
  kept: "It is asked once. The answer is kept for this project and this user, outside the project's files.",
  line: 'For everybody who works on it, this in .harden-tui.yaml answers it, too:',
};
