import { stringifyEntityRef } from '@backstage/catalog-model';
import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { Facts, Loaded } from '@modelhub/backstage-plugin-models-react';
import { useReviews } from '../lib/useReviews';
import { rootRouteRef } from '../routes';

/** On the page of a person: what they contributed about models. */
export function ContributionsCard() {
  const { entity } = useEntity();
  const author = stringifyEntityRef(entity);
  const root = useRouteRef(rootRouteRef);
  const query = useReviews(`contributions ${author}`, (api, signal) =>
    api.getPersonContributions({ author }, { signal }),
  );
  if (query.status === 'absent' || query.status === 'forbidden') return null;
  const value = query.value;
  const nothing =
    value && value.reviews + value.tips + value.questions + value.answers === 0;
  return (
    <InfoCard title="About models">
      <Loaded
        query={query}
        room="model-reviews"
        failure="The contributions could not be loaded"
      >
        {counts =>
          nothing ? (
            <Typography variant="body2">
              No review, tip, question or answer about a model that you may see.
            </Typography>
          ) : (
            <Facts
              items={[
                [
                  'Reviews',
                  counts.reviews > 0 ? (
                    <Link
                      to={`${root()}/newest?author=${encodeURIComponent(
                        author,
                      )}`}
                    >
                      {counts.reviews}
                    </Link>
                  ) : (
                    '0'
                  ),
                ],
                ['Tips', String(counts.tips)],
                ['Questions', String(counts.questions)],
                [
                  'Answers',
                  counts.accepted > 0
                    ? `${counts.answers}, ${counts.accepted} of them accepted`
                    : String(counts.answers),
                ],
                ['Found helpful', `${counts.helpful} times`],
              ]}
            />
          )
        }
      </Loaded>
    </InfoCard>
  );
}
