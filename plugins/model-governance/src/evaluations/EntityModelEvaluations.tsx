import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import {
  isModelEntity,
  modelEvaluationRunPermission,
} from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Pager,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { PackResultsSection } from './PackResultsSection';
import { byPack } from './results';
import { RunDialog } from './RunDialog';
import { RunsSection } from './RunsSection';

const PAGE = 200;

/** The tab "Evaluations" of a model: results by pack, comparisons, runs. */
export function EntityModelEvaluations() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const versions = isModelEntity(entity)
    ? (entity.spec.versions ?? []).map(version => version.name)
    : [];
  const pages = usePages(entityRef);
  const query = useLive(
    `model-evaluations:${entityRef}:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listModelEvaluations(
        { entityRef, latest: true, cursor: pages.cursor, limit: PAGE },
        { signal },
      ),
  );
  const mayRun = usePermission({ permission: modelEvaluationRunPermission });
  const [choosing, setChoosing] = useState<{ pack?: string }>();
  const [started, setStarted] = useState(0);

  return (
    <>
      <Section
        title="Evaluations"
        description="What this model was measured to be, by packs of cases that somebody answers for. A result is never changed; another run is another result."
        actions={
          mayRun.allowed && (
            <Button
              variant="contained"
              color="primary"
              onClick={() => setChoosing({})}
            >
              Run an evaluation…
            </Button>
          )
        }
      >
        {!mayRun.loading && !mayRun.allowed && (
          <Typography variant="body2" color="textSecondary">
            You may not run evaluations here; results of pipelines and of other
            people are shown.
          </Typography>
        )}
        <Loaded query={query} failure="The results could not be loaded">
          {({ items }) =>
            items.length === 0 && (
              <EmptyHint
                title="Nothing was measured yet"
                description="Run an evaluation pack, or send what a pipeline measured: it is shown here beside what the pack asks for."
              />
            )
          }
        </Loaded>
      </Section>
      {query.value &&
        query.status !== 'forbidden' &&
        byPack(query.value.items, versions).map(pack => (
          <PackResultsSection
            key={pack.key}
            entityRef={entityRef}
            pack={pack}
            mayReadContent={query.value?.mayReadContent ?? false}
            onRun={
              mayRun.allowed && pack.entityRef
                ? () => setChoosing({ pack: pack.entityRef })
                : undefined
            }
          />
        ))}
      <Pager pages={pages} nextCursor={query.value?.nextCursor} />
      {query.status !== 'forbidden' && query.status !== 'absent' && (
        <RunsSection
          entityRef={entityRef}
          started={started}
          onFinished={query.retry}
        />
      )}
      {choosing && (
        <RunDialog
          entityRef={entityRef}
          versions={versions}
          pack={choosing.pack}
          onClose={() => setChoosing(undefined)}
          onStarted={() => {
            setChoosing(undefined);
            setStarted(count => count + 1);
          }}
        />
      )}
    </>
  );
}
