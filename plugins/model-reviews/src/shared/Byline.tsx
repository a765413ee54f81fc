import Typography from '@material-ui/core/Typography';
import HowToRegIcon from '@material-ui/icons/HowToReg';
import type { ModelContribution } from '@modelhub/backstage-plugin-models-common';
import {
  ModelLink,
  Person,
  RelativeTime,
  StatusChip,
} from '@modelhub/backstage-plugin-models-react';

/** A person by name, or whom nobody knows any more. */
export function Author({ contribution }: { contribution: ModelContribution }) {
  if (contribution.authorErased) return <>A former colleague</>;
  return <Person entityRef={contribution.author} />;
}

/** Who wrote it, when, about which model where that is not clear. */
export function Byline(props: {
  contribution: ModelContribution;
  /** Whether the reader may be on any page. */
  withModel?: boolean;
  verified?: boolean;
  /** Further facts. */
  facts?: Array<string | undefined>;
}) {
  const { contribution, withModel, verified, facts = [] } = props;
  return (
    <Typography variant="body2" color="textSecondary" component="div">
      <Author contribution={contribution} />
      {contribution.mine && ' (you)'}
      {withModel && (
        <>
          {' about '}
          <ModelLink entityRef={contribution.entityRef} />
        </>
      )}
      , <RelativeTime at={contribution.createdAt} />
      {contribution.editedAt && (
        <>
          , edited <RelativeTime at={contribution.editedAt} />
        </>
      )}
      {facts
        .filter(fact => fact !== undefined && fact !== '')
        .map(fact => ` · ${fact}`)}
      {verified && (
        <>
          {' '}
          <StatusChip
            icon={HowToRegIcon}
            label="Verified user"
            tone="good"
            explanation="A team, access profile or key of this person called the model"
          />
        </>
      )}
    </Typography>
  );
}
