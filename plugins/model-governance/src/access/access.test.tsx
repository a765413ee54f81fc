import { fireEvent, screen, waitFor } from '@testing-library/react';
import { failure, FakeBackend } from '../__testUtils__/FakeBackend';
import { renderGovernance } from '../__testUtils__/renderGovernance';
import { idFrom, isId, wordsOf, wrongMembers } from './accessForm';
import { ProfilesSection } from './ProfilesSection';
import { PurposesSection } from './PurposesSection';

const profile = {
  id: 'checkout',
  title: 'Checkout',
  members: ['group:default/checkout'],
  enforcement: 'observe',
};

const write = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('access forms', () => {
  it.each([
    ['Customer care', 'customer-care'],
    [' Zürich & Genève ', 'zurich-geneve'],
    ['!', ''],
  ])('makes an id of "%s": %s', (title, id) => {
    expect(idFrom(title)).toBe(id);
    expect(isId(id)).toBe(id !== '');
  });

  it('reads lists and finds what is no member', () => {
    expect(wordsOf('eu, us\n eu')).toEqual(['eu', 'us']);
    expect(
      wrongMembers([
        'group:default/a',
        'user:b',
        'component:x/y',
        'model:x/y',
        'checkout',
      ]),
    ).toEqual(['model:x/y', 'checkout']);
  });
});

describe('ProfilesSection', () => {
  it('adds a profile with an id that follows from its title', async () => {
    const items: object[] = [];
    const fake = new FakeBackend()
      .on('GET /access-profiles', () => ({ items: [...items] }))
      .on('POST /access-profiles', ({ body }) => {
        items.push({ ...body });
        return items[0];
      });
    await renderGovernance(<ProfilesSection />, { backend: fake });
    await screen.findByText('There is no access profile yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add access profile' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Support desk');
    write(/^Members/, 'desk');
    expect(
      screen.getByText(/Not a group, user or component: desk/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
    write(/^Members/, 'group:default/desk');
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));

    await screen.findByRole('table', { name: 'Access profiles', hidden: true });
    expect(fake.sent('POST /access-profiles')[0].body).toEqual({
      id: 'support-desk',
      title: 'Support desk',
      members: ['group:default/desk'],
      enforcement: 'enforce',
    });
  });

  it('changes one under the same id', async () => {
    const fake = new FakeBackend()
      .on('GET /access-profiles', { items: [profile] })
      .on('PUT /access-profiles/checkout', profile);
    await renderGovernance(<ProfilesSection />, { backend: fake });
    fireEvent.click(
      await screen.findByRole('button', { name: 'Change profile Checkout…' }),
    );
    await screen.findByLabelText(/^Enforcement/);
    expect(screen.queryByLabelText(/^Id/)).toBeNull();
    write(/^Enforcement/, 'enforce');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('PUT /access-profiles/checkout')[0].body).toEqual({
      ...profile,
      enforcement: 'enforce',
    });
  });
});

describe('PurposesSection', () => {
  it('adds a purpose with its data and regions', async () => {
    const fake = new FakeBackend()
      .on('GET /purposes', { items: [] })
      .on('POST /purposes', ({ body }) => ({ ...body }));
    await renderGovernance(<PurposesSection />, { backend: fake });
    await screen.findByText('There is no purpose yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add purpose' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Claims');
    write(/^Regions/, 'EU, ch');
    const internal = screen.getByLabelText('Internal');
    fireEvent.click(internal);
    expect(screen.getByText('Choose at least one.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Add' })).toBeDisabled();
    fireEvent.click(screen.getByLabelText('Personal data'));
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(fake.sent('POST /purposes')[0].body).toEqual({
      id: 'claims',
      title: 'Claims',
      dataClasses: ['personal'],
      regions: ['eu', 'ch'],
    });
  });

  it('says that an id is taken, and keeps what was written', async () => {
    const fake = new FakeBackend()
      .on('GET /purposes', { items: [] })
      .on('POST /purposes', () =>
        failure(409, 'ConflictError', "There is a purpose 'claims' already."),
      );
    await renderGovernance(<PurposesSection />, { backend: fake });
    await screen.findByText('There is no purpose yet');
    fireEvent.click(screen.getByRole('button', { name: 'Add purpose' }));
    await screen.findByLabelText(/^Title/);
    write(/^Title/, 'Claims');
    fireEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText(/'claims' already/)).toBeVisible();
    expect(screen.getByLabelText(/^Title/)).toHaveValue('Claims');
  });
});
