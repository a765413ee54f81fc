import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PeopleList, matchPeople } from './PeopleList';
import { Person } from './personas';

const dana: Person = {
  userEntityRef: 'user:default/dana',
  name: 'Dana Developer',
  teams: ['Customer Care'],
  description: 'Asks for models and may not sign.',
};
const ines: Person = {
  userEntityRef: 'user:default/ines',
  name: 'Ines Iversen',
  teams: ['Security'],
  description: 'Lead of Security: signs.',
};
const people = [dana, ines];

describe('matchPeople', () => {
  it.each([
    ['', [dana, ines]],
    ['  ', [dana, ines]],
    ['DANA', [dana]],
    ['lead security', [ines]],
    ['care models', [dana]],
    ['sign', [dana, ines]],
    ['dana security', []],
  ])('%p', (text, expected) => {
    expect(matchPeople(people, text)).toEqual(expected);
  });
});

describe('PeopleList', () => {
  it('chooses by a click on the name', async () => {
    const onChoose = jest.fn();
    render(<PeopleList people={people} onChoose={onChoose} />);
    await userEvent.click(screen.getByText('Ines Iversen'));
    expect(onChoose).toHaveBeenCalledWith(ines);
  });

  it('chooses the only match with Enter, and nobody of several', async () => {
    const onChoose = jest.fn();
    render(<PeopleList people={people} onChoose={onChoose} />);
    const search = screen.getByLabelText('Find a person, a team or a task');
    await userEvent.type(search, 'sign{Enter}');
    expect(onChoose).not.toHaveBeenCalled();
    await userEvent.clear(search);
    await userEvent.type(search, 'care{Enter}');
    expect(onChoose).toHaveBeenCalledWith(dana);
  });

  it('is reached and used with the keyboard', async () => {
    const onChoose = jest.fn();
    render(<PeopleList people={people} onChoose={onChoose} />);
    await userEvent.tab();
    expect(screen.getByRole('button', { name: /Dana/ })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    expect(onChoose).toHaveBeenCalledWith(dana);
  });

  it('says when nobody matches', async () => {
    render(<PeopleList people={people} onChoose={jest.fn()} />);
    await userEvent.type(screen.getByRole('textbox'), 'zzz');
    expect(screen.getByRole('status')).toHaveTextContent('Nobody matches');
  });
});
