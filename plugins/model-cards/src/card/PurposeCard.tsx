import Typography from '@material-ui/core/Typography';
import { humanize } from '../format';
import { Columns, NotStated, SectionCard, TitledList } from './SectionCard';
import { useModelEntity } from './useModelEntity';

/** What the model is for, what it is not for, and what it does badly. */
export function PurposeCard() {
  const { metadata, spec } = useModelEntity();
  const { intended, outOfScope, restrictions } = spec.useCases ?? {};
  const silent =
    !intended?.length &&
    !outOfScope?.length &&
    !restrictions?.length &&
    !spec.limitations?.length;
  const fields = [...(spec.tasks ?? []), ...(spec.domains ?? [])].map(humanize);
  return (
    <SectionCard title="What it is for">
      {metadata.description && (
        <Typography variant="body1">{metadata.description}</Typography>
      )}
      {fields.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {fields.join(' · ')}
        </Typography>
      )}
      {silent ? (
        <NotStated>
          The card does not say yet what this model is for and what it is not
          for.
        </NotStated>
      ) : (
        <Columns>
          <TitledList title="For" items={intended} />
          <TitledList title="Not for" items={outOfScope} />
          <TitledList title="Limitations" items={spec.limitations} />
          <TitledList title="Rules for its users" items={restrictions} />
        </Columns>
      )}
    </SectionCard>
  );
}
