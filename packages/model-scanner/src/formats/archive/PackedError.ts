import { PartError } from '../../engine/FormatReader';

/** Packed bytes are not what their format prescribes. */
export class PackedError extends PartError {
  constructor(message: string) {
    super(message, 'archive-corrupt');
  }
}
