import { define } from './define';

/** What keeps a file of an artifact from being read at all. */
export const artifactRules = define({
  'artifact-special-file': {
    severity: 'high',
    title: 'Not a file',
    explanation:
      'A device, a pipe or a socket gives other bytes each time it is read. Take it out of the folder.',
    unreadable: true,
  },
  'artifact-link-outside': {
    severity: 'high',
    title: 'Link out of the folder',
    explanation:
      'What it leads to is no part of what is scanned and may be something else tomorrow. Scan the folder that holds both, or put the file in its place.',
    unreadable: true,
  },
  'artifact-not-fetched': {
    severity: 'high',
    title: 'The file stands for one that is elsewhere',
    explanation:
      'A pointer of Git LFS is here and not the file itself. Fetch it with `git lfs pull` and scan again.',
    unreadable: true,
  },
  'artifact-changed': {
    severity: 'high',
    title: 'The file changed while it was read',
    explanation:
      'What was judged is not what is there now. Scan it again when nobody writes to it; a server that does this again and again is not to be trusted.',
    unreadable: true,
  },
  'artifact-digest-mismatch': {
    severity: 'high',
    title: 'Not the bytes that were promised',
    explanation:
      'The digest is another than the registry, or the one who asked for the scan, says. The file is damaged or was exchanged; get it from its publisher.',
    unreadable: true,
  },
  'artifact-empty': {
    severity: 'high',
    title: 'No files',
    explanation:
      'There is nothing at this place that could be judged. Check the address.',
    unreadable: true,
  },
});
