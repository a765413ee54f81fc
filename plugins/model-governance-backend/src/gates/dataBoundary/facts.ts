/** What is known of how somebody treats prompts and answers. */
export interface DataFacts {
  /** Lower case: `eu`, `us`; `global` is anywhere. */
  regions?: string[];
  /** Days that prompts and answers are kept; 0 is not at all. */
  retentionDays?: number;
  /** Whether models learn from what is sent; `opt-out`: unless one objects. */
  trainsOnInputs?: 'no' | 'yes' | 'opt-out';
  /** Where it can be read. */
  url?: string;
  /** Day on which it was read. */
  asOf?: string;
}

/**
 * What providers publish for paid use of their API without a further
 * agreement. What depends on the model or on the customer is left out. An
 * organisation that agreed on something else says so in its configuration.
 */
export const PUBLISHED: Record<string, DataFacts> = {
  openai: {
    regions: ['us'],
    retentionDays: 30,
    trainsOnInputs: 'no',
    url: 'https://developers.openai.com/api/docs/guides/your-data',
    asOf: '2026-11-01',
  },
  anthropic: {
    regions: ['us'],
    retentionDays: 30,
    trainsOnInputs: 'no',
    url: 'https://privacy.claude.com/en/articles/7996866-how-long-do-you-store-my-organization-s-data',
    asOf: '2026-11-01',
  },
  google: {
    regions: ['global'],
    retentionDays: 55,
    trainsOnInputs: 'no',
    url: 'https://ai.google.dev/gemini-api/docs/usage-policies',
    asOf: '2026-11-01',
  },
  mistralai: {
    regions: ['eu'],
    retentionDays: 30,
    trainsOnInputs: 'no',
    url: 'https://mistral.ai/terms',
    asOf: '2026-11-01',
  },
  // Region and retention follow the customer's account and the model.
  amazon: {
    trainsOnInputs: 'no',
    url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
    asOf: '2026-11-01',
  },
  azure: {
    trainsOnInputs: 'no',
    url: 'https://learn.microsoft.com/azure/ai-foundry/responsible-ai/openai/data-privacy',
    asOf: '2026-07-01',
  },
  deepseek: {
    regions: ['cn'],
    trainsOnInputs: 'opt-out',
    url: 'https://cdn.deepseek.com/policies/en-US/deepseek-privacy-policy.html',
    asOf: '2026-07-01',
  },
};
