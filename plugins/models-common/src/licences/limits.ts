import type { LicenceLimit } from './types';

const noOtherModels: LicenceLimit = {
  use: 'training-on-output',
  rule: 'forbidden',
  text: 'Its output may not improve any other large language model.',
};

const notInTheEu: LicenceLimit = {
  rule: 'forbidden',
  text: 'Its multimodal models are not licensed to companies based in the European Union.',
  companyRegions: ['eu'],
  multimodalOnly: true,
};

/** Meta's acceptable use policies. */
const llamaUses: LicenceLimit[] = [
  {
    use: 'medical-advice',
    rule: 'conditional',
    text: 'Practising medicine, law or finance without a licence is forbidden; whoever may practise may use it.',
  },
];

/** Attachment A of the RAIL family. */
const railUses: LicenceLimit[] = [
  {
    use: 'automated-decisions',
    rule: 'forbidden',
    text: 'Decisions that harm rights of people may not be made without a person.',
  },
  {
    use: 'medical-advice',
    rule: 'forbidden',
    text: 'It may not give medical advice or read medical results.',
  },
  {
    use: 'law-enforcement',
    rule: 'forbidden',
    text: 'It may not serve the administration of justice, law enforcement, immigration or asylum.',
  },
];

/** Google's prohibited use policies, of Gemma and of Gemini alike. */
const googleUses: LicenceLimit[] = [
  {
    use: 'automated-decisions',
    rule: 'forbidden',
    text: 'Decisions on rights or well-being of people, as in finance, law, work, health and housing, may not be made without a person.',
  },
  {
    use: 'medical-advice',
    rule: 'conditional',
    text: 'It may not pretend to be a doctor or to give qualified advice.',
  },
];

const noCompeting = (provider: string): LicenceLimit => ({
  use: 'training-on-output',
  rule: 'conditional',
  text: `Its output may not develop models that compete with ${provider}.`,
});

const oversight = (provider: string): LicenceLimit => ({
  use: 'automated-decisions',
  rule: 'conditional',
  text: `${provider} asks for a qualified person who checks decisions of weight before they count.`,
});

const noDerivatives: LicenceLimit = {
  use: 'fine-tuning',
  rule: 'conditional',
  text: 'What is made from it may not be shared with anybody.',
};

/** Where licences end, by their id; duties are told beside. */
export const LICENCE_LIMITS: Record<string, LicenceLimit[]> = {
  llama2: [noOtherModels, ...llamaUses],
  llama3: [noOtherModels, ...llamaUses],
  'llama3.1': llamaUses,
  'llama3.2': [notInTheEu, ...llamaUses],
  'llama3.3': llamaUses,
  llama4: [notInTheEu, ...llamaUses],
  gemma: googleUses,
  openrail: railUses,
  'openrail++': railUses,
  'creativeml-openrail-m': railUses,
  'bigscience-bloom-rail-1.0': railUses,
  'bigscience-openrail-m': railUses,
  'bigcode-openrail-m': railUses,
  deepseek: railUses.filter(({ use }) => use === 'automated-decisions'),
  'stabilityai-ai-community': [
    {
      rule: 'forbidden',
      text: 'Above a yearly revenue of 1 million US dollars an enterprise licence is needed.',
      revenueUsd: 1_000_000,
    },
    {
      use: 'training-on-output',
      rule: 'forbidden',
      text: 'Its output may not create or improve a foundation model.',
    },
  ],
  'falcon-180b': [
    {
      use: 'hosting',
      rule: 'forbidden',
      text: 'Offering it to others as a service needs a permission of TII.',
    },
  ],
  'CC-BY-ND-4.0': [noDerivatives],
  'CC-BY-NC-ND-3.0': [noDerivatives],
  'CC-BY-NC-ND-4.0': [noDerivatives],
  'LicenseRef-OpenAI-Services-Agreement': [
    noCompeting('OpenAI'),
    oversight('OpenAI'),
  ],
  'LicenseRef-Anthropic-Commercial-Terms': [
    noCompeting('Anthropic'),
    oversight('Anthropic'),
  ],
  'LicenseRef-Gemini-API-Terms': [noCompeting('Google'), ...googleUses],
};
