import { Link } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import type { OnlineExperimentDetail } from '@modelhub/backstage-plugin-models-common';
import {
  Facts,
  modelGovernanceApiRef,
  ModelLink,
  Person,
  RelativeTime,
  Section,
  useSubmission,
} from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { GovernanceTitle } from '../governance/GovernanceTitle';
import { useLive } from '../hooks/useLive';
import { rootRouteRef } from '../routes';
import { ActionDialog } from '../shared/ActionDialog';
import { Loaded } from '../shared/Loaded';
import { ConsentText } from './ConsentText';
import { Figures } from './Figures';
import { callsWords, modelWords, percent, stateWords } from './words';

type Deed = 'consent' | 'withdraw' | 'stop';

const DEEDS: Record<
  Deed,
  { title: string; confirm: string; about: string; destructive?: boolean }
> = {
  consent: {
    title: 'Consent to this experiment',
    confirm: 'I consent',
    about: 'Your name, the time and a hash of this text go into the ledger.',
  },
  withdraw: {
    title: 'Withdraw the consent',
    confirm: 'Withdraw',
    about:
      'The experiment ends on every gateway within seconds. What was scored until now stays.',
    destructive: true,
  },
  stop: {
    title: 'Stop the experiment',
    confirm: 'Stop',
    about:
      'It ends on every gateway within seconds and cannot go on. What was scored until now is filed as a result.',
    destructive: true,
  },
};

/** One experiment with live calls: what was agreed, what it shows, and how to end it. */
export function OnlineExperimentPage() {
  const { id = '' } = useParams();
  const query = useLive(`online:${id}`, (api, signal) =>
    api.getOnlineExperiment({ id }, { signal }),
  );
  return (
    <Loaded query={query} failure="The experiment could not be loaded">
      {it => <Experiment it={it} onChanged={query.retry} />}
    </Loaded>
  );
}

function Experiment(props: {
  it: OnlineExperimentDetail;
  onChanged: () => void;
}) {
  const { it, onChanged } = props;
  const root = useRouteRef(rootRouteRef)();
  const [deed, setDeed] = useState<Deed>();
  const { stop, consent, challenger, calls, results = [] } = it;
  return (
    <>
      <GovernanceTitle title={it.title} />
      <Typography paragraph>
        <Link to={`${root}/online`}>All experiments</Link>
      </Typography>
      <Section
        title={it.title}
        actions={
          <>
            {it.mayConsent && (
              <Button
                variant="contained"
                color="primary"
                onClick={() => setDeed('consent')}
              >
                Read and consent…
              </Button>
            )}
            {it.mayWithdraw && (
              <Button variant="outlined" onClick={() => setDeed('withdraw')}>
                Withdraw consent…
              </Button>
            )}
            {it.mayStop && !it.mayWithdraw && (
              <Button variant="outlined" onClick={() => setDeed('stop')}>
                {it.state === 'planned' ? 'Give up…' : 'Stop…'}
              </Button>
            )}
          </>
        }
      >
        {it.mayNotConsentBecause && (
          <Alert severity="info">{it.mayNotConsentBecause}</Alert>
        )}
        {stop && (
          <Alert severity={stop.kind === 'time' ? 'success' : 'warning'}>
            {stateWords(it)}: {stop.reason}
          </Alert>
        )}
        <Facts
          items={[
            ['State', stateWords(it)],
            ['Calls of', `${it.profileTitle}, for ${it.purpose}`],
            ['Tiers', it.tiers.join(', ')],
            [
              challenger ? 'Control' : 'Model',
              <ModelLink
                key="control"
                entityRef={it.control.entityRef}
                title={modelWords(it.control)}
              />,
            ],
            [
              'Challenger',
              challenger && (
                <>
                  <ModelLink
                    entityRef={challenger.entityRef}
                    title={modelWords(challenger)}
                  />
                  , for {percent(it.share)} of the callers
                </>
              ),
            ],
            ['Scored', `${percent(it.sampling)} of the answers`],
            [
              'Began',
              it.startsAt ? <RelativeTime at={it.startsAt} /> : undefined,
            ],
            [
              'Ends',
              it.state === 'running' && it.endsAt ? (
                <RelativeTime at={it.endsAt} />
              ) : undefined,
            ],
            [
              'Consent',
              consent && (
                <>
                  <Person entityRef={consent.by} />,{' '}
                  <RelativeTime at={consent.at} />
                </>
              ),
            ],
            ['Opted out', calls.optedOut > 0 && callsWords(calls.optedOut)],
            [
              'Kept from the challenger',
              calls.refused > 0 &&
                `${callsWords(calls.refused)}: it was not allowed for them`,
            ],
            [
              'Not scored',
              calls.dropped > 0 &&
                `${callsWords(calls.dropped)}: the gateway had too many`,
            ],
            [
              'Filed as results',
              results.length > 0 &&
                results.map(({ arm, entityRef, modelVersion }) => (
                  <div key={arm}>
                    <ModelLink
                      entityRef={entityRef}
                      title={`${arm}: ${entityRef} ${modelVersion}`}
                    />
                  </div>
                )),
            ],
          ]}
        />
      </Section>
      <Section
        title="What it shows"
        description="Intervals hold at all times at once: looking often makes no alarm false. A difference is turned so that a negative one is a loss."
      >
        <Figures figures={it.figures} isPair={challenger !== undefined} />
      </Section>
      <Section title="What was agreed">
        <ConsentText
          title={consent ? 'The consent' : 'What the owner is asked'}
          text={it.consentText}
        />
      </Section>
      {deed && (
        <DeedDialog
          it={it}
          deed={deed}
          onClose={() => setDeed(undefined)}
          onDone={() => {
            setDeed(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function DeedDialog(props: {
  it: OnlineExperimentDetail;
  deed: Deed;
  onClose: () => void;
  onDone: () => void;
}) {
  const { it, deed, onClose, onDone } = props;
  const api = useApi(modelGovernanceApiRef);
  const { submit, busy, error } = useSubmission<OnlineExperimentDetail>();
  const { about, ...words } = DEEDS[deed];
  const isConsent = deed === 'consent';

  const confirm = async (reason = '') => {
    const done = isConsent
      ? await submit({
          body: { textHash: it.consentTextHash },
          send: (body, idempotencyKey) =>
            api.consentToOnlineExperiment({ id: it.id, body, idempotencyKey }),
        })
      : await submit({
          body: { reason, withdrawConsent: deed === 'withdraw' },
          send: (body, idempotencyKey) =>
            api.stopOnlineExperiment({ id: it.id, body, idempotencyKey }),
        });
    if (done) onDone();
  };

  return (
    <ActionDialog
      {...words}
      reason={isConsent ? undefined : { label: 'Reason', required: true }}
      busy={busy}
      error={error}
      onClose={onClose}
      onConfirm={confirm}
    >
      {isConsent && (
        <ConsentText title="What you consent to" text={it.consentText} />
      )}
      {about}
    </ActionDialog>
  );
}
