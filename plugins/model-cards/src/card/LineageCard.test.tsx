import { screen } from '@testing-library/react';
import { FakeBackends } from '../__testUtils__/FakeBackends';
import { modelEntity } from '../__testUtils__/models';
import { renderCards } from '../__testUtils__/renderCards';
import { LineageCard } from './LineageCard';

const renderLineage = (entity: ReturnType<typeof modelEntity>) =>
  renderCards(<LineageCard />, { backends: new FakeBackends(), entity });

const factOf = (term: string) =>
  screen.getByText(term).closest('dt')?.nextElementSibling;

describe('LineageCard', () => {
  it('says that nothing is known', async () => {
    await renderLineage(modelEntity());
    expect(
      screen.getByText(/names neither a base model nor training data/),
    ).toBeVisible();
  });

  it('links to what it was made from and who uses it', async () => {
    await renderLineage({
      ...modelEntity(),
      relations: [
        { type: 'derivedFrom', targetRef: 'model:acme/base' },
        { type: 'modelConsumedBy', targetRef: 'component:default/shop' },
      ],
    });
    expect(screen.getByRole('link', { name: /base/ })).toHaveAttribute(
      'href',
      '/catalog/acme/model/base',
    );
    expect(factOf('Used by')).toHaveTextContent('shop');
    expect(screen.queryByText('Trained on')).toBeNull();
  });

  it('links to features, with their versions', async () => {
    await renderLineage(
      modelEntity({
        features: ['customer-features@v3', 'resource:ml/baskets'],
      }),
    );
    expect(factOf('Features it was trained with')).toHaveTextContent(
      'customer-features v3, ml/baskets',
    );
    expect(
      screen.getByRole('link', { name: 'customer-features' }),
    ).toHaveAttribute('href', '/catalog/default/resource/customer-features');
  });
});
