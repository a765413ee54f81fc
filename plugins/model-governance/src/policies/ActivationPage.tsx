import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import {
  EmptyHint,
  Facts,
  RelativeTime,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { FileDiff } from './DiffView';
import { Hash } from './Hash';
import { ActivatedBy } from './HistoryPage';
import { usePoliciesPath } from './PoliciesNav';
import { ProposeDialog } from './ProposeDialog';

/** Proposes to have this version again. */
function RevertButton(props: { id: number; version: string }) {
  const { id, version } = props;
  const [open, setOpen] = useState(false);
  const files = useLive('policy-files', (api, signal) =>
    api.getPolicyFiles({ signal }),
  );
  if (!files.value?.mayPropose || files.value.version === version) return null;
  return (
    <>
      <Button variant="outlined" size="small" onClick={() => setOpen(true)}>
        Propose to go back to this version
      </Button>
      {open && (
        <ProposeDialog
          title="Back to an earlier version"
          revertTo={id}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** One version that came into force, and what it changed. */
export function ActivationPage({ id }: { id: string }) {
  const path = usePoliciesPath();
  const query = useLive(
    `policy-activation:${id}`,
    (api, signal) => api.getPolicyActivation({ id }, { signal }),
    { still: true },
  );
  return (
    <Loaded query={query} failure="This version could not be loaded">
      {({ activation, files }) => (
        <>
          <Section
            title="Policies that came into force"
            actions={
              <RevertButton id={activation.id} version={activation.version} />
            }
          >
            <Facts
              items={[
                ['Since', <RelativeTime key="at" at={activation.at} />],
                ['By', <ActivatedBy key="by" {...activation} />],
                ['Version', <Hash key="hash" hash={activation.version} />],
                ['Reason', activation.reason],
                [
                  'Proposal',
                  activation.proposalId && (
                    <Link
                      key="proposal"
                      to={path(`proposals/${activation.proposalId}`)}
                    >
                      What was proposed
                    </Link>
                  ),
                ],
              ]}
            />
          </Section>
          <Section title="What changed">
            {files.length === 0 ? (
              <EmptyHint title="No file differs from the version before" />
            ) : (
              files.map(file => <FileDiff key={file.name} file={file} />)
            )}
          </Section>
        </>
      )}
    </Loaded>
  );
}
