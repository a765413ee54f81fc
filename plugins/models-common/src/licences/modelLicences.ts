import type { LicenceDuty, LicenceTerms } from './types';

const LLAMA_USERS = 700_000_000;

const llama = (
  id: string,
  name: string,
  folder: string,
  changes: Partial<LicenceTerms> & { more?: LicenceDuty[] } = {},
): LicenceTerms => {
  const { more = [], ...rest } = changes;
  const attribution =
    'attribution' in rest ? rest.attribution : 'Built with Llama';
  const namePrefix = 'namePrefix' in rest ? rest.namePrefix : 'Llama';
  return {
    id,
    aliases: [`${id}-community`, id.replace('llama', 'llama-')],
    name,
    url: `https://www.llama.com/${folder}/license/`,
    commercialUse: 'conditional',
    family: 'llama',
    derivatives: 'same-licence',
    userThreshold: LLAMA_USERS,
    attribution,
    namePrefix,
    acceptableUse: `https://www.llama.com/${folder}/use-policy/`,
    duties: [
      { when: 'use', text: "Follow Meta's acceptable use policy." },
      {
        when: 'use',
        text: 'A company with more than 700 million monthly active users must ask Meta for a licence.',
      },
      ...(attribution
        ? [
            {
              when: 'product' as const,
              text: `Show "${attribution}" in the product or its documentation.`,
            },
          ]
        : []),
      {
        when: 'distribute',
        text: 'Ship a copy of the licence and its notice with every copy of the weights.',
      },
      ...(namePrefix
        ? [
            {
              when: 'derive' as const,
              text: `Start the name of any model that you make from it with "${namePrefix}".`,
            },
          ]
        : []),
      ...more,
    ],
    ...rest,
  };
};

const ownModelsOnly: LicenceDuty = {
  when: 'derive',
  text: 'Do not use it or its output to improve any other large language model.',
};

const notInTheEu: LicenceDuty = {
  when: 'use',
  text: 'Its multimodal models are not licensed to companies or people based in the European Union; they may use products that others build with them.',
};

const rail = (
  id: string,
  name: string,
  url: string,
  changes: Partial<LicenceTerms> = {},
): LicenceTerms => ({
  id,
  name,
  url,
  commercialUse: 'conditional',
  family: 'rail',
  derivatives: 'same-restrictions',
  duties: [
    {
      when: 'use',
      text: 'Do not use it for anything in the list of restricted uses (attachment A of the licence).',
    },
    {
      when: 'distribute',
      text: 'Ship a copy of the licence, and say which files you changed.',
    },
    {
      when: 'product',
      text: 'Put the same use restrictions into the terms of any service or model built on it.',
    },
  ],
  ...changes,
});

const research = (
  id: string,
  name: string,
  url: string,
  text: string,
  changes: Partial<LicenceTerms> = {},
): LicenceTerms => ({
  id,
  name,
  url,
  commercialUse: 'no',
  family: id,
  derivatives: 'same-licence',
  duties: [
    { when: 'use', text },
    { when: 'distribute', text: 'Ship a copy of the licence.' },
  ],
  ...changes,
});

