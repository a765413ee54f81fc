import { judgeImport, presentName } from '../pickle/judgeImport';

/** Packages whose classes configurations of the common frameworks name. */
const KNOWN = new Set(
  `torch torchvision torchaudio torchtune torchmetrics torchao lightning pytorch_lightning
  nemo nemo_automodel megatron transformers diffusers peft trl accelerate datasets
  sentence_transformers timm open_clip ldm sgm cldm taming kornia omegaconf hydra
  tensorflow keras sklearn xgboost lightgbm catboost numpy scipy mlflow fairseq fairseq2
  espnet espnet2 speechbrain pyannote asteroid monai detectron2 mmdet mmcv mmengine
  modelscope paddle paddlenlp flax jax optax orbax tokenizers spacy flair stanza allennlp
  adapters setfit gluonts audiocraft bitsandbytes apex deepspeed vllm optimum onnxruntime
  openvino colbert pylate FlagEmbedding llama_index langchain langchain_core
  langchain_community haystack sktime darts stable_baselines3 gymnasium einops xformers`
    .trim()
    .split(/\s+/),
);

/** Functions of known packages that run, load or fetch something. */
const GADGETS = [
  /^(keras|tensorflow)\..*(load|save|open|read|write|get_file|py_func|numpy_function|eval|exec|unsafe|deserialize)/i,
  /^hydra\.utils\.(call|instantiate|get_method|get_class|get_object)$/,
  /^(omegaconf|hydra)\..*(load|register|resolver)/i,
  /^(transformers|diffusers|peft|datasets|nemo|timm|open_clip|flair|fairseq|monai|mlflow|modelscope|torchvision|lightning|pytorch_lightning)\..*\b_?(load|download|from_hub|from_url|exec|eval|run_command|subprocess|system|restore|unpickle)\w*$/i,
  /^monai\.(bundle|utils\.module)\./,
  /^numpy\.(load|loadtxt|genfromtxt|fromfile|f2py)/,
  /^torch\.(load|hub|jit\.load|package|utils\.cpp_extension|ops\.load_library|classes\.load_library)/,
  /^(datasets|transformers)\.(load_dataset|pipeline|dynamic_module_utils)/,
  /\.(os|sys|subprocess|builtins|importlib|ctypes|socket|shutil|pickle|marshal|runpy|requests|urllib|tempfile|codecs|platform|pty|commands|__\w+__)(\.|$)/,
];

export type TargetVerdict = 'known' | 'dangerous' | 'unknown';

/** Whether a text is a dotted name of Python. */
export const isDotted = (text: string) =>
  text.length < 512 &&
  /^[\p{L}_][\p{L}\p{N}_]*([.:][\p{L}_][\p{L}\p{N}_]*)+$/u.test(text);

/** Judges a dotted name that a loader would import and call. */
export function judgeTarget(target: string): TargetVerdict {
  const steps = target.split(/[.:]/);
  const name = steps.pop() ?? '';
  const module = presentName(steps.join('.') || 'builtins');
  const path = `${module}.${name}`;
  if (GADGETS.some(gadget => gadget.test(path))) return 'dangerous';
  const [top] = module.split('.');
  // Pickles never name these; configurations may, save for the gadgets above.
  if (top === 'keras' || top === 'tensorflow') return 'known';
  if (judgeImport(module, name) === 'dangerous') return 'dangerous';
  return KNOWN.has(top) || judgeImport(module, name) === 'safe'
    ? 'known'
    : 'unknown';
}
