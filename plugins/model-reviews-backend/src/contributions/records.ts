import type { ModelContributionKind } from '@modelhub/backstage-plugin-models-common';

export const aspects = ['quality', 'speed', 'cost', 'ease'] as const;

export type Aspect = (typeof aspects)[number];

export type Kind = ModelContributionKind;

/** What somebody wrote, by kind: the fields of the input of that kind. */
export interface Content {
  stars?: Partial<Record<Aspect, number>>;
  useCase?: string;
  whatWorked?: string;
  limitations?: string;
  text?: string;
  kind?: 'prompt' | 'preprocessing' | 'settings';
  title?: string;
  body?: string;
  settings?: Record<string, unknown>;
  modelVersion?: string;
}

/** A row of `contributions`. */
export interface ContributionRow {
  pk: number;
  id: string;
  kind: Kind;
  entity_ref: string;
  parent_id: string | null;
  author: string;
  content: string;
  revision: number;
  created_at: string;
  edited_at: string | null;
  withdrawn_at: string | null;
  hidden_at: string | null;
  hidden_reason: string | null;
  helpful: number;
  milestone: number;
  model_version: string | null;
  use_case: string | null;
  use_case_key: string | null;
  verified: boolean | number;
  quality: number | null;
  speed: number | null;
  cost: number | null;
  ease: number | null;
  overall: number | null;
  tip_kind: string | null;
  accepted_id: string | null;
  owner_ref: string | null;
}

/** Columns that a content decides. */
export function columnsOf(kind: Kind, content: Content) {
  const stars = aspects.flatMap(aspect => content.stars?.[aspect] ?? []);
  return {
    content: JSON.stringify(content),
    ...(kind === 'review' && {
      ...Object.fromEntries(
        aspects.map(aspect => [aspect, content.stars?.[aspect] ?? null]),
      ),
      overall: stars.reduce((sum, it) => sum + it, 0) / stars.length,
      use_case: content.useCase ?? null,
      use_case_key: content.useCase ? useCaseKey(content.useCase) : null,
    }),
    ...(kind === 'tip' && {
      tip_kind: content.kind,
      model_version: content.modelVersion ?? null,
    }),
  };
}

/** The same for use cases that differ in case and spaces alone. */
export function useCaseKey(useCase: string): string {
  return useCase.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, 120);
}

/** What a search looks through. */
export function textOf(content: Content): string {
  const { title, useCase, whatWorked, limitations, text, body, settings } =
    content;
  return [
    title,
    useCase,
    whatWorked,
    limitations,
    text,
    body,
    settings && JSON.stringify(settings),
  ]
    .filter(part => part !== undefined)
    .join('\n');
}

/** Pseudonyms begin like this; no entity ref does. */
export const ERASED = 'erased:';
