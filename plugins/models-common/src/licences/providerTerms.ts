import type { LicenceTerms } from './types';

const hosted = (
  id: string,
  name: string,
  url: string,
  acceptableUse: string,
  policy: string,
  more: LicenceTerms['duties'] = [],
): LicenceTerms => ({
  id: `LicenseRef-${id}`,
  aliases: [id],
  name,
  url,
  commercialUse: 'yes',
  hosted: true,
  family: id.toLowerCase(),
  derivatives: 'none',
  acceptableUse,
  duties: [{ when: 'use', text: `Follow ${policy}.` }, ...more],
});

const noCompeting = (provider: string) => ({
  when: 'derive' as const,
  text: `Do not use its output to develop models that compete with ${provider}.`,
});

/** Terms under which providers let others call their models. */
export const providerTerms: LicenceTerms[] = [
  hosted(
    'OpenAI-Services-Agreement',
    'OpenAI Services Agreement',
    'https://openai.com/policies/services-agreement/',
    'https://openai.com/policies/usage-policies/',
    "OpenAI's usage policies",
    [noCompeting('OpenAI')],
  ),
  hosted(
    'Anthropic-Commercial-Terms',
    'Anthropic Commercial Terms of Service',
    'https://www.anthropic.com/legal/commercial-terms',
    'https://www.anthropic.com/legal/aup',
    "Anthropic's usage policy",
    [noCompeting('Anthropic')],
  ),
  hosted(
    'Gemini-API-Terms',
    'Gemini API Additional Terms of Service',
    'https://ai.google.dev/gemini-api/terms',
    'https://policies.google.com/terms/generative-ai/use-policy',
    "Google's prohibited use policy",
    [
      {
        when: 'use',
        text: "Use the paid service only: on the free one prompts improve Google's products.",
      },
      noCompeting('Google'),
    ],
  ),
  hosted(
    'Mistral-Commercial-Terms',
    'Mistral AI commercial terms',
    'https://mistral.ai/terms',
    'https://mistral.ai/terms#usage-policy',
    "Mistral AI's usage policy",
  ),
  hosted(
    'AWS-Service-Terms',
    'AWS Service Terms',
    'https://aws.amazon.com/service-terms/',
    'https://aws.amazon.com/ai/responsible-ai/policy/',
    "Amazon's responsible AI policy",
  ),
  hosted(
    'Azure-Product-Terms',
    'Microsoft Product Terms',
    'https://www.microsoft.com/licensing/terms/',
    'https://learn.microsoft.com/legal/ai-code-of-conduct',
    "Microsoft's code of conduct for AI services",
  ),
  hosted(
    'Cohere-Terms-Of-Use',
    'Cohere Terms of Use',
    'https://cohere.com/terms-of-use',
    'https://docs.cohere.com/docs/usage-policy',
    "Cohere's usage policy",
  ),
];
