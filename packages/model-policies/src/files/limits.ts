/** Characters of one file; the largest that ships has 3,000. */
export const MAX_FILE_CHARACTERS = 200_000;
/** Files of one folder, without tests. */
export const MAX_FILES = 500;
/** Collections inside of each other; a policy has seven. */
export const MAX_DEPTH = 30;
/** Problems that are told of one file. */
export const MAX_PROBLEMS = 20;
