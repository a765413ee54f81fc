import { audited } from '@modelhub/backstage-plugin-models-node';
import type { OpenapiRouter } from '../schema/openapi.generated';
import type { ReviewsRouterDeps } from './index';
import { anyone } from './anyone';

export function addQuestionRoutes(
  router: OpenapiRouter,
  { auditor, httpAuth, questions }: ReviewsRouterDeps,
): void {
  router.get('/questions', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await questions.list(credentials, req.query));
  });

  router.post('/questions', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { entityRef } = req.body;
    const question = await audited(
      auditor,
      { eventId: 'model-question-create', request: req, meta: { entityRef } },
      () =>
        questions.create(credentials, req.body, req.header('idempotency-key')),
    );
    res.status(201).json(question);
  });

  router.get('/questions/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    res.json(await questions.get(credentials, req.params.id));
  });

  router.put('/questions/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const question = await audited(
      auditor,
      { eventId: 'model-question-update', request: req, meta: { id } },
      () =>
        questions.update(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(question);
  });

  router.post('/questions/:id/answers', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const question = await audited(
      auditor,
      { eventId: 'model-answer-create', request: req, meta: { question: id } },
      () =>
        questions.answer(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.status(201).json(question);
  });

  router.put('/questions/:id/accepted', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const { answerId } = req.body;
    const question = await audited(
      auditor,
      {
        eventId: 'model-answer-accept',
        request: req,
        meta: { question: id, ...(answerId && { answer: answerId }) },
      },
      () =>
        questions.accept(
          credentials,
          id,
          answerId,
          req.header('idempotency-key'),
        ),
    );
    res.json(question);
  });

  router.put('/answers/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, anyone);
    const { id } = req.params;
    const question = await audited(
      auditor,
      { eventId: 'model-answer-update', request: req, meta: { id } },
      () =>
        questions.updateAnswer(
          credentials,
          id,
          req.body,
          req.header('idempotency-key'),
        ),
    );
    res.json(question);
  });
}
