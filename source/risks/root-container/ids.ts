export const ID = 'root-container';

/** The finding that is left when only the user was changed: the volume's files are root's still. */
export const VOLUME = 'volume';
