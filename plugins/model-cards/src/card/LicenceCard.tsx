import Typography from '@material-ui/core/Typography';
import { LicenceText } from '@modelhub/backstage-plugin-models-react';
import { formatNumber } from '../format';
import { FactList, NotStated, SectionCard, TitledList } from './SectionCard';
import { useModelEntity } from './useModelEntity';

/** The licence in plain words, and what it asks of whoever uses the model. */
export function LicenceCard() {
  const { license } = useModelEntity().spec;
  return (
    <SectionCard title="Licence">
      {license ? (
        <>
          <Typography variant="body1">
            <LicenceText licence={license} />.
          </Typography>
          <TitledList title="What it asks of you" items={license.conditions} />
          <FactList
            facts={[
              ['Notice to show', license.attribution],
              [
                'Needs another licence above',
                license.userThreshold === undefined
                  ? undefined
                  : `${formatNumber(license.userThreshold)} monthly users`,
              ],
              ['Licence id', license.id],
            ]}
          />
        </>
      ) : (
        <NotStated>
          The card names no licence. Without one, nobody has the right to use
          the model.
        </NotStated>
      )}
    </SectionCard>
  );
}
