import { EmptyHint } from '../hints';
import { Component, type ReactNode } from 'react';

/** A picture whose code did not come or that cannot be drawn leaves the rest of the page alone. */
export class PictureBoundary extends Component<
  { children: ReactNode },
  { failed: boolean }
> {
  static getDerivedStateFromError() {
    return { failed: true };
  }

  state = { failed: false };

  render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyHint
        title="The picture could not be drawn"
        description="The table has the same figures: choose “Show as table”."
      />
    );
  }
}
