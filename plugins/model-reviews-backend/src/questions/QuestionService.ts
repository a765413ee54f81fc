import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  ModelQuestion,
  ModelQuestionDetail,
  ModelQuestionInput,
  ModelQuestionUpdate,
} from '@modelhub/backstage-plugin-models-common';
import {
  demandAuthor,
  demandContributor,
  type Access,
  type Caller,
  type Model,
  type Models,
} from '../access';
import {
  notFound,
  presentAnswer,
  presentQuestion,
  type Content,
  type ContributionReader,
  type ContributionRow,
  type ContributionStore,
  type PageQuery,
} from '../contributions';
import { plainLine, plainText, someText } from '../contributions/plain';
import type { Commands } from '../news';
import { acceptedNotice, answerNotice, questionNotice } from '../news/notices';

/** More answers than anybody reads. */
const MOST_ANSWERS = 200;

export interface QuestionQuery extends PageQuery {
  author?: string;
  answered?: boolean;
  q?: string;
}

const ownedBy = (caller: Caller, model: Model | undefined) =>
  model?.owners.find(owner => caller.refs.includes(owner));

/** Questions about models, and their answers. */
export class QuestionService {
  static create(options: {
    access: Access;
    commands: Commands;
    models: Models;
    reader: ContributionReader;
    store: ContributionStore;
  }): QuestionService {
    return new QuestionService(options);
  }

  readonly #options: Parameters<typeof QuestionService.create>[0];

  private constructor(options: Parameters<typeof QuestionService.create>[0]) {
    this.#options = options;
  }

  async list(
    credentials: BackstageCredentials,
    query: QuestionQuery,
  ): Promise<{ items: ModelQuestion[]; nextCursor?: string }> {
    const { access, models, reader, store } = this.#options;
    if (query.sort !== undefined && query.sort !== 'newest') {
      throw new InputError('Questions are sorted by `newest`.');
    }
    const caller = await access.callerOf(credentials);
    const { author, answered, q } = query;
    const { rows, nextCursor } = await reader.page(
      { kinds: ['question'], author, answered, q },
      query,
      caller,
    );
    const ids = rows.map(({ id }) => id);
    const [context, answers, seen] = await Promise.all([
      reader.context(caller, rows),
      store.countByParent(ids, 'answer', caller),
      models.visible(
        rows.map(row => row.entity_ref),
        credentials,
      ),
    ]);
    return {
      items: rows.map(row =>
        presentQuestion(row, context, {
          answers: answers.get(row.id) ?? 0,
          isOwner: ownedBy(caller, seen.get(row.entity_ref)) !== undefined,
        }),
      ),
      nextCursor,
    };
  }

  async get(
    credentials: BackstageCredentials,
    id: string,
  ): Promise<ModelQuestionDetail> {
    const { access, models, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, ['question']);
    const [seen, found] = await Promise.all([
      models.visible([row.entity_ref], credentials),
      store.list({ kinds: ['answer'], parentIds: [id] }, caller, {
        sort: 'helpful',
        limit: MOST_ANSWERS,
      }),
    ]);
    const answers = [
      ...found.filter(it => it.id === row.accepted_id),
      ...found.filter(it => it.id !== row.accepted_id),
    ];
    const context = await reader.context(caller, [row, ...answers]);
    return {
      question: presentQuestion(row, context, {
        answers: answers.length,
        isOwner: ownedBy(caller, seen.get(row.entity_ref)) !== undefined,
      }),
      answers: answers.map(it => presentAnswer(it, context, row.accepted_id)),
    };
  }

