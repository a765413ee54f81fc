import type { ProviderConfig } from './GatewayConfig';

/** What is known about a provider of hosted models. */
export type Preset = Partial<
  Pick<
    ProviderConfig,
    'match' | 'baseUrl' | 'auth' | 'headers' | 'apis' | 'stripPrefix'
  >
>;

/** By the name that `providers[].preset` takes. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  openai: {
    match: 'openai/*',
    baseUrl: 'https://api.openai.com/v1',
    stripPrefix: true,
  },
  anthropic: {
    match: 'anthropic/*',
    baseUrl: 'https://api.anthropic.com/v1',
    auth: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01' },
    apis: ['anthropic', 'openai'],
    stripPrefix: true,
  },
  gemini: {
    match: 'gemini/*',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    stripPrefix: true,
  },
  xai: {
    match: 'xai/*',
    baseUrl: 'https://api.x.ai/v1',
    stripPrefix: true,
  },
  mistral: {
    match: 'mistral/*',
    baseUrl: 'https://api.mistral.ai/v1',
    stripPrefix: true,
  },
  // The base URL is of the resource: https://NAME.openai.azure.com/openai/v1
  azure: { match: 'azure/*', auth: 'api-key', stripPrefix: true },
};
