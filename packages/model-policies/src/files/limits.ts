/** Characters of one file; the largest that ships has 6,000. */
export const MAX_FILE_CHARACTERS = 65_536;
/** Lines and commas of one file, which bound what there is to parse. */
export const MAX_PARTS = 2000;
/** Files of one folder, without tests. */
export const MAX_FILES = 500;
/** Collections inside of each other; a policy has seven. */
export const MAX_DEPTH = 30;
/** Problems that are told of one file. */
export const MAX_PROBLEMS = 20;
