import { define } from './define';

/** What configurations beside the weights can be found with. */
export const configRules = define({
  'config-unreadable': {
    severity: 'high',
    title: 'Configuration cannot be read',
    explanation:
      'It is not valid, or nested deeper than any loader writes, so what it asks for is not known.',
    unreadable: true,
  },
  'config-duplicate-key': {
    severity: 'medium',
    title: 'A key is there twice',
    explanation:
      'Which of the values counts depends on the program, so what is shown may not be what is loaded. Both were judged.',
  },
  'config-remote-code': {
    severity: 'medium',
    title: 'Configuration asks for code of the repository',
    explanation:
      'Loaders that are told to trust remote code import the Python files it names. Review those files and pin the revision, or use a model that the framework knows.',
  },
  'config-foreign-code': {
    severity: 'high',
    title: 'Configuration fetches code from elsewhere',
    explanation:
      'The code that is imported lies in another repository, which can change without this one. Copy it here and review it.',
  },
  'config-trusts-code': {
    severity: 'high',
    title: 'Configuration switches a protection off',
    explanation:
      'It tells loaders to trust code or unsafe files, which is for whoever loads the model to say, not for the model.',
  },
  'config-dangerous-target': {
    severity: 'critical',
    title: 'Configuration names a function that runs code',
    explanation:
      'Loaders that build objects from configuration import and call what it names: here commands, code, files or connections. Do not load it.',
  },
  'config-unknown-target': {
    severity: 'high',
    title: 'Configuration names what is not known to be safe',
    explanation:
      'Loaders that build objects from configuration import and call what it names. It belongs to none of the common frameworks; look at what it does first.',
  },
  'config-climbs-out': {
    severity: 'high',
    title: 'Configuration names a file outside of its folder',
    explanation:
      'A path is absolute or climbs above the repository, so the loader opens a file of the machine it runs on.',
  },
  'config-local-path': {
    severity: 'low',
    title: 'Configuration names a path of somebody’s machine',
    explanation:
      'Usually left over from training. Where such a path exists, other files than those of the repository are loaded.',
  },
  'config-remote-source': {
    severity: 'medium',
    title: 'Configuration loads from an address',
    explanation:
      'What is loaded comes from the network and is not what was judged here.',
  },
  'yaml-python-tag': {
    severity: 'critical',
    title: 'YAML builds Python objects',
    explanation:
      'A tag tells an unsafe loader of YAML to import and call something. Honest configuration has no such tags. Do not load it.',
  },
  'yaml-unknown-tag': {
    severity: 'medium',
    title: 'YAML has tags of its own',
    explanation:
      'What such a tag makes depends on the program that reads it, and may be code.',
  },
});
