import Button from '@material-ui/core/Button';
import { useRef } from 'react';

/**
 * A button that lets somebody choose a file. The field behind it is out of
 * reach for keyboards and screen readers, which use the button.
 *
 * @public
 */
export function FileButton(props: {
  label: string;
  /** As the `accept` of a file input. */
  accept: string;
  disabled?: boolean;
  onFile: (file: File) => void;
}) {
  const { label, accept, disabled, onFile } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant="outlined"
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        disabled={disabled}
        onChange={event => {
          const file = event.target.files?.[0];
          // The same file can be chosen again after it was mended.
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
