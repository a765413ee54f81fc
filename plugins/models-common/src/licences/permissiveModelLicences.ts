import type { LicenceTerms } from './types';

/** Licences for models that ask for little, and Falcon 180B's, which asks for more than its family's. */
export const permissiveModelLicences: LicenceTerms[] = [
  {
    id: 'openmdw-1.1',
    aliases: ['openmdw', 'openmdw-1.0'],
    name: 'OpenMDW License Agreement',
    url: 'https://openmdw.ai/license/1-1/',
    commercialUse: 'yes',
    family: 'permissive',
    derivatives: 'notice',
    duties: [
      {
        when: 'use',
        text: 'Whoever sues over the model loses the licence.',
      },
      {
        when: 'distribute',
        text: 'Keep the licence text and the copyright lines with copies of the weights.',
      },
    ],
  },
  {
    id: 'nvidia-nemotron-open-model-license',
    aliases: ['nvidia-nemotron-model-license', 'nvidia-nemotron-open-model'],
    name: 'NVIDIA Nemotron Open Model License',
    url: 'https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-nemotron-open-model-license/',
    commercialUse: 'yes',
    family: 'nvidia-open-model',
    derivatives: 'notice',
    attribution:
      'Licensed by NVIDIA Corporation under the NVIDIA Nemotron Model License',
    duties: [
      {
        when: 'use',
        text: 'Whoever sues over the model loses the licence.',
      },
      {
        when: 'distribute',
        text: 'Ship the licence and the notice "Licensed by NVIDIA Corporation under the NVIDIA Nemotron Model License".',
      },
    ],
  },
  {
    id: 'modified-mit',
    aliases: ['mit-modified', 'kimi-k2', 'kimi-k2-modified-mit'],
    name: 'MIT License with a condition of the publisher',
    url: 'https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/LICENSE',
    commercialUse: 'conditional',
    family: 'permissive',
    derivatives: 'notice',
    duties: [
      {
        when: 'use',
        text: 'Read the text: each publisher adds a condition of its own to the MIT License.',
      },
      {
        when: 'product',
        text: "Show the model's name where the text asks for it; Kimi K2 does above 100 million monthly users or 20 million US dollars of monthly revenue.",
      },
      {
        when: 'distribute',
        text: 'Keep the copyright line and the licence text with copies of the weights.',
      },
    ],
  },
  {
    id: 'falcon-180b',
    aliases: ['falcon-180b-license', 'falcon-180b-tii-license'],
    name: 'Falcon 180B TII License',
    url: 'https://huggingface.co/tiiuae/falcon-180B/blob/main/LICENSE.txt',
    commercialUse: 'conditional',
    family: 'falcon',
    derivatives: 'same-restrictions',
    acceptableUse:
      'https://huggingface.co/tiiuae/falcon-180B/blob/main/ACCEPTABLE_USE_POLICY.txt',
    duties: [
      { when: 'use', text: "Follow TII's acceptable use policy." },
      {
        when: 'distribute',
        text: 'Ship a copy of the licence, and put the acceptable use policy into your own terms.',
      },
    ],
  },
];
