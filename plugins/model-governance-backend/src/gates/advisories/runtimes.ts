/** A package under whose name advisories speak of a program. */
export interface RuntimePackage {
  ecosystem: string;
  name: string;
}

const pypi = (name: string): RuntimePackage => ({ ecosystem: 'PyPI', name });
const git = (name: string): RuntimePackage => ({
  ecosystem: 'GIT',
  name: `https://github.com/${name}`,
});

/** Serving programs and libraries, as `spec.compatibility.frameworks` names them. */
const RUNTIMES: Record<string, RuntimePackage[]> = {
  vllm: [pypi('vllm')],
  sglang: [pypi('sglang')],
  tgi: [git('huggingface/text-generation-inference')],
  'text-generation-inference': [git('huggingface/text-generation-inference')],
  'text-embeddings-inference': [git('huggingface/text-embeddings-inference')],
  'llama.cpp': [git('ggml-org/llama.cpp'), git('ggerganov/llama.cpp')],
  'llama-cpp-python': [pypi('llama-cpp-python')],
  ollama: [{ ecosystem: 'Go', name: 'github.com/ollama/ollama' }],
  transformers: [pypi('transformers')],
  diffusers: [pypi('diffusers')],
  'sentence-transformers': [pypi('sentence-transformers')],
  'faster-whisper': [pypi('faster-whisper')],
  onnxruntime: [pypi('onnxruntime')],
  tensorflow: [pypi('tensorflow')],
  keras: [pypi('keras')],
  pytorch: [pypi('torch')],
  torch: [pypi('torch')],
  torchserve: [pypi('torchserve')],
  'tensorrt-llm': [pypi('tensorrt-llm')],
  lmdeploy: [pypi('lmdeploy')],
  litellm: [pypi('litellm')],
  ray: [pypi('ray')],
  mlflow: [pypi('mlflow')],
  bentoml: [pypi('bentoml')],
  triton: [git('triton-inference-server/server')],
  comfyui: [git('comfyanonymous/ComfyUI')],
  localai: [git('mudler/LocalAI')],
};

/** A framework with the version that is said to run. */
export interface DeclaredRuntime {
  /** As it was written. */
  text: string;
  name: string;
  version?: string;
  packages: RuntimePackage[];
}

/** What the organisation says of a program that it runs. */
export interface RuntimeSetting {
  name: string;
  version?: string;
  packages?: RuntimePackage[];
}

/**
 * `vllm`, `vllm==0.8.5`, `vllm@0.8.5` or `vllm 0.8.5`. What the organisation
 * says it runs counts where the model names no version.
 */
export function runtimeOf(
  text: string,
  settings: RuntimeSetting[],
): DeclaredRuntime {
  const [, written, version] =
    /^(.*?)(?:\s*(?:===?|@)\s*|\s+v?(?=\d))(\S+)$/.exec(text.trim()) ?? [
      undefined,
      text.trim(),
      undefined,
    ];
  const name = (written ?? text).toLowerCase();
  const setting = settings.find(it => it.name.toLowerCase() === name);
  const runs = version ?? setting?.version;
  return {
    text,
    name,
    ...(runs && { version: runs }),
    packages:
      setting?.packages ??
      (Object.hasOwn(RUNTIMES, name) ? RUNTIMES[name] : []),
  };
}
