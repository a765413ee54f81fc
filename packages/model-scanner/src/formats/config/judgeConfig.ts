import { climbsOut } from '../archive/names';
import { isDotted, judgeTarget } from './targets';
import { ConfigObject, shown, type ConfigValue, type Tell } from './values';

/** Keys whose value loaders import and call, such as Hydra's. */
const TARGETS = new Set(['_target_', '_component_', 'class_path']);
/** The same where arguments stand beside them. */
const LOOSE_TARGETS: Record<string, string[]> = {
  target: ['params', 'kwargs', 'args'],
  type: ['init_args', 'idx'],
  path: ['init_args'],
};
/** Keys whose value is a module that loaders import. */
const MODULES = new Set([
  'loader_module',
  'parent_library',
  'megatron_core',
  'custom_module',
]);
const MODULES_KNOWN =
  /^(mlflow|transformers|diffusers|torch|megatron|peft|timm|sentence_transformers|keras|tensorflow|sklearn|xgboost|lightgbm)(\.|$)/;

/** Keys that tell where another model or file is. */
const SOURCES =
  /^(_name_or_path|name_or_path|base_model_name_or_path|base_model|model_name_or_path|pretrained_model_name_or_path|tokenizer_name_or_path|revision_repo|teacher_model|text_encoder|vae_path|model_path|model_file|weights_path|checkpoint_path|ckpt_path|restore_path|restore_from_path)$/;
const FILES =
  /^(vocab|merges|tokenizer|spm|source_spm|target_spm|sentencepiece_model|config|weights?|special_tokens_map|chat_template|prompt|bpe|dict)_(file|filename|path)$/;
const FILENAMES = /^(file|filename|weight_file|external_data|data_file)$/;

/** Libraries whose classes pipelines of diffusers name. */
const PIPELINES =
  /^(diffusers|transformers|onnxruntime|null|controlnet_aux|peft|k_diffusion|optimum|torch|flax)([._]|$)/;
/** Folders of diffusers itself, which stand for a library. */
const FOLDERS =
  /^(stable_diffusion\w*|latent_diffusion|deepfloyd_if|kandinsky\w*|audioldm\w*|musicldm|wuerstchen|stable_cascade|unclip|unidiffuser|shap_e|versatile_diffusion|paint_by_example|semantic_stable_diffusion|alt_diffusion|controlnet\w*|flux|hunyuan\w*|pixart\w*|animatediff|stable_audio|stable_video_diffusion|ltx|cogvideo|cogview\w*|lumina\w*|sana|mochi|wan|qwenimage|chroma|bria|hidream_image|amused|blip_diffusion|dit|consistency_models|ledits_pp|i2vgen_xl|text_to_video_synthesis|pia|marigold|omnigen|allegro|aura_flow|easyanimate|latte|latent_consistency_models|ddim|ddpm|score_sde_ve|spectrogram_diffusion|vq_diffusion|repaint|karras_ve|pndm|unconditional)$/;

const UNSAFE =
  /^(trust_remote_code|allow_pickle|enable_unsafe_deserialization|dangerously_|allow_dangerous_|allow_unsafe|unsafe_load|weights_only|use_safetensors|safe_mode|local_files_only)/;
const SAFE_WHEN_TRUE = /^(weights_only|safe_mode)$/;
const HARMLESS = /^(use_safetensors|local_files_only)/;

/** Judges what one object of a configuration asks loaders for. */
export function judgeObject(
  object: ConfigObject,
  path: string,
  tell: Tell,
): void {
  const at = object.at;
  for (const [key, value] of object) {
    const where = path ? `${path}.${key}` : key;
    if (key === 'auto_map' || key === 'custom_pipelines') {
      judgeCode(key, value, at, tell);
    } else if (typeof value === 'boolean') {
      judgeSwitch(key, value, where, at, tell);
    } else if (TARGETS.has(key) || isLooseTarget(key, object)) {
      judgeTargets(value, where, at, tell);
    } else if (MODULES.has(key) && typeof value === 'string') {
      if (!MODULES_KNOWN.test(value)) {
        const isDangerous = judgeTarget(`${value}.x`) === 'dangerous';
        tell(
          isDangerous ? 'config-dangerous-target' : 'config-unknown-target',
          `${where} imports ${shown(value)}`,
          at,
        );
      }
    } else if (key === 'weight_map' && value instanceof ConfigObject) {
      for (const file of new Set(value.values())) {
        judgeFile(file, where, at, tell, 'config-climbs-out');
      }
    } else if (SOURCES.test(key)) judgeSource(value, where, at, tell);
    else if (FILES.test(key)) {
      judgeFile(value, where, at, tell, 'config-local-path');
    } else if (FILENAMES.test(key)) {
      judgeFile(value, where, at, tell, 'config-climbs-out');
    } else if (/_implementation(_internal|_autoset)?$/.test(key)) {
      judgeKernels(value, where, at, tell);
    }
  }
  if (object.has('_class_name')) judgePipeline(object, tell);
}

