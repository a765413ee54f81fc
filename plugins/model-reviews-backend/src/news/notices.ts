import { parseEntityRef } from '@backstage/catalog-model';
import type { Notice } from '@modelhub/backstage-plugin-models-node';
import type { Model } from '../access';
import {
  ERASED,
  type Content,
  type ContributionRow,
} from '../contributions/records';

/** Topic of notifications. */
export const REVIEWS_TOPIC = 'model-reviews';

const names: Record<ContributionRow['kind'], string> = {
  review: 'review',
  reply: 'reply',
  tip: 'tip',
  question: 'question',
  answer: 'answer',
};

/** What a notice is about; replies and answers are shown with what they belong to. */
type Subject = Pick<ContributionRow, 'id' | 'kind' | 'parent_id'>;

/** The page of a model, with what the notice is about alone on it. */
function linkTo({ entityRef }: Model, about: Subject): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const page = `/catalog/${namespace}/${kind}/${name}/reviews`;
  const { id, parent_id: parent } = about;
  switch (about.kind) {
    case 'review':
      return `${page}?review=${id}`;
    case 'reply':
      return `${page}?review=${parent}`;
    case 'tip':
      return `${page}?view=tips&tip=${id}`;
    case 'question':
      return `${page}?view=questions&question=${id}`;
    default:
      return `${page}?view=questions&question=${parent}`;
  }
}

const notice = (
  model: Model,
  about: Subject,
  what: string,
  fields: Omit<Notice, 'link' | 'scope'>,
): Notice => ({
  ...fields,
  to: fields.to.filter(ref => !ref.startsWith(ERASED)),
  link: linkTo(model, about),
  scope: [REVIEWS_TOPIC, about.id, what].filter(Boolean).join(':'),
});

const asNew = (id: string, kind: 'review' | 'question'): Subject => ({
  id,
  kind,
  parent_id: null,
});

/** The owners of a model hear of a review. */
export function reviewNotice(
  id: string,
  author: string,
  model: Model,
  overall: number,
): Notice {
  return notice(model, asNew(id, 'review'), '', {
    to: model.owners,
    except: author,
    title: `New review of ${model.title}`,
    description: `${overall.toFixed(1)} of 5 stars. Your team may reply to it.`,
  });
}

/** The owners of a model hear of a question. */
export function questionNotice(
  id: string,
  author: string,
  model: Model,
  content: Content,
): Notice {
  return notice(model, asNew(id, 'question'), '', {
    to: model.owners,
    except: author,
    title: `New question about ${model.title}`,
    description: content.title,
  });
}

/** The author of a review hears of the reply of the owner. */
export function replyNotice(review: ContributionRow, model: Model): Notice {
  return notice(model, review, 'reply', {
    to: [review.author],
    title: `The owner of ${model.title} replied to your review`,
  });
}

/** Who asked hears of an answer. */
export function answerNotice(
  question: ContributionRow,
  author: string,
  model: Model,
): Notice {
  return notice(model, question, 'answer', {
    to: [question.author],
    except: author,
    title: `Your question about ${model.title} has an answer`,
  });
}

/** The author of an answer hears that it was accepted. */
export function acceptedNotice(
  answer: ContributionRow,
  by: string,
  model: Model,
): Notice {
  return notice(model, answer, 'accepted', {
    to: [answer.author],
    except: by,
    title: `Your answer about ${model.title} was accepted`,
  });
}

/** The author hears how many people were helped. */
export function helpfulNotice(
  row: ContributionRow,
  model: Model,
  votes: number,
): Notice {
  const people = votes === 1 ? 'Somebody finds' : `${votes} people find`;
  return notice(model, row, 'helpful', {
    to: [row.author],
    title: `${people} your ${names[row.kind]} about ${model.title} helpful`,
  });
}

/** The author hears what moderators did. */
export function moderationNotice(
  row: ContributionRow,
  model: Model,
  action: 'hide' | 'restore',
  reason: string,
): Notice {
  const what = `Your ${names[row.kind]} about ${model.title}`;
  return notice(model, row, 'moderation', {
    to: [row.author],
    title:
      action === 'hide'
        ? `${what} was hidden by a moderator`
        : `${what} is shown again`,
    description: reason,
  });
}
