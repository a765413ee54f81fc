import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useUrlFilters } from '@modelhub/backstage-plugin-models-react';
import type { ComponentType } from 'react';
import { UsageTitle } from '../usage/UsageTitle';
import { AdoptionView } from './AdoptionView';
import { CostView } from './CostView';
import { DuplicatesView } from './DuplicatesView';
import { WasteView } from './WasteView';

const views: Array<{ id: string; title: string; View: ComponentType }> = [
  { id: 'adoption', title: 'Adoption', View: AdoptionView },
  { id: 'cost', title: 'Cost', View: CostView },
  { id: 'waste', title: 'Waste', View: WasteView },
  { id: 'duplicates', title: 'Duplicates', View: DuplicatesView },
];

/** How the whole organisation uses models. */
export function OrganisationPage() {
  const [{ view: asked }, setAddress] = useUrlFilters([
    'view',
    'by',
    'order',
  ] as const);
  const { id, title, View } = views.find(view => view.id === asked) ?? views[0];
  return (
    <>
      <UsageTitle title={`${title} in the organisation`} />
      <Tabs
        value={id}
        onChange={(_, view: string) => setAddress({ view, by: '', order: '' })}
        aria-label="The organisation"
        indicatorColor="primary"
        variant="scrollable"
        scrollButtons="off"
        style={{ marginBottom: 16 }}
      >
        {views.map(view => (
          <Tab
            key={view.id}
            value={view.id}
            label={view.title}
            id={`organisation-tab-${view.id}`}
            aria-controls={`organisation-panel-${view.id}`}
          />
        ))}
      </Tabs>
      <div
        key={id}
        role="tabpanel"
        id={`organisation-panel-${id}`}
        aria-labelledby={`organisation-tab-${id}`}
      >
        <View />
      </div>
    </>
  );
}
