import type { SimulatedModel, SimulatedTask } from './types';

/** A made-up provider or laboratory. */
export interface Lab {
  name: string;
  hosted: boolean;
  license: SimulatedModel['license'];
  /** Of one million tokens; what its own hardware costs for open ones. */
  price: { input: number; output: number; currency: string };
  families: Array<{ name: string; task: SimulatedTask; sizes: string[] }>;
}

const OPEN: SimulatedModel['license'] = {
  id: 'apache-2.0',
  commercialUse: 'yes',
};

const PROVIDER_TERMS = (lab: string): SimulatedModel['license'] => ({
  id: `LicenseRef-${lab}-Terms`,
  commercialUse: 'yes',
});

/** Who makes models that others build on. None of them is real. */
export const LABS: Lab[] = [
  {
    name: 'lumen',
    hosted: true,
    license: PROVIDER_TERMS('Lumen'),
    price: { input: 2.5, output: 10, currency: 'USD' },
    families: [
      { name: 'lumen', task: 'chat', sizes: ['pro', 'mini'] },
      { name: 'lumen-embed', task: 'feature-extraction', sizes: ['large'] },
    ],
  },
  {
    name: 'northstar',
    hosted: true,
    license: PROVIDER_TERMS('Northstar'),
    price: { input: 3, output: 15, currency: 'USD' },
    families: [
      { name: 'northstar', task: 'chat', sizes: ['large', 'small'] },
      { name: 'northstar-code', task: 'code', sizes: ['standard'] },
    ],
  },
  {
    name: 'quill',
    hosted: true,
    license: PROVIDER_TERMS('Quill'),
    price: { input: 0.8, output: 3.2, currency: 'EUR' },
    families: [
      { name: 'quill', task: 'summarization', sizes: ['long', 'short'] },
      { name: 'quill-legal', task: 'chat', sizes: ['standard'] },
    ],
  },
  {
    name: 'basalt',
    hosted: false,
    license: OPEN,
    price: { input: 0.12, output: 0.4, currency: 'EUR' },
    families: [
      { name: 'basalt', task: 'chat', sizes: ['8b-instruct', '70b-instruct'] },
      { name: 'basalt-code', task: 'code', sizes: ['14b'] },
    ],
  },
  {
    name: 'aurora',
    hosted: false,
    license: {
      id: 'LicenseRef-Aurora-Community',
      commercialUse: 'conditional',
    },
    price: { input: 0.2, output: 0.6, currency: 'EUR' },
    families: [
      { name: 'aurora', task: 'chat', sizes: ['3b-instruct', '27b-instruct'] },
      { name: 'aurora-embed', task: 'feature-extraction', sizes: ['base'] },
      { name: 'aurora-rank', task: 'text-ranking', sizes: ['base'] },
    ],
  },
  {
    name: 'cirrus',
    hosted: false,
    license: { id: 'mit', commercialUse: 'yes' },
    price: { input: 0.08, output: 0.3, currency: 'EUR' },
    families: [
      { name: 'cirrus-sense', task: 'text-classification', sizes: ['base'] },
      {
        name: 'cirrus-hear',
        task: 'automatic-speech-recognition',
        sizes: ['large'],
      },
      { name: 'cirrus', task: 'summarization', sizes: ['7b', '12b'] },
    ],
  },
];

/** What a model of a task takes and gives, and how it is called. */
export interface TaskShape {
  /** `spec.type` of the catalog. */
  type: string;
  route: string;
  /** Part of the calls whose answers come in pieces. */
  streamed: number;
  /** Medians, and the deviation of the logarithm. */
  input: { median: number; sigma: number };
  output: { median: number; sigma: number };
}

export const TASKS: Record<SimulatedTask, TaskShape> = {
  chat: {
    type: 'llm',
    route: 'chat',
    streamed: 0.7,
    input: { median: 620, sigma: 0.8 },
    output: { median: 210, sigma: 0.7 },
  },
  summarization: {
    type: 'llm',
    route: 'chat',
    streamed: 0.1,
    input: { median: 2400, sigma: 0.6 },
    output: { median: 190, sigma: 0.4 },
  },
  'text-classification': {
    type: 'classifier',
    route: 'chat',
    streamed: 0,
    input: { median: 180, sigma: 0.5 },
    output: { median: 4, sigma: 0.2 },
  },
  code: {
    type: 'llm',
    route: 'chat',
    streamed: 0.85,
    input: { median: 3100, sigma: 0.9 },
    output: { median: 340, sigma: 0.9 },
  },
  'feature-extraction': {
    type: 'embedding',
    route: 'embeddings',
    streamed: 0,
    input: { median: 260, sigma: 0.6 },
    output: { median: 0, sigma: 0 },
  },
  'text-ranking': {
    type: 'reranker',
    route: 'rerank',
    streamed: 0,
    input: { median: 1500, sigma: 0.5 },
    output: { median: 0, sigma: 0 },
  },
  'automatic-speech-recognition': {
    type: 'speech',
    route: 'transcription',
    streamed: 0,
    input: { median: 0, sigma: 0 },
    output: { median: 0, sigma: 0 },
  },
};

/** What teams make of open models, by task. */
export const FINE_TUNES: Record<SimulatedTask, string[]> = {
  chat: ['assistant', 'helper', 'guide', 'coach'],
  summarization: ['digest', 'minutes', 'briefing', 'abstracts'],
  'text-classification': ['triage', 'router', 'topics', 'sentiment'],
  code: ['reviewer', 'migrator'],
  'feature-extraction': ['embedder', 'catalogue-vectors'],
  'text-ranking': ['ranker'],
  'automatic-speech-recognition': ['dictation'],
};
