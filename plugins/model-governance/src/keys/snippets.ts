/** How a caller uses a key, ready to paste. */
export interface Snippet {
  title: string;
  language: string;
  text: string;
}

/**
 * Ready-to-paste calls.
 *
 * @param gatewayUrl - Where the gateway listens, without a trailing slash.
 * @param model - What callers send as `model`.
 */
export function snippets(
  gatewayUrl: string,
  secret: string,
  model: string,
): Snippet[] {
  return [
    {
      title: 'curl',
      language: 'bash',
      text: `curl ${gatewayUrl}/v1/chat/completions \\
  -H 'authorization: Bearer ${secret}' \\
  -H 'content-type: application/json' \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
    },
    {
      title: 'openai (JavaScript)',
      language: 'javascript',
      text: `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${gatewayUrl}/v1',
  apiKey: process.env.MODELHUB_KEY, // the key above
});
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
});`,
    },
    {
      title: 'openai (Python)',
      language: 'python',
      text: `import os
from openai import OpenAI

client = OpenAI(base_url="${gatewayUrl}/v1", api_key=os.environ["MODELHUB_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)`,
    },
  ];
}