function judgeCode(key: string, value: ConfigValue, at: number, tell: Tell) {
  const texts = textsIn(value);
  tell(
    'config-remote-code',
    `${key} names ${texts.slice(0, 5).map(shown).join(', ') || 'nothing'}`,
    at,
  );
  for (const text of texts) {
    if (text.includes('--') || /[/\\:]/.test(text)) {
      tell('config-foreign-code', `${key} names ${shown(text)}`, at);
    }
  }
}

function judgeSwitch(
  key: string,
  value: boolean,
  where: string,
  at: number,
  tell: Tell,
) {
  if (!UNSAFE.test(key) || HARMLESS.test(key)) return;
  if (value !== SAFE_WHEN_TRUE.test(key)) {
    tell('config-trusts-code', `${where} is ${value}`, at);
  }
}

function isLooseTarget(key: string, object: ConfigObject) {
  return (
    Object.hasOwn(LOOSE_TARGETS, key) &&
    isDotted(object.text(key) ?? '') &&
    LOOSE_TARGETS[key].some(beside => object.has(beside))
  );
}

function judgeTargets(
  value: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
) {
  for (const text of textsIn(value)) {
    const verdict = judgeTarget(text);
    if (verdict === 'dangerous') {
      tell('config-dangerous-target', `${where} calls ${shown(text)}`, at);
    } else if (verdict === 'unknown') {
      tell('config-unknown-target', `${where} calls ${shown(text)}`, at);
    }
  }
}

/** Loaders open it; what is on the way is not theirs to say. */
function judgeFile(
  value: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
  absolute: 'config-climbs-out' | 'config-local-path',
) {
  if (typeof value !== 'string') return;
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(value)) {
    tell('config-remote-source', `${where} is ${shown(value)}`, at);
  } else if (climbsOut(value)) {
    const isPlain = value.split(/[/\\]/).every(step => step !== '..');
    tell(
      isPlain ? absolute : 'config-climbs-out',
      `${where} is ${shown(value)}`,
      at,
    );
  }
}

function judgeSource(
  value: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
) {
  if (typeof value !== 'string') return;
  if (/^https:\/\/huggingface\.co\/[\w.-]+\/[\w.-]+\/?$/.test(value)) return;
  // Left over from training as a rule: also those that climb.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(value)) {
    tell('config-remote-source', `${where} is ${shown(value)}`, at);
  } else if (/^\.\.[/\\](.*[/\\])?(etc|proc|root|\.ssh)[/\\]/.test(value)) {
    tell('config-climbs-out', `${where} is ${shown(value)}`, at);
  } else if (/^\.{1,2}[/\\].*\.\.([/\\]|$)/.test(value)) {
    tell('config-climbs-out', `${where} is ${shown(value)}`, at);
  } else if (climbsOut(value)) {
    tell('config-local-path', `${where} is ${shown(value)}`, at);
  }
}

/** A name with a slash is a repository of native code. */
function judgeKernels(
  value: ConfigValue,
  where: string,
  at: number,
  tell: Tell,
) {
  for (const text of textsIn(value)) {
    if (/^[\w.|-]*[\w.-]+\/[\w.-]+/.test(text)) {
      tell('config-foreign-code', `${where} loads ${shown(text)}`, at);
    }
  }
}

/** Source: diffusers, `model_index.json`: each part is a library and a class. */
function judgePipeline(object: ConfigObject, tell: Tell) {
  const name = object.get('_class_name');
  if (Array.isArray(name)) {
    tell(
      'config-remote-code',
      `_class_name is ${shown(String(name[0]))}`,
      object.at,
    );
  }
  for (const [key, value] of object) {
    if (key.startsWith('_') || !Array.isArray(value) || value.length !== 2) {
      continue;
    }
    const [library, part] = value;
    if (typeof library !== 'string' || typeof part !== 'string') continue;
    if (PIPELINES.test(library) || FOLDERS.test(library)) continue;
    const isDangerous = judgeTarget(`${library}.${part}`) === 'dangerous';
    tell(
      isDangerous ? 'config-dangerous-target' : 'config-remote-code',
      `${key} is ${shown(`${library}.${part}`)}`,
      object.at,
    );
  }
}

/** Texts of a value and of the lists and objects in it. */
function textsIn(value: ConfigValue): string[] {
  const texts: string[] = [];
  const open = [value];
  while (open.length > 0 && texts.length < 1000) {
    const next = open.pop();
    if (typeof next === 'string') texts.push(next);
    else if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (next instanceof ConfigObject) open.push(...next.values());
  }
  return texts.reverse();
}
