import { Link, LinkButton } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import type { PlaygroundTargets } from '@modelhub/backstage-plugin-models-common';
import {
  EmptyHint,
  Loaded,
  Section,
} from '@modelhub/backstage-plugin-models-react';
import { Announcement } from '../lib/Announcement';
import { useServingPaths } from '../lib/paths';
import { EvaluateTitle } from '../page/EvaluateTitle';
import { Composer } from './Composer';
import { nameIn, useTargets } from './targets';
import { TargetsBar } from './TargetsBar';
import { TurnView } from './TurnView';
import { useChat } from './useChat';
import { announcementOf } from './words';

function NoTargets({ known }: { known: PlaygroundTargets }) {
  const paths = useServingPaths();
  return (
    <EmptyHint
      title={
        known.profile
          ? 'There is no model to prompt'
          : 'You are in no access profile'
      }
      description={
        known.profile
          ? 'Evaluate a model for an endpoint of your own, or request access to a hosted model at the tier sandbox.'
          : 'The administrators of this portal add you to one.'
      }
      action={
        paths.models && (
          <LinkButton variant="contained" color="primary" to={paths.models}>
            Find a model
          </LinkButton>
        )
      }
    />
  );
}

/** One prompt, up to four models side by side. */
function Session(props: {
  known: PlaygroundTargets;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onProfile: (id: string) => void;
}) {
  const { known, chosen } = props;
  const paths = useServingPaths();
  const { turns, open, ask, stop, stopAll, clear } = useChat();
  const nameOf = nameIn(known.items);
  const callable = chosen.filter(id =>
    known.items.some(target => target.id === id && target.available),
  );
  return (
    <>
      <Section
        title="Playground"
        description="The same prompt to up to four models. Every call goes through the gateway."
        actions={
          <Link
            to={paths.inputs({ profile: known.profile, targets: callable })}
          >
            Run a file instead
          </Link>
        }
      >
        <TargetsBar
          known={known}
          chosen={chosen}
          onChoose={props.onChoose}
          onProfile={props.onProfile}
        />
        {known.items.length === 0 && <NoTargets known={known} />}
        {known.items.length > 0 && chosen.length === 0 && (
          <EmptyHint
            title="Choose a model to begin"
            description={`“Add a model” takes up to ${known.limits.targets}, which answer side by side.`}
          />
        )}
      </Section>
      <Announcement>{announcementOf(turns.at(-1), nameOf)}</Announcement>
      {turns.map((turn, index) => (
        <TurnView
          key={turn.id}
          turn={turn}
          number={index + 1}
          nameOf={nameOf}
          onStop={target => stop(turn.id, target)}
        />
      ))}
      <Section
        title="Your prompt"
        actions={
          turns.length > 0 && (
            <Button size="small" disabled={open.length > 0} onClick={clear}>
              Begin anew
            </Button>
          )
        }
      >
        <Composer
          limits={known.limits}
          targets={callable.length}
          busy={open.length > 0}
          hasHistory={turns.length > 0}
          onStop={stopAll}
          onAsk={written =>
            ask({ ...written, targets: callable, profile: known.profile })
          }
        />
      </Section>
    </>
  );
}

/** The playground: nothing of it is kept anywhere. */
export function PlaygroundPage() {
  const { query, chosen, choose, chooseProfile } = useTargets();
  return (
    <>
      <EvaluateTitle title="Playground" />
      <Loaded
        query={query}
        room="model-serving"
        failure="The models could not be loaded"
      >
        {known => (
          <Session
            known={known}
            chosen={chosen(known)}
            onChoose={choose}
            onProfile={chooseProfile}
          />
        )}
      </Loaded>
    </>
  );
}
