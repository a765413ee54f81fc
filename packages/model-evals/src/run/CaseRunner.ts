import type { EvaluationFailure } from '@modelhub/governance-protocol';
import { EndpointError } from '../endpoint/failures';
import type { EvaluationCase } from '../pack/types';
import type { CaseAnswer, CaseScore } from '../scorers/types';
import { rowOf, type CaseRow, type FailureList } from './CaseTable';
import type { RunJournal } from './journal/types';
import type { KeptCase } from './KeptCases';
import { shownInput } from './respond/messages';
import type { Respondent } from './respond/types';
import { scoreCase } from './scoreCase';
import type { ScorerEndpoints } from './ScorerEndpoints';
import { seedOf } from './seeds';
import type { RunSettings } from './settings';

interface Parts {
  settings: RunSettings;
  respondent: Respondent;
  models: ScorerEndpoints;
  journal: RunJournal | undefined;
  failures: FailureList;
  signal: AbortSignal;
}

/** Asks and scores one case, and keeps each step in the journal. */
export class CaseRunner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get respondent(): Respondent {
    return this.#parts.respondent;
  }

  isAnswered(kept: KeptCase): boolean {
    const { samples } = this.#parts.settings.request;
    for (let sample = 0; sample < samples; sample++) {
      if (!kept.answers[sample]) return false;
    }
    return true;
  }

  isScored(kept: KeptCase): boolean {
    return this.#parts.settings.pack.scorers.every(
      ({ name }) => kept.scores[name] !== undefined,
    );
  }

  /**
   * Gets the answers that are missing.
   *
   * @throws EndpointError where the model does not answer
   */
  async ask(it: EvaluationCase, kept: KeptCase): Promise<void> {
    const { settings, respondent, journal, signal } = this.#parts;
    for (let sample = 0; sample < settings.request.samples; sample++) {
      if (!kept.answers[sample]) {
        const answer = await respondent.answer({
          case: it,
          seed: seedOf(settings.seed, it.id, sample),
          keptTurns: kept.turns[sample] ?? [],
          onTurn: async (turn, reply) =>
            journal?.append({
              kind: 'turn',
              caseId: it.id,
              sample,
              turn,
              reply,
            }),
          signal,
        });
        await journal?.append({
          kind: 'answer',
          caseId: it.id,
          sample,
          answer,
        });
        kept.answers[sample] = answer;
      }
    }
  }

  /** Scores what is not scored. */
  async score(it: EvaluationCase, kept: KeptCase): Promise<void> {
    const { settings, models, journal, signal } = this.#parts;
    const missing = settings.pack.scorers.filter(
      ({ name }) => kept.scores[name] === undefined,
    );
    const { scores, problems } = await scoreCase({
      case: it,
      answers: this.#answers(kept),
      scorers: missing,
      scorerOf: settings.scorerOf,
      models,
      seed: settings.seed,
      signal,
    });
    if (Object.keys(scores).length > 0) {
      await journal?.append({ kind: 'scores', caseId: it.id, scores });
    }
    Object.assign(kept.scores, scores);
    for (const [name, note] of Object.entries(problems)) {
      kept.scores[name] = { note };
    }
    if (models.problem) throw models.problem;
  }

  /** What the result keeps of a case that was answered and scored. */
  finish(it: EvaluationCase, place: number, kept: KeptCase): CaseRow {
    const { settings } = this.#parts;
    const answers = this.#answers(kept);
    for (const { name } of settings.pack.scorers) {
      const failure = kept.scores[name]?.failure;
      if (failure !== undefined) {
        this.#fail(it, place, {
          metric: name,
          reason: failure,
          output: answers.map(shownAnswer).join('\n---\n'),
        });
      }
    }
    return rowOf(
      answers,
      scoresFor(settings, kept.scores),
      settings.pack.scorers,
      settings.prices,
    );
  }

  /** What the result keeps of a case without an answer. */
  unanswered(it: EvaluationCase, place: number, error: EndpointError): CaseRow {
    this.#fail(it, place, {
      metric: 'error_rate',
      reason: `No answer: ${error.message}`,
    });
    return { outcome: 'failed', scores: {} };
  }

  #answers(kept: KeptCase): CaseAnswer[] {
    const { samples } = this.#parts.settings.request;
    return kept.answers.slice(0, samples).flatMap(answer => answer ?? []);
  }

  #fail(
    it: EvaluationCase,
    place: number,
    failure: Omit<EvaluationFailure, 'caseId'>,
  ): void {
    this.#parts.failures.add(place, {
      caseId: it.id,
      ...failure,
      ...(it.category !== undefined && { category: it.category }),
      input: shownInput(it),
    });
  }
}

function scoresFor(
  { pack }: RunSettings,
  scores: Record<string, CaseScore>,
): Record<string, CaseScore> {
  return Object.fromEntries(
    pack.scorers.flatMap(({ name }) =>
      scores[name] ? [[name, scores[name]]] : [],
    ),
  );
}

/** An answer as people read it; of agents, what happened. */
function shownAnswer({ text, ranking, trajectory, toolCalls }: CaseAnswer) {
  if (ranking) return ranking.slice(0, 10).join(', ');
  const calls = (
    Array.isArray(trajectory?.calls) ? trajectory.calls : toolCalls ?? []
  ) as Array<Record<string, unknown>>;
  return [
    ...calls.map(
      ({ name, arguments: given, error }) =>
        `${name}(${JSON.stringify(given)})${
          error === undefined ? '' : ` → ${String(error)}`
        }`,
    ),
    ...(text ? [text] : []),
  ].join('\n');
}
