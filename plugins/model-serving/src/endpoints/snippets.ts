/** How one calls an endpoint, ready to paste. */
export interface Snippet {
  title: string;
  language: string;
  text: string;
}

/**
 * Calls of an endpoint. The key is read from the environment, so that it gets
 * into no history of a shell and no file.
 *
 * @param gatewayUrl - base URL of the OpenAI-compatible API, with `/v1`
 * @param model - what callers send as `model`
 */
export function snippets(gatewayUrl: string, model: string): Snippet[] {
  const base = gatewayUrl.replace(/\/+$/, '');
  return [
    {
      title: 'curl',
      language: 'bash',
      text: `curl ${base}/chat/completions \\
  -H "authorization: Bearer $MODELHUB_KEY" \\
  -H 'content-type: application/json' \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
    },
    {
      title: 'Python (openai)',
      language: 'python',
      text: `import os
from openai import OpenAI

client = OpenAI(base_url="${base}", api_key=os.environ["MODELHUB_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
    },
  ];
}
