import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { EvaluationPackDetail } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Facts,
  Pager,
  RelativeTime,
  Section,
  usePages,
} from '@modelhub/backstage-plugin-models-react';
import { useLive } from '../hooks/useLive';
import { listing } from '../lib/words';
import { Loaded } from '../shared/Loaded';
import { PackContents } from './PackContents';
import { PackProblems } from './PackProblems';
import { PackSample } from './PackSample';
import { ResultsTable } from './ResultsTable';

/** The tab "Evaluation" of a pack: what it asks and measures, and what came of it. */
export function EntityEvaluationPack() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { namespace, name } = parseEntityRef(entityRef);
  const query = useLive(`evaluation-pack:${entityRef}`, (api, signal) =>
    api.getEvaluationPack({ namespace, name }, { signal }),
  );
  return (
    <>
      <Loaded query={query} failure="The pack could not be read">
        {pack => (
          <>
            <Overview pack={pack} />
            <PackContents pack={pack} />
            <PackSample pack={pack} />
          </>
        )}
      </Loaded>
      <Results entityRef={entityRef} />
    </>
  );
}

const tasks: Record<string, string> = {
  chat: 'one request of a conversation',
  completion: 'one request to complete a text',
  retrieval: 'documents are ranked by embeddings',
  agent: 'several turns with simulated tools',
};

function Overview({ pack }: { pack: EvaluationPackDetail }) {
  const { cases, documents, task, versions, request } = pack;
  const settings = Object.entries(request ?? {})
    .filter(([, value]) => ['number', 'string'].includes(typeof value))
    .filter(([name]) => name !== 'system' && name !== 'template')
    .map(([name, value]) => `${name} ${value}`);
  return (
    <Section
      title={`${pack.title} ${pack.version}`}
      description={pack.description}
    >
      <PackProblems pack={pack} />
      <Facts
        items={[
          ['Kind', pack.type],
          [
            'Cases',
            cases === undefined
              ? 'not known: its files cannot be read'
              : cases.toLocaleString('en-GB'),
          ],
          ['Documents', documents?.toLocaleString('en-GB')],
          ['A case is', task && (tasks[task] ?? task)],
          ['Asked with', settings.join(', ')],
          [
            'Standard for',
            pack.purposes.length > 0
              ? `the purposes ${listing(pack.purposes)}`
              : 'every purpose',
          ],
          [
            'For models that do',
            pack.modelTasks.length > 0 ? listing(pack.modelTasks) : 'any task',
          ],
          ['Digest', pack.digest && <code>{pack.digest}</code>],
          [
            'Versions',
            versions.length > 0 && (
              <>
                {versions.map((it, index) => (
                  <span key={it.digest}>
                    {index > 0 && ', '}
                    {it.version} (first seen{' '}
                    <RelativeTime at={it.firstSeenAt} />)
                  </span>
                ))}
              </>
            ),
          ],
        ]}
      />
    </Section>
  );
}

const PAGE = 50;

/** Which models were run with it, and what came of it. */
function Results({ entityRef }: { entityRef: string }) {
  const pages = usePages(entityRef);
  const query = useLive(
    `pack-results:${entityRef}:${pages.cursor ?? ''}`,
    (api, signal) =>
      api.listModelEvaluations(
        { pack: entityRef, latest: true, cursor: pages.cursor, limit: PAGE },
        { signal },
      ),
  );
  return (
    <Section
      title="Models that were measured with it"
      description="The newest result of each version; those of models that you may see."
    >
      <Loaded query={query} failure="The results could not be loaded">
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyHint
              title="No model was measured with it yet"
              description="Open a model’s tab Evaluations and run it there."
            />
          ) : (
            <>
              <ResultsTable
                label="Models that were measured with it"
                results={items}
                showsModel
              />
              <Pager pages={pages} nextCursor={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