/** Licences that were written for models. */
export const modelLicences: LicenceTerms[] = [
  llama('llama2', 'Llama 2 Community License', 'llama2', {
    url: 'https://ai.meta.com/llama/license/',
    acceptableUse: 'https://ai.meta.com/llama/use-policy/',
    attribution: undefined,
    namePrefix: undefined,
    more: [ownModelsOnly],
  }),
  llama('llama3', 'Meta Llama 3 Community License', 'llama3', {
    attribution: 'Built with Meta Llama 3',
    namePrefix: 'Llama 3',
    more: [ownModelsOnly],
  }),
  llama('llama3.1', 'Llama 3.1 Community License', 'llama3_1'),
  llama('llama3.2', 'Llama 3.2 Community License', 'llama3_2', {
    more: [notInTheEu],
  }),
  llama('llama3.3', 'Llama 3.3 Community License', 'llama3_3'),
  llama('llama4', 'Llama 4 Community License', 'llama4', {
    more: [notInTheEu],
  }),
  {
    id: 'gemma',
    aliases: ['gemma-terms-of-use'],
    name: 'Gemma Terms of Use',
    url: 'https://ai.google.dev/gemma/terms',
    commercialUse: 'conditional',
    family: 'gemma',
    derivatives: 'same-licence',
    acceptableUse: 'https://ai.google.dev/gemma/prohibited_use_policy',
    duties: [
      {
        when: 'use',
        text: "Follow Google's prohibited use policy for Gemma, which can change.",
      },
      {
        when: 'use',
        text: 'Google may ask you to stop a use that breaks the terms; use the newest version where you reasonably can.',
      },
      {
        when: 'distribute',
        text: 'Pass the same terms on to whoever gets the weights or a model made from them, with the notice file, and mark changed files.',
      },
    ],
  },
  rail(
    'openrail',
    'Open Responsible AI License',
    'https://huggingface.co/blog/open_rail',
  ),
  rail(
    'openrail++',
    'CreativeML Open RAIL++-M License',
    'https://huggingface.co/stabilityai/stable-diffusion-xl-base-1.0/blob/main/LICENSE.md',
    { aliases: ['creativeml-openrail++-m', 'openrail-plus-plus-m'] },
  ),
  rail(
    'creativeml-openrail-m',
    'CreativeML Open RAIL-M License',
    'https://huggingface.co/spaces/CompVis/stable-diffusion-license',
  ),
  rail(
    'bigscience-bloom-rail-1.0',
    'BigScience RAIL License 1.0',
    'https://huggingface.co/spaces/bigscience/license',
  ),
  rail(
    'bigscience-openrail-m',
    'BigScience Open RAIL-M License',
    'https://www.licenses.ai/blog/2022/8/26/bigscience-open-rail-m-license',
  ),
  rail(
    'bigcode-openrail-m',
    'BigCode Open RAIL-M License',
    'https://www.bigcode-project.org/docs/pages/bigcode-openrail/',
  ),
  rail(
    'deepseek',
    'DeepSeek License Agreement',
    'https://github.com/deepseek-ai/DeepSeek-LLM/blob/main/LICENSE-MODEL',
    { aliases: ['deepseek-license', 'deepseek-license-agreement'] },
  ),
  {
    id: 'qwen',
    aliases: ['tongyi-qianwen', 'qwen-license', 'tongyi-qianwen-license'],
    name: 'Qwen License Agreement',
    url: 'https://huggingface.co/Qwen/Qwen2.5-72B-Instruct/blob/main/LICENSE',
    commercialUse: 'conditional',
    family: 'qwen',
    derivatives: 'same-licence',
    userThreshold: 100_000_000,
    attribution: 'Built with Qwen',
    duties: [
      {
        when: 'use',
        text: 'A company with more than 100 million monthly active users must ask Alibaba Cloud for a licence.',
      },
      {
        when: 'distribute',
        text: 'Ship a copy of the licence and its notice, and mark changed files.',
      },
      {
        when: 'derive',
        text: 'Show "Built with Qwen" or "Improved using Qwen" in the documentation of a model that you make with it or its output and hand on.',
      },
    ],
  },
  research(
    'qwen-research',
    'Qwen Research License',
    'https://huggingface.co/Qwen/Qwen2.5-3B-Instruct/blob/main/LICENSE',
    'Use it for research and evaluation only, never commercially.',
    { family: 'qwen-research', attribution: 'Built with Qwen' },
  ),
  research(
    'mrl',
    'Mistral AI Research License',
    'https://mistral.ai/licenses/MRL-0.1.md',
    'Use it for research only; a company needs a commercial licence from Mistral AI, for work inside the company too.',
    {
      aliases: ['mistral-research', 'mistral-ai-research-license', 'mrl-0.1'],
    },
  ),
  research(
    'mnpl',
    'Mistral AI Non-Production License',
    'https://mistral.ai/licenses/MNPL-0.1.md',
    'Use it for tests, research and personal work only, never in production.',
    {
      aliases: ['mistral-ai-non-production-license', 'mnpl-0.1'],
    },
  ),
  {
    id: 'falcon',
    aliases: ['falcon-llm-license', 'tii-falcon-llm', 'falcon-llm'],
    name: 'TII Falcon LLM License',
    url: 'https://falconllm.tii.ae/falcon-terms-and-conditions.html',
    commercialUse: 'conditional',
    family: 'falcon',
    derivatives: 'same-restrictions',
    acceptableUse: 'https://falconllm.tii.ae/acceptable-use-policy.html',
    attribution:
      'Built using Falcon LLM technology from the Technology Innovation Institute',
    duties: [
      { when: 'use', text: "Follow TII's acceptable use policy." },
      {
        when: 'product',
        text: 'Say that the product is built with Falcon LLM technology from the Technology Innovation Institute.',
      },
      {
        when: 'distribute',
        text: 'Ship a copy of the licence, and put the acceptable use policy into your own terms.',
      },
    ],
  },
  {
    id: 'nvidia-open-model-license',
    aliases: ['nvidia-open-model', 'nvidia-open-model-license-agreement'],
    name: 'NVIDIA Open Model License',
    url: 'https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license/',
    commercialUse: 'conditional',
    family: 'nvidia-open-model',
    derivatives: 'notice',
    attribution:
      'Licensed by NVIDIA Corporation under the NVIDIA Open Model License',
    duties: [
      {
        when: 'use',
        text: 'Do not take guardrails out without putting something as good in their place: the licence ends otherwise.',
      },
      {
        when: 'use',
        text: 'Whoever sues over the model loses the licence.',
      },
      {
        when: 'distribute',
        text: 'Ship the licence and the notice "Licensed by NVIDIA Corporation under the NVIDIA Open Model License".',
      },
    ],
  },
  {
    id: 'stabilityai-ai-community',
    aliases: ['stability-ai-community', 'stabilityai-community'],
    name: 'Stability AI Community License',
    url: 'https://stability.ai/community-license-agreement',
    commercialUse: 'conditional',
    family: 'stability',
    derivatives: 'same-licence',
    attribution: 'Powered by Stability AI',
    acceptableUse: 'https://stability.ai/use-policy',
    duties: [
      {
        when: 'use',
        text: 'Commercial use is free up to a yearly revenue of 1 million US dollars; above it, buy an enterprise licence.',
      },
      { when: 'use', text: "Follow Stability AI's acceptable use policy." },
      { when: 'product', text: 'Show "Powered by Stability AI".' },
      { when: 'distribute', text: 'Ship a copy of the licence.' },
    ],
  },
  research(
    'fair-noncommercial-research-license',
    'FAIR Noncommercial Research License',
    'https://huggingface.co/docs/hub/repositories-licenses',
    'Use it for research only, never commercially.',
    { aliases: ['fair-noncommercial', 'fair-nc'] },
  ),
  research(
    'flux-1-dev-non-commercial-license',
    'FLUX.1 [dev] Non-Commercial License',
    'https://huggingface.co/black-forest-labs/FLUX.1-dev/blob/main/LICENSE.md',
    'Run the model for nothing commercial without a licence from Black Forest Labs; its output may be used.',
    { aliases: ['flux-1-dev', 'flux-dev-non-commercial'] },
  ),
  research(
    'apple-amlr',
    'Apple Machine Learning Research Model License',
    'https://huggingface.co/apple/DCLM-7B/blob/main/LICENSE',
    'Use it for research only; research does not include product development.',
    { aliases: ['apple-ml-research'] },
  ),
];
