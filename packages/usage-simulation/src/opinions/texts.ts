import type { SimulatedTask } from '../models';
import type { SimulatedTip } from './types';

type Texts = Record<SimulatedTask, string[]>;

export const USE_CASES: Texts = {
  chat: [
    'Drafting answers to customers',
    'Questions about our handbooks',
    'First ideas for letters',
  ],
  summarization: [
    'Minutes of long meetings',
    'Complaints in three sentences',
    'Weekly reports',
  ],
  'text-classification': [
    'Sorting incoming cases',
    'Topics of feedback',
    'Finding urgent mail',
  ],
  code: [
    'Comments on changes',
    'Moving old scripts to TypeScript',
    'Tests for untested code',
  ],
  'feature-extraction': [
    'Search over the archive',
    'Similar products',
    'Duplicates among cases',
  ],
  'text-ranking': ['Ordering search results', 'Choosing passages for answers'],
  'automatic-speech-recognition': ['Notes of calls', 'Dictated reports'],
};

export const WORKED: string[] = [
  'Follows the format that we ask for in **almost every** answer.',
  'Short and to the point; our people rarely have to change more than a word.',
  'Held up under our Monday mornings without a single slow hour.',
  'Good with names, dates and amounts, which the one before it mixed up.',
  'Half the price of what we had, and nobody noticed a difference.',
  'Understands our abbreviations once they are in the prompt:\n\n- `RMA`: goods that come back\n- `SLA`: what we promised',
  'Easy to put behind our service: one key, one line of configuration.',
];

export const LIMITS: string[] = [
  'Makes things up when the answer is not in the prompt. Say that it may answer “I do not know”.',
  'Long prompts cost it the middle: what matters has to stand first or last.',
  'German is fine, Polish and Czech are not.',
  'Tables come back with columns in another order now and then.',
  'Too slow for a person who waits; we use it in the background only.',
  'Declines harmless questions about medicines.',
  'None that we met so far.',
];

export const SLOWER_LIMIT =
  'Since the new version answers take almost twice as long. We pinned the one before it.';

export const DRIFT_LIMIT =
  'For some weeks it has been worse: more and more of our cases are long and in Polish, which it was never tuned for.';

export const REPLIES: string[] = [
  'Thank you. The long prompts are on our list; the next version has a larger window.',
  'Thank you for the numbers. Could you send us two or three of the cases where it failed?',
  'We can see that in the figures too and look into it this week.',
  'Glad to read it. There is a tip below that helps with the tables.',
];

export const TIPS: Array<
  Pick<SimulatedTip, 'kind' | 'title' | 'body' | 'settings'>
> = [
  {
    kind: 'settings',
    title: 'Low temperature for extraction',
    body: 'With these settings the same document gives the same fields each time.',
    settings: { temperature: 0.1, top_p: 0.9 },
  },
  {
    kind: 'prompt',
    title: 'Say who reads the summary',
    body: 'Begin with: `Summarise for a colleague who takes over the case tomorrow.` It then leaves out greetings and keeps what was promised.',
  },
  {
    kind: 'preprocessing',
    title: 'Take signatures and quoted mail out first',
    body: 'A third of the tokens of our prompts were quoted mail. Cutting everything below `-----Original Message-----` made it cheaper **and** better.',
  },
  {
    kind: 'prompt',
    title: 'Let it quote its source',
    body: 'Ask for the sentence that each fact stands in. What has no sentence is thrown away.',
  },
  {
    kind: 'settings',
    title: 'A bound for answers',
    body: 'Nine in ten of our answers are below 220 tokens. With a bound the rest no longer costs more than all others together.',
    settings: { max_tokens: 300 },
  },
  {
    kind: 'preprocessing',
    title: 'Sort by language before you send',
    body: 'One prompt for each language works better than one for all.',
  },
];

export const QUESTIONS: Array<{ title: string; body: string; answer: string }> =
  [
    {
      title: 'May we send it data of customers?',
      body: 'Names and order numbers, nothing more.',
      answer:
        'With an approval for a purpose that has personal data, yes. Without one the gateway refuses the call.',
    },
    {
      title: 'How long may a prompt be before it gets worse?',
      body: 'The card says 32k, our cases have 6k on average.',
      answer:
        'We measured no loss up to 12k. Beyond that put what matters first.',
    },
    {
      title: 'Is there a batch price?',
      body: 'We send 50,000 documents each night and nobody waits for them.',
      answer:
        'Not yet. Nights are quiet, so limits are higher between 22 and 5 o’clock.',
    },
    {
      title: 'When does the old version go?',
      body: '',
      answer:
        'Not before everybody who calls it has moved; the usage page says who that is.',
    },
    {
      title: 'Which settings do you use for JSON?',
      body: 'Every fiftieth answer has a comma too much.',
      answer:
        'Temperature 0 and the JSON mode of the API. Then it is one in ten thousand.',
    },
  ];
