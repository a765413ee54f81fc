import { makeStyles } from '@material-ui/core/styles';
import type { Ask } from '@modelhub/backstage-plugin-models-common';
import { EmptyHint, Section } from '@modelhub/backstage-plugin-models-react';
import { useState } from 'react';
import { useLive } from '../hooks/useLive';
import { Loaded } from '../shared/Loaded';
import { AskCard } from './AskCard';
import { AskHistory } from './AskHistory';
import { DecideDialog } from './DecideDialog';
import type { Decision } from './decisions';

const useStyles = makeStyles(
  {
    announcement: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'ModelGovernanceAsksPage' },
);

const MOST_SHOWN = 50;

function countText(count: number): string {
  if (count === 0) return 'No call waits for a person.';
  return count === 1
    ? 'One call waits for a person.'
    : `${count} calls wait for a person.`;
}

/** Calls of agents that are held until a person decides about their tools. */
export function AsksPage() {
  const classes = useStyles();
  const waiting = useLive('asks:waiting', (api, signal) =>
    api.listAsks({ state: ['waiting'], limit: MOST_SHOWN }, { signal }),
  );
  const history = useLive('asks:over', (api, signal) =>
    api.listAsks(
      { state: ['allowed', 'denied', 'withdrawn', 'expired'], limit: 25 },
      { signal },
    ),
  );
  const [deciding, setDeciding] = useState<{ ask: Ask; decision: Decision }>();

  const refresh = () => {
    setDeciding(undefined);
    waiting.retry();
    history.retry();
  };
  // Those whose time is over stay in this list until the hub has ended them.
  const open = waiting.value?.items.filter(({ state }) => state === 'waiting');
  const late = waiting.value?.items.filter(({ state }) => state === 'expired');
  return (
    <>
      <Section
        title="Waiting for a person"
        description="An agent offers its model tools that its access profile wants a person to look at. The call is held until somebody decides, or its time is over."
      >
        <div role="status" className={classes.announcement}>
          {open && countText(open.length)}
        </div>
        <Loaded
          query={waiting}
          failure="The calls that wait could not be loaded"
        >
          {() =>
            open?.length === 0 ? (
              <EmptyHint
                title="No call waits for you"
                description="You see those of access profiles that you or your groups own, and all of them if you manage gateways."
              />
            ) : (
              open?.map(ask => (
                <AskCard
                  key={ask.id}
                  ask={ask}
                  onDecide={(chosen, decision) =>
                    setDeciding({ ask: chosen, decision })
                  }
                />
              ))
            )
          }
        </Loaded>
      </Section>
      <Section title="Decided and over">
        <Loaded query={history} failure="Earlier calls could not be loaded">
          {({ items }) => (
            <AskHistory
              asks={[
                ...(late ?? []).filter(
                  ({ id }) => !items.some(ask => ask.id === id),
                ),
                ...items,
              ]}
            />
          )}
        </Loaded>
      </Section>
      {deciding && (
        <DecideDialog
          ask={deciding.ask}
          decision={deciding.decision}
          onClose={refresh}
          onDecided={refresh}
        />
      )}
    </>
  );
}
