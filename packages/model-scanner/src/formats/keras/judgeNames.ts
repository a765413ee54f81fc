import { judgeImport } from '../pickle/judgeImport';

/** Packages whose classes loading may import. */
const KNOWN =
  /^(keras|tf_keras|keras_core|keras_hub|keras_nlp|keras_cv|keras_tuner|keras_rs|tensorflow\.keras|tensorflow\.python\.keras|tensorflow_addons|tensorflow_probability|tensorflow_model_optimization)(\.|$)/;
/** Where Keras itself keeps classes that models are made of. */
const MODELS =
  /^(keras|tf_keras|keras_core|tensorflow\.keras|tensorflow\.python\.keras)(\.(src|api|_tf_keras|keras|v2|v1|experimental|legacy|engine|legacy_tf_layers))*(\.(layers|models|initializers|regularizers|constraints|optimizers|optimizer_v1|optimizer_v2|losses|metrics|activations|dtype_policies|mixed_precision|random|ops|quantizers|functional|sequential|training|nn|backend\.common\.keras_tensor|backend\.common\.variables)(\.|$)|$)/;
/** Where Keras keeps functions that compute. */
const FUNCTIONS =
  /\.(activations|losses|metrics|ops|initializers|regularizers|constraints|random|nn)(\.|$)/;
const GADGET =
  /(get_file|load|save|open|read|write|download|extract|exec|eval|import|unpickle|deserialize|from_json|from_config|from_yaml|unsafe|subprocess|system|py_func|numpy_function|custom_op|delete|remove|unlink|rename|mkdir|_fn_from)/i;

export type NameVerdict = 'known' | 'custom' | 'unknown' | 'dangerous';

/** Descriptions of tensors are all that models name of TensorFlow itself. */
const judgeTensorflow = (module: string, name: string): NameVerdict =>
  /^tensorflow\.python\.(framework|ops|data\.ops|saved_model)\.[\w.]*$/.test(
    module,
  ) && /(Spec|TensorShape|DType)$/.test(name)
    ? 'known'
    : 'unknown';

/** Judges what loading a model of Keras looks up in a module. */
export function judgeName(
  kind: 'class' | 'function',
  module: string,
  name: string,
): NameVerdict {
  if (
    !/^[\p{L}\p{N}_.-]*$/u.test(module) ||
    !/^([\p{L}\p{N}_.-]*>)?[\p{L}\p{N}_/-]*$/u.test(name)
  ) {
    return 'dangerous';
  }
  if (KNOWN.test(module)) {
    const isModelPart = MODELS.test(module);
    if (kind === 'function') {
      return FUNCTIONS.test(module) && !GADGET.test(name)
        ? 'known'
        : 'dangerous';
    }
    const isClass = /^[A-Z]/.test(name) || /^__\w+__$/.test(name);
    if (isModelPart)
      return isClass || !GADGET.test(name) ? 'known' : 'dangerous';
    if (/^(keras|tf_keras|keras_core|tensorflow)\./.test(module)) {
      return isClass &&
        !/\.(utils|saving|export|legacy\.saving)(\.|$)/.test(module)
        ? 'known'
        : 'dangerous';
    }
    return isClass ? 'known' : 'dangerous';
  }
  if (/^tensorflow(\.|$)/.test(module)) {
    return kind === 'function' && GADGET.test(name)
      ? 'dangerous'
      : judgeTensorflow(module, name);
  }
  if (judgeImport(module, name) === 'dangerous') return 'dangerous';
  // A function of the file that saved the model.
  if (module === 'builtins' || module === '__main__') return 'custom';
  return 'unknown';
}

const TF_WRITES =
  /(^|\.)(write_file|write_graph|gfile|save|save_v2|load_library|load_op_library|load_file_system_library|py_function|py_func|numpy_function|eager_py_func|PyFunc|EagerPyFunc|PyFuncStateless|WriteFile|custom_gradient|get_file|load_model)(\.|$)/;
const TF_READS =
  /(^|\.)(read_file|matching_files|ReadFile|MatchingFiles|restore|restore_v2|FixedLengthRecordReader\w*|TextLineReader\w*|WholeFileReader\w*|TFRecordReader\w*|TextLineDataset|TFRecordDataset|list_files|lookup|InitializeTableFromTextFile\w*)(\.|$)/;
const TF_KNOWN =
  /^(tf\.)?(compat\.v[12]\.)?((math|nn|linalg|image|signal|strings|sparse|ragged|random|bitwise|dtypes|__operators__|debugging|quantization|experimental\.numpy|keras\.(activations|backend|ops|losses|metrics)|raw_ops)\.[\w.]+|\w+)$/;

/** Judges a function of TensorFlow that a layer of Keras stands for. */
export function judgeFunction(
  name: string,
): 'known' | 'unknown' | 'reads' | 'dangerous' {
  if (TF_WRITES.test(name)) return 'dangerous';
  if (TF_READS.test(name)) return 'reads';
  return TF_KNOWN.test(name) ? 'known' : 'unknown';
}
