import { define } from './define';

/** What models of Keras and files of HDF5 can be found with. */
export const kerasRules = define({
  'keras-code': {
    severity: 'critical',
    title: 'Keras model holds code',
    explanation:
      'The configuration carries compiled Python, which runs when the model is loaded or called. Do not load it; ask for a model without Lambda.',
  },
  'keras-lambda': {
    severity: 'high',
    title: 'Keras model has a Lambda layer',
    explanation:
      'The layer calls a function that the model names, whatever it is. Ask for a layer that is a class of Keras.',
  },
  'keras-dangerous-object': {
    severity: 'critical',
    title: 'Keras model names what runs code',
    explanation:
      'The configuration names a function or class that runs commands or code, downloads, or opens files; loading imports and calls it, some versions even in safe mode. Do not load it.',
  },
  'keras-unknown-object': {
    severity: 'high',
    title: 'Keras model names what is not known to be safe',
    explanation:
      'The configuration names a module that belongs to none of the known frameworks; loading imports it. Look at what it does first.',
  },
  'keras-custom-object': {
    severity: 'medium',
    title: 'Keras model needs a class of its own',
    explanation:
      'It loads only where code that is not part of Keras has registered this class. Review that code.',
  },
  'keras-file-access': {
    severity: 'high',
    title: 'Keras model opens a file when it is loaded',
    explanation:
      'A layer names a file or an address to take its vocabulary or data from, so loading reads from the machine or the network.',
  },
  'keras-pickle': {
    severity: 'high',
    title: 'Keras model holds a pickle',
    explanation:
      'A layer of another framework is stored as a pickle, which was read by the rules for pickles. Loading runs what is in it.',
  },
  'keras-unsafe-mode': {
    severity: 'high',
    title: 'Keras model switches safe mode off',
    explanation:
      'Only who loads a model may say that; a model that says it wants its code to be run.',
  },
  'hdf5-corrupt': {
    severity: 'high',
    title: 'HDF5 file cannot be read',
    explanation:
      'A structure of the file is not what its format prescribes or is one that the scanner does not read, so the rest was not judged.',
    unreadable: true,
  },
  'hdf5-external': {
    severity: 'high',
    title: 'HDF5 file reads other files',
    explanation:
      'Data or a link of it lies in another file, so loading the model opens whatever path it names.',
  },
  'hdf5-filter': {
    severity: 'medium',
    title: 'HDF5 data needs a plug-in',
    explanation:
      'Data is packed by a filter that is not part of HDF5, for which the library loads native code from the folder of plug-ins.',
  },
  'hdf5-pickle': {
    severity: 'high',
    title: 'HDF5 file holds pickles',
    explanation:
      'Readers of tables unpickle such values without being asked. They were read by the rules for pickles where they could be reached.',
  },
  'hdf5-hidden-code': {
    severity: 'high',
    title: 'HDF5 file holds code where nothing leads',
    explanation:
      'The bytes of a Lambda lie in the file outside of what the scanner reached. They are left over, or reached in a way that only some readers know.',
  },
});
