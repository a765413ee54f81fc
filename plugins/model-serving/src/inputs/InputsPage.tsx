import { Loaded, Section } from '@modelhub/backstage-plugin-models-react';
import { useNavigate } from 'react-router-dom';
import { useServingPaths } from '../lib/paths';
import { EvaluateTitle } from '../page/EvaluateTitle';
import { useTargets } from '../playground/targets';
import { BatchesSection } from './BatchesSection';
import { InputsForm } from './InputsForm';

/** A file of one's own through up to four models. */
export function InputsPage() {
  const { query, chosen, choose, chooseProfile } = useTargets();
  const paths = useServingPaths();
  const navigate = useNavigate();
  return (
    <>
      <EvaluateTitle title="Own inputs" />
      <Section
        title="Run your own inputs"
        description="A JSON Lines or CSV file with a prompt in each row. It goes on when you leave, and is kept for you alone until it is erased."
      >
        <Loaded
          query={query}
          room="model-serving"
          failure="The models could not be loaded"
        >
          {known => (
            <InputsForm
              known={known}
              chosen={chosen(known)}
              onChoose={choose}
              onProfile={chooseProfile}
              onStarted={({ id }) => navigate(paths.batch(id))}
            />
          )}
        </Loaded>
      </Section>
      <BatchesSection />
    </>
  );
}
