import { define } from './define';

/** What Python beside the weights can be found with. */
export const pythonRules = define({
  'python-code': {
    severity: 'medium',
    title: 'Python lies beside the weights',
    explanation:
      'Loading with remote code trusted imports it, and an import runs it. Review it and pin the revision.',
  },
  'python-dangerous-call': {
    severity: 'high',
    title: 'Python that runs, loads or reaches something',
    explanation:
      'It uses functions that run commands or code, load native code or unsafe files, or open connections. A model needs none of them to compute; read why it does.',
  },
  'python-runs-on-import': {
    severity: 'critical',
    title: 'Python that acts as soon as it is imported',
    explanation:
      'A command, code or connection stands outside of any function, so importing or installing is enough to run it.',
  },
  'python-obfuscated': {
    severity: 'critical',
    title: 'Python that hides what it runs',
    explanation:
      'Code is decoded, decompressed or put together and then run, or names are computed to reach what runs code. Honest code has no need to hide. Do not load it.',
  },
  'python-encoded-data': {
    severity: 'medium',
    title: 'Python holds long encoded data',
    explanation:
      'A long text in base64, hex or escapes may be code in disguise. Look at what becomes of it.',
  },
  'python-bytecode': {
    severity: 'high',
    title: 'Compiled Python',
    explanation:
      'Python loads it in place of the source, and it was not judged. Publish the source.',
  },
  'python-unreadable': {
    severity: 'high',
    title: 'Python that cannot be read',
    explanation:
      'Its text breaks off within a string, or it is too large, so it was not judged to its end.',
    unreadable: true,
  },
});
