import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { StarsField } from './StarsField';

function Field() {
  const [value, setValue] = useState(0);
  return (
    <>
      <button type="button">before</button>
      <StarsField
        name="quality"
        label="Quality"
        question="Good enough?"
        value={value}
        onChange={setValue}
      />
    </>
  );
}

describe('StarsField', () => {
  it('is one stop for the keyboard, and its group and stars have names', async () => {
    render(<Field />);
    const group = screen.getByRole('group', { name: 'Quality' });
    expect(group).toHaveAccessibleDescription('Good enough?');
    expect(screen.getByRole('radio', { name: 'Not rated' })).toBeChecked();

    screen.getByRole('button', { name: 'before' }).focus();
    await userEvent.tab();
    expect(screen.getByRole('radio', { name: 'Not rated' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    expect(
      screen.getByRole('radio', { name: '5 stars: Excellent' }),
    ).toBeChecked();
    await userEvent.keyboard('{ArrowLeft}');
    expect(
      screen.getByRole('radio', { name: '4 stars: Very good' }),
    ).toBeChecked();
    await userEvent.tab();
    expect(group).not.toContainElement(document.activeElement as HTMLElement);
  });

  it('is chosen by a click, and taken back', async () => {
    render(<Field />);
    await userEvent.click(screen.getByRole('radio', { name: '1 star: Poor' }));
    expect(screen.getByRole('radio', { name: '1 star: Poor' })).toBeChecked();
    await userEvent.click(screen.getByRole('radio', { name: 'Not rated' }));
    expect(screen.getByRole('radio', { name: 'Not rated' })).toBeChecked();
  });
});
