import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import isCreditCard from 'validator/lib/isCreditCard';
import isEmail from 'validator/lib/isEmail';
import isIBAN from 'validator/lib/isIBAN';
import type { SecretMatch } from './SecretRules';

// What looks like one, in linear time; the libraries judge whether it is.
const EMAIL =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}/g;
const CARD = /(?<![\d-])\d(?:[ -]?\d){12,18}(?![\d-])/g;
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/g;
const INTERNATIONAL_PHONE =
  /(?<![\w+])(?:\+|00)[1-9](?:[ ().\/-]{0,2}\d){6,14}(?!\d)/g;
const US_PHONE = /(?<![\w.-])\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w-])/g;
const US_SOCIAL_SECURITY =
  /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g;

const isPhone = (text: string) =>
  parsePhoneNumberFromString(text.replace(/^00/, '+'), 'US')?.isValid() ??
  false;

/** Every match of a pattern that a check, if any, agrees with. */
function matches(
  text: string,
  pattern: RegExp,
  type: string,
  isOne: (match: string) => boolean = () => true,
): SecretMatch[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: match, index }) =>
    isOne(match) ? [{ type, start: index, end: index + match.length }] : [],
  );
}

/** A number may run on into words in capitals that come after it. */
function ibansIn(text: string): SecretMatch[] {
  return matches(text, IBAN, 'iban').flatMap(({ type, start, end }) => {
    for (let stop = end; stop > start; ) {
      if (isIBAN(text.slice(start, stop))) {
        return [{ type, start, end: stop }];
      }
      stop = text.lastIndexOf(' ', stop - 1);
    }
    return [];
  });
}

const numbersIn = (text: string): SecretMatch[] => [
  ...matches(text, CARD, 'payment-card', match => isCreditCard(match)),
  ...ibansIn(text),
  ...matches(text, INTERNATIONAL_PHONE, 'phone', isPhone),
  ...matches(text, US_PHONE, 'phone', isPhone),
  ...matches(text, US_SOCIAL_SECURITY, 'us-social-security'),
];

/**
 * Addresses of mail (`email`), numbers of telephones (`phone`: international,
 * and American ones with separators), of payment cards (`payment-card`), bank
 * accounts (`iban`) and American social security (`us-social-security`). Names
 * and postal addresses take a language model and are not looked for. Takes time
 * in proportion to the length of the text.
 *
 * @public
 */
export const findPersonalData = (text: string): SecretMatch[] => [
  ...(text.includes('@')
    ? matches(text, EMAIL, 'email', match => isEmail(match))
    : []),
  ...(/\d{3}/.test(text) ? numbersIn(text) : []),
];
