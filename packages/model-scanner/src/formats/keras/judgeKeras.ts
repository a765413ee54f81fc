import { climbsOut } from '../archive/names';
import {
  ConfigObject,
  shown,
  type ConfigValue,
  type Tell,
} from '../config/values';
import { disguiseOf } from '../pickle/disguises';
import { beginsPickle } from '../pickle/pickleReader';
import { judgeFunction, judgeName } from './judgeNames';
import { KNOWN_CLASSES } from './knownClasses';

/** Layers whose configuration carries code or a function of any kind. */
const LAMBDA = /(^|[.>])Lambda$/;
/** Layers of other frameworks that are kept as a pickle. */
const WRAPPERS = new Set(['TorchModuleWrapper']);
/** Layers of other frameworks that are kept as functions. */
const FOREIGN = new Set(['JaxLayer', 'FlaxLayer']);
/** Layers that load what lies at a path or address. */
const LOADERS: Record<string, string> = {
  TFSMLayer: 'filepath',
  KerasLayer: 'handle',
};
const VOCABULARIES =
  /^(vocabulary|input_vocabulary|vocabulary_file|vocab|idf_weights|filepath|file_path|filename|fname|origin|path|merges|proto|asset_path)$/;
/** Values that Keras itself writes under such a name. */
const SPECIAL =
  /^__(keras_tensor|tensor|numpy|bytes|ellipsis|slice|tuple|dict|list|TensorShape|tensorshape)__$/;
const SPECIAL_LEGACY =
  /^(TensorShape|TypeSpec|CompositeTensor|__ellipsis__|__tuple__|__wrapt__)$/;

/** Whether an object is what Keras makes an object of. */
export const isKerasObject = (object: ConfigObject): boolean =>
  typeof object.get('class_name') === 'string' &&
  (object.has('config') || object.has('spec_name') || object.has('module'));

/** Judges one object of a configuration of Keras, not those within it. */
export function judgeKerasObject(
  object: ConfigObject,
  path: string,
  tell: Tell,
): void {
  const name = object.text('class_name') ?? '';
  const config = object.get('config');
  const where = path || 'the model';
  const say = (rule: Parameters<Tell>[0], what: string) =>
    tell(rule, `${where} ${what}`, object.at);
  if (name === '__lambda__') {
    say('keras-code', 'is compiled Python');
    return;
  }
  if (config instanceof ConfigObject) judgeConfig(config, where, tell);
  if (LAMBDA.test(name)) {
    judgeLambda(config, where, object.at, tell);
    return;
  }
  const module = object.text('module');
  if (name === '__typespec__') {
    judgeNamed('class', module ?? '', object.text('spec_name') ?? '', say);
  } else if (name === 'function') {
    const functionName = typeof config === 'string' ? config : '';
    if (module !== undefined) judgeNamed('function', module, functionName, say);
    else say('keras-custom-object', `is the function ${shown(functionName)}`);
  } else if (!SPECIAL.test(name)) judgeClass(object, name, module, say);
  judgeParts(name, config, where, object.at, tell);
}

type Say = (rule: Parameters<Tell>[0], what: string) => void;

function judgeClass(
  object: ConfigObject,
  name: string,
  module: string | undefined,
  say: Say,
): void {
  const plain = name.split(/[>.]/).pop() ?? '';
  if (WRAPPERS.has(plain)) {
    say('keras-pickle', `is a ${plain}, which is kept as a pickle`);
  } else if (FOREIGN.has(plain)) {
    say('keras-lambda', `is a ${plain}, which is kept as code`);
  }
  if (module !== undefined) {
    judgeNamed('class', module, name, say);
    return;
  }
  const registered = object.text('registered_name') ?? name;
  const isKnown =
    KNOWN_CLASSES.has(name) ||
    SPECIAL_LEGACY.test(name) ||
    WRAPPERS.has(name) ||
    FOREIGN.has(name) ||
    Object.hasOwn(LOADERS, name);
  if (!isKnown || /[>.]/.test(registered)) {
    say('keras-custom-object', `is a ${shown(registered)}`);
  }
}

