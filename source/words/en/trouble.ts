export const trouble = {
  title: 'Stopped',
  next: 'What to do',
};
