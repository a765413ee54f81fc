import { climbsOut } from '../archive/names';

/** What is wrong with the path of a file that holds tensors. */
export function judgePath(path: string): string | undefined {
  const plain = path.split('\0')[0];
  if (plain.includes('_ORT_MEM_ADDR_')) return 'is the memory of the program';
  if (/^[a-z][a-z0-9+.-]*:/i.test(plain) && !/^[a-z]:/i.test(plain)) {
    return 'is an address';
  }
  if (/^[~%$]/.test(plain)) return 'leaves its folder';
  if (climbsOut(plain)) return 'leaves its folder';
  if (/^(con|nul|prn|aux|com\d|lpt\d)(\.|$)/i.test(plain)) return 'is a device';
  return undefined;
}
