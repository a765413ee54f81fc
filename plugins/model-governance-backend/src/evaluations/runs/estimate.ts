import type { PackRunPreview } from '@modelhub/backstage-plugin-models-common';
import type { EvaluationPack, RunPackOptions } from '@modelhub/evals';

const CHARACTERS_OF_A_TOKEN = 4;
const TOKENS_OF_A_MESSAGE = 4;
/** As the runner has it where a pack does not say. */
const DEFAULT_ANSWER = 512;
const DEFAULT_TURNS = 10;

const textOf = (input: EvaluationPack['cases'][number]['input']): string[] =>
  typeof input === 'string' ? [input] : input.map(({ content }) => content);

/** What a run asks at most, by the length of its texts; for people to weigh. */
export function estimateOf(
  pack: EvaluationPack,
  prices: RunPackOptions['prices'],
): Pick<
  PackRunPreview,
  'cases' | 'requests' | 'estimatedTokens' | 'estimatedCost'
> {
  const { request, task, cases, documents = [] } = pack;
  const samples = task === 'retrieval' ? 1 : request.samples ?? 1;
  const turnsOf = (it: EvaluationPack['cases'][number]) =>
    task === 'agent' ? Number(it.agent?.maxTurns ?? DEFAULT_TURNS) : 1;
  const frame = (request.system ?? '').length + (request.template ?? '').length;
  const tokensOf = (texts: string[], more = 0) =>
    Math.ceil(
      (texts.reduce((sum, text) => sum + text.length, 0) + more) /
        CHARACTERS_OF_A_TOKEN,
    ) +
    TOKENS_OF_A_MESSAGE * (texts.length + 1);
  let input = tokensOf(documents.map(({ text }) => text));
  let requests = documents.length > 0 ? 1 : 0;
  for (const it of cases) {
    const turns = turnsOf(it) * samples;
    requests += turns;
    input += tokensOf(textOf(it.input), frame) * turns;
  }
  const output =
    task === 'retrieval'
      ? 0
      : cases.reduce((sum, it) => sum + turnsOf(it), 0) *
        samples *
        (request.maxTokens ?? DEFAULT_ANSWER);
  return {
    cases: cases.length,
    requests,
    estimatedTokens: { input, output },
    ...(prices && {
      estimatedCost: {
        amount:
          (input * prices.inputPerMTok + output * prices.outputPerMTok) / 1e6,
        currency: prices.currency ?? 'USD',
      },
    }),
  };
}
