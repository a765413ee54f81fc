import { define } from './define';

/** What graphs of TensorFlow can be found with. */
export const tensorflowRules = define({
  'tf-unreadable': {
    severity: 'high',
    title: 'Graph cannot be read',
    explanation:
      'It is not what its format prescribes or is larger than any graph, so the rest was not judged.',
    unreadable: true,
  },
  'tf-writes-files': {
    severity: 'critical',
    title: 'Graph writes files',
    explanation:
      'An operator writes, moves or deletes files when the model is called or loaded, by which it can take over the machine. Do not load it.',
  },
  'tf-reads-files': {
    severity: 'high',
    title: 'Graph reads files or connections',
    explanation:
      'An operator opens files or addresses of the machine that runs the model and can put what it reads into answers.',
  },
  'tf-runs-code': {
    severity: 'critical',
    title: 'Graph calls code outside of itself',
    explanation:
      'An operator calls back into Python, loads a library or compiles code. A model needs none of that to compute.',
  },
  'tf-odd-path': {
    severity: 'high',
    title: 'Graph names a path outside of its folder',
    explanation:
      'A path that operators or the loader open is absolute or climbs out, so files of the machine are read or written.',
  },
  'tf-custom-operator': {
    severity: 'medium',
    title: 'Graph needs operators of others',
    explanation:
      'The operator is not part of TensorFlow: the model runs only with a library of native code from elsewhere. Review and pin that library.',
  },
});
