export const ID = 'root-container';

/** The finding that is left when only the user was changed: the files of the volume, or of a mounted folder, are root's still. */
export const VOLUME = 'volume';

/** The same of a folder that lies outside of the project. */
export const OUTSIDE = 'outside';
