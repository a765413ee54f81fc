import { useApi } from '@backstage/core-plugin-api';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import type {
  EvaluationPackSummary,
  PackRun,
} from '@modelhub/backstage-plugin-models-common';
import {
  ChoiceField,
  EmptyHint,
  modelGovernanceApiRef,
  useFieldStyles,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { ActionDialog } from '../shared/ActionDialog';
import { Loaded } from '../shared/Loaded';
import { PreviewFacts, RunElsewhere } from './PreviewFacts';
import { PackProblems } from './PackProblems';
import { isUnderWay } from './RunState';

interface Chosen {
  entityRef: string;
  modelVersion: string;
  pack: string;
}

const choiceOf = (it: EvaluationPackSummary) => ({
  value: it.entityRef,
  label: `${it.title} ${it.version} (${it.type}${
    it.cases === undefined ? '' : `, ${it.cases} cases`
  })`,
});

/** Which pack on which version; what that asks; go. */
export function RunDialog(props: {
  entityRef: string;
  /** From old to new. */
  versions: string[];
  /** Chosen before. */
  pack?: string;
  version?: string;
  onClose: () => void;
  onStarted: (run: PackRun) => void;
}) {
  const { entityRef, versions, onClose, onStarted } = props;
  const classes = useFieldStyles();
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<PackRun>();
  const packs = useLive(`evaluation-packs:${entityRef}`, (client, signal) =>
    client.listEvaluationPacks({ entityRef }, { signal }),
  );
  const [pack, setPack] = useState(props.pack ?? '');
  const [version, setVersion] = useState(
    props.version ?? versions[versions.length - 1] ?? '',
  );
  const [may, setMay] = useState(false);
  const chosen: Chosen = { entityRef, modelVersion: version, pack };

  const start = async () => {
    const run = await submit({
      body: chosen,
      send: (body, idempotencyKey) =>
        api.startPackRun({ body, idempotencyKey }),
    });
    if (run) onStarted(run);
  };

  return (
    <ActionDialog
      title="Run an evaluation"
      confirm="Run it"
      busy={busy}
      error={error}
      disabled={!pack || !version || !may}
      onClose={onClose}
      onConfirm={start}
    >
      <Loaded query={packs} failure="The evaluation packs could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyHint
              title="There is no evaluation pack for this model"
              description="Packs are entities of kind EvaluationPack in the catalog. None that you may see is for the tasks of this model."
            />
          ) : (
            <div className={classes.fields}>
              <ChoiceField
                id="evaluation-pack"
                label="Evaluation pack"
                value={pack}
                none="Choose a pack"
                required
                choices={items.map(choiceOf)}
                onChange={value => {
                  setMay(false);
                  setPack(value);
                }}
                helperText={
                  items.find(it => it.entityRef === pack)?.description
                }
              />
              <ChoiceField
                id="evaluation-version"
                label="Version of the model"
                value={version}
                required
                none={versions.length === 0 ? 'It has no version' : undefined}
                choices={[...versions]
                  .reverse()
                  .map(value => ({ value, label: value }))}
                onChange={value => {
                  setMay(false);
                  setVersion(value);
                }}
              />
              <PackProblems pack={items.find(it => it.entityRef === pack)} />
              {pack && version && (
                <Preview
                  key={`${pack} ${version}`}
                  chosen={chosen}
                  onKnown={setMay}
                />
              )}
            </div>
          )
        }
      </Loaded>
    </ActionDialog>
  );
}

function Preview(props: { chosen: Chosen; onKnown: (may: boolean) => void }) {
  const { chosen, onKnown } = props;
  const preview = useLive(
    `pack-run-preview:${JSON.stringify(chosen)}`,
    async (client, signal) => {
      const answer = await client.previewPackRun(chosen, { signal });
      onKnown(answer.may);
      return answer;
    },
  );
  if (preview.status === 'loading' && !preview.value) {
    return <LinearProgress aria-label="Working out what it would ask" />;
  }
  return (
    <Loaded query={preview} failure="What it would ask could not be worked out">
      {answer => (
        <div role="status">
          <PreviewFacts preview={answer} />
          {answer.running.filter(isUnderWay).length > 0 && (
            <Typography variant="body2">
              The same pack is running on this version already.
            </Typography>
          )}
          <RunElsewhere preview={answer} />
        </div>
      )}
    </Loaded>
  );
}
