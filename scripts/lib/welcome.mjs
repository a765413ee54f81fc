import { people } from './demo.mjs';
import { say } from './say.mjs';

/** Says where to go, as whom, and what to try. */
export async function announce({
  url,
  gatewayUrl,
  upstreamUrl,
  services,
  logs,
}) {
  const hasGateway = services.some(({ name }) => name.includes('gateway'));
  const everybody = await people(url);
  const width = Math.max(0, ...everybody.map(({ name }) => name.length));
  const lines = [
    '',
    'Model Hub is running.',
    '',
    `  Portal   ${url}`,
    ...(hasGateway
      ? [
          `  Gateway  ${gatewayUrl}/v1   (speaks the OpenAI API; starts with nothing allowed)`,
          `  Demo model server behind the gateway  ${upstreamUrl}`,
        ]
      : []),
    '',
    'Sign in by choosing a person. These tell the story:',
    '',
    ...everybody
      .slice(0, 12)
      .map(
        ({ name, teams, description }) =>
          `  ${name.padEnd(width)}  ${description ?? teams.join(', ')}`,
      ),
    ...(everybody.length > 12 ? [`  … and ${everybody.length - 12} more`] : []),
    '',
    ...(hasGateway
      ? [
          'Issue a gateway key in the portal (Model governance, Gateways and keys), then:',
          '',
          `  curl ${gatewayUrl}/v1/chat/completions \\`,
          "    -H 'content-type: application/json' -H 'authorization: Bearer <your key>' \\",
          `    -d '{"model":"meta/llama-3.3-70b-instruct","messages":[{"role":"user","content":"Hello"}]}'`,
          '',
          'It answers 403 until the model is approved for the key, and 200 a second later.',
          '',
        ]
      : []),
    `Logs: ${logs}`,
    'Ctrl-C ends all of it.',
    '',
  ];
  say('Ready.');
  process.stdout.write(`${lines.join('\n')}\n`);
}
