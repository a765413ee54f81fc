import type { FormatReader } from '../../engine/FormatReader';

/**
 * Vocabularies of SentencePiece: pieces with a text and a number each.
 *
 * Source: google/sentencepiece, `sentencepiece_model.proto`.
 */
export const sentencePieceReader: FormatReader = {
  id: 'sentencepiece',
  title: 'a vocabulary of SentencePiece',
  extensions: ['model', 'spm'],
  matches: ({ head }) => beginsPiece(head),
  read: async () => {},
};

function beginsPiece(head: Buffer): boolean {
  if (head.length < 16 || head[0] !== 0x0a || head[2] !== 0x0a) return false;
  const [piece, text] = [head[1], head[3]];
  const score = 4 + text;
  // A text, a number of four bytes, and then the next piece.
  if (piece >= 0x80 || text >= 0x80 || score + 5 > 2 + piece) return false;
  return head[score] === 0x15 && head[2 + piece] === 0x0a;
}
