import { EntityAboutCard, EntityLinksCard } from '@backstage/plugin-catalog';
import { BenchmarksCard } from './BenchmarksCard';
import { CardTextCard } from './CardTextCard';
import { CompletenessCard } from './CompletenessCard';
import { LicenceCard } from './LicenceCard';
import { LifecycleCard } from './LifecycleCard';
import { LineageCard } from './LineageCard';
import { OverviewLayout } from './OverviewLayout';
import { PurposeCard } from './PurposeCard';
import { RunningCard } from './RunningCard';
import { StandingCard } from './StandingCard';
import { VersionsCard } from './VersionsCard';

/** The overview of the older frontend system, where one card is put by hand. */
export function LegacyModelOverview() {
  return (
    <OverviewLayout
      main={
        <>
          <LifecycleCard />
          <StandingCard />
          <PurposeCard />
          <LicenceCard />
          <RunningCard />
          <VersionsCard />
          <BenchmarksCard />
          <LineageCard />
          <CardTextCard />
        </>
      }
      aside={
        <>
          <EntityAboutCard />
          <EntityLinksCard />
          <CompletenessCard />
        </>
      }
    />
  );
}