  async create(
    credentials: BackstageCredentials,
    input: ModelQuestionInput,
    key: string | undefined,
  ): Promise<ModelQuestionDetail> {
    const { access, commands, models, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const model = await models.get(input.entityRef, credentials);
    const content = contentFrom(input);
    const { id } = await commands.run(
      { caller: me, key, request: ['question', input] },
      async (tx, news) => {
        const created = await store.insert(
          tx,
          { kind: 'question', entityRef: model.entityRef, author: me, content },
          'This question is there already.',
        );
        news.push(questionNotice(created, me, model, content));
        return { id: created };
      },
    );
    return this.get(credentials, id);
  }

  async update(
    credentials: BackstageCredentials,
    id: string,
    input: ModelQuestionUpdate,
    key: string | undefined,
  ): Promise<ModelQuestionDetail> {
    const content = contentFrom(input);
    await this.#rewrite(credentials, id, 'question', input, content, key);
    return this.get(credentials, id);
  }

  async answer(
    credentials: BackstageCredentials,
    id: string,
    input: { text: string },
    key: string | undefined,
  ): Promise<ModelQuestionDetail> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { row, model } = await reader.get(id, caller, ['question']);
    const content = { text: someText(input.text, 'the answer') };
    await commands.run(
      { caller: me, key, request: ['answer', id, input] },
      async (tx, news) => {
        const created = await store.insert(
          tx,
          {
            kind: 'answer',
            entityRef: row.entity_ref,
            author: me,
            content,
            parentId: id,
            ownerRef: ownedBy(caller, model),
          },
          'This answer is there already.',
        );
        news.push(answerNotice(row, me, model));
        return { id: created };
      },
    );
    return this.get(credentials, id);
  }

  async updateAnswer(
    credentials: BackstageCredentials,
    id: string,
    input: { revision: number; text: string },
    key: string | undefined,
  ): Promise<ModelQuestionDetail> {
    const content = { text: someText(input.text, 'the answer') };
    const row = await this.#rewrite(
      credentials,
      id,
      'answer',
      input,
      content,
      key,
    );
    return this.get(credentials, row.parent_id ?? '');
  }

  /** @throws NotAllowedError unless the caller asked or owns the model */
  async accept(
    credentials: BackstageCredentials,
    id: string,
    answerId: string | undefined,
    key: string | undefined,
  ): Promise<ModelQuestionDetail> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const me = demandContributor(caller);
    const { row, model } = await reader.get(id, caller, ['question']);
    if (row.author !== me && ownedBy(caller, model) === undefined) {
      throw new NotAllowedError(
        'Who asked, and the owner of the model, say which answer helped. Vote for it instead.',
      );
    }
    await commands.run(
      { caller: me, key, request: ['accept', id, answerId] },
      async (tx, news) => {
        if (answerId !== undefined) {
          const answer = await store.get(answerId, tx);
          if (answer.parent_id !== id || answer.withdrawn_at !== null) {
            throw notFound(answerId);
          }
          if (answer.hidden_at !== null) {
            throw new ConflictError(
              'This answer is hidden by moderators. Accept another one.',
            );
          }
          news.push(acceptedNotice(answer, me, model));
        }
        await tx('contributions')
          .where({ id })
          .update({ accepted_id: answerId ?? null });
        return { id };
      },
    );
    return this.get(credentials, id);
  }

  async #rewrite(
    credentials: BackstageCredentials,
    id: string,
    kind: 'question' | 'answer',
    input: { revision: number },
    content: Content,
    key: string | undefined,
  ): Promise<ContributionRow> {
    const { access, commands, reader, store } = this.#options;
    const caller = await access.callerOf(credentials);
    const row = await reader.getForAuthor(id, caller, [kind]);
    const me = demandAuthor(caller, row);
    await commands.run(
      { caller: me, key, request: ['update', id, input] },
      async tx => {
        await store.rewrite(tx, row, input.revision, content);
        return { id };
      },
    );
    return row;
  }
}

function contentFrom(input: ModelQuestionInput | ModelQuestionUpdate): Content {
  return {
    title: plainLine(someText(input.title, 'the question')),
    ...(input.body?.trim() && { body: plainText(input.body) }),
  };
}