function judgeNamed(
  kind: 'class' | 'function',
  module: string,
  name: string,
  say: Say,
): void {
  const verdict = judgeName(kind, module, name);
  const what = `names ${shown(`${module}.${name}`)}`;
  if (verdict === 'dangerous') say('keras-dangerous-object', what);
  else if (verdict === 'unknown') say('keras-unknown-object', what);
  else if (verdict === 'custom') say('keras-custom-object', what);
}

/** Source: Keras 2.15 and 3, `layers/core/lambda_layer.py`. */
function judgeLambda(
  config: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
): void {
  const fields = config instanceof ConfigObject ? config : new ConfigObject(at);
  const lambda = fields.get('function');
  const isCode =
    Array.isArray(lambda) ||
    fields.get('function_type') === 'lambda' ||
    (lambda instanceof ConfigObject &&
      lambda.text('class_name') === '__lambda__');
  if (isCode) {
    tell('keras-code', `${where} is a Lambda with compiled Python`, at);
    return;
  }
  const name = typeof lambda === 'string' ? lambda : '';
  const module = fields.text('module');
  const isDangerous =
    module !== undefined && judgeName('function', module, name) === 'dangerous';
  tell(
    isDangerous ? 'keras-dangerous-object' : 'keras-lambda',
    `${where} is a Lambda${
      name ? ` of ${shown(`${module ?? ''}.${name}`)}` : ''
    }`,
    at,
  );
}

/** What any layer can have in its configuration. */
function judgeConfig(config: ConfigObject, where: string, tell: Tell): void {
  for (const [key, value] of config) {
    // Shapes and masks of a Lambda may be code as well.
    if (key.endsWith('_type') && value === 'lambda') {
      tell('keras-code', `${where} has compiled Python in ${key}`, config.at);
    }
    if (VOCABULARIES.test(key) && typeof value === 'string' && value !== '') {
      const isOutside =
        climbsOut(value) || /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
      tell(
        'keras-file-access',
        `${where} reads ${shown(value)}${
          isOutside ? ', outside of the model' : ''
        }`,
        config.at,
      );
    }
  }
}

/** The function or operator that a layer of Keras 2 stands for. */
function calledBy(name: string, config: ConfigObject): string | undefined {
  switch (name) {
    case 'TFOpLambda':
    case 'SlicingOpLambda':
      return config.text('function');
    case 'ClassMethod':
      return `${config.text('cls_ref')}.${config.text('method_name')}`;
    case 'TensorFlowOpLayer':
      return operatorOf(config.get('node_def'));
    default:
      return undefined;
  }
}

/** What layers stand for that call functions of TensorFlow or load models. */
function judgeParts(
  name: string,
  config: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
): void {
  if (!(config instanceof ConfigObject)) return;
  const called = calledBy(name, config);
  if (called !== undefined) {
    const verdict = judgeFunction(called);
    if (verdict === 'dangerous') {
      tell('keras-dangerous-object', `${where} calls ${shown(called)}`, at);
    } else if (verdict === 'reads') {
      tell('keras-file-access', `${where} calls ${shown(called)}`, at);
    } else if (verdict === 'unknown') {
      tell('keras-unknown-object', `${where} calls ${shown(called)}`, at);
    }
  }
  const handle = Object.hasOwn(LOADERS, name)
    ? config.text(LOADERS[name])
    : undefined;
  if (handle !== undefined) {
    tell('keras-file-access', `${where} loads ${shown(handle)}`, at);
  }
}

function operatorOf(node: ConfigValue): string {
  const text =
    node instanceof ConfigObject ? node.text('op') : String(node ?? '');
  return /"?\bop"?\s*:\s*"(\w+)"/.exec(text ?? '')?.[1] ?? text ?? '';
}

/** Bytes that a configuration carries and that are a file of their own. */
export function bytesOf(object: ConfigObject): Buffer[] {
  const config = object.object('config');
  const name = object.text('class_name')?.split(/[>.]/).pop() ?? '';
  const isWrapper = WRAPPERS.has(name);
  if (name !== '__bytes__' && !isWrapper) return [];
  const text = config?.text(isWrapper ? 'module' : 'value') ?? '';
  return [Buffer.from(text, 'latin1'), Buffer.from(text, 'base64')].filter(
    bytes => beginsPickle(bytes) || disguiseOf(bytes) === 'packed',
  );
}
