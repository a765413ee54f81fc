import type {
  ModelAnswer,
  ModelContribution,
  ModelQuestion,
  ModelReview,
  ModelReviewReply,
  ModelTip,
} from '@modelhub/backstage-plugin-models-common';
import type { Caller } from '../access';
import { aspects, ERASED, type Content, type ContributionRow } from './records';

/** What the presentation of contributions needs besides their rows. */
export interface PresentContext {
  caller: Caller;
  voted: Set<string>;
  undoMs: number;
}

export const contentOf = (row: { content: string }): Content =>
  JSON.parse(row.content);

function stateOf(row: ContributionRow): ModelContribution['state'] {
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.hidden_at === null ? 'published' : 'hidden';
}

/** Until when a withdrawal can be undone. */
export function undoUntil(withdrawnAt: string, undoMs: number): string {
  return new Date(Date.parse(withdrawnAt) + undoMs).toISOString();
}

export function presentContribution(
  row: ContributionRow,
  { caller, voted, undoMs }: PresentContext,
): ModelContribution {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    author: row.author,
    authorErased: row.author.startsWith(ERASED),
    mine: row.author === caller.me,
    createdAt: row.created_at,
    ...(row.edited_at !== null && { editedAt: row.edited_at }),
    revision: row.revision,
    state: stateOf(row),
    ...(row.hidden_at !== null && {
      hidden: { at: row.hidden_at, reason: row.hidden_reason ?? '' },
    }),
    ...(row.withdrawn_at !== null && {
      undoUntil: undoUntil(row.withdrawn_at, undoMs),
    }),
    helpful: row.helpful,
    votedHelpful: voted.has(row.id),
    mayModerate: row.author !== caller.me && caller.mayModerate(row),
  };
}

export function presentReview(
  row: ContributionRow,
  context: PresentContext,
  more: { tips: number; reply?: ContributionRow },
): ModelReview {
  const { stars, useCase, whatWorked, limitations } = contentOf(row);
  return {
    ...presentContribution(row, context),
    modelVersion: row.model_version ?? '',
    stars: Object.fromEntries(
      aspects.flatMap(it => (stars?.[it] ? [[it, stars[it]]] : [])),
    ),
    overall: Number(row.overall),
    useCase,
    whatWorked,
    limitations,
    verified: Boolean(row.verified),
    tips: more.tips,
    ...(more.reply && { reply: presentReply(more.reply, context) }),
  };
}

function presentReply(
  row: ContributionRow,
  context: PresentContext,
): ModelReviewReply {
  return {
    ...presentContribution(row, context),
    text: contentOf(row).text ?? '',
    ...(row.owner_ref !== null && { group: row.owner_ref }),
  };
}

export function presentTip(
  row: ContributionRow,
  context: PresentContext,
): ModelTip {
  const { kind, title, body, settings, modelVersion } = contentOf(row);
  return {
    ...presentContribution(row, context),
    ...(row.parent_id !== null && { reviewId: row.parent_id }),
    modelVersion,
    kind: kind ?? 'prompt',
    title: title ?? '',
    body: body ?? '',
    settings,
  };
}

export function presentQuestion(
  row: ContributionRow,
  context: PresentContext,
  more: { answers: number; isOwner: boolean },
): ModelQuestion {
  const { title, body } = contentOf(row);
  const { caller } = context;
  return {
    ...presentContribution(row, context),
    title: title ?? '',
    body,
    answers: more.answers,
    ...(row.accepted_id !== null && { acceptedAnswerId: row.accepted_id }),
    mayAccept:
      caller.me !== undefined && (row.author === caller.me || more.isOwner),
  };
}

export function presentAnswer(
  row: ContributionRow,
  context: PresentContext,
  acceptedId: string | null,
): ModelAnswer {
  return {
    ...presentContribution(row, context),
    questionId: row.parent_id ?? '',
    text: contentOf(row).text ?? '',
    accepted: row.id === acceptedId,
    byOwner: row.owner_ref !== null,
  };
}
