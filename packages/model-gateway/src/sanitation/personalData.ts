import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import isCreditCard from 'validator/lib/isCreditCard';
import isEmail from 'validator/lib/isEmail';
import isIBAN from 'validator/lib/isIBAN';
import { Detector, Finding, matches } from './Detector';

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

/**
 * Addresses of mail, numbers of telephones (international, and American ones
 * with separators), payment cards, bank accounts and American social security.
 * Names and postal addresses take a language model and are not looked for.
 */
export function createPersonalDataDetector(): Detector {
  return {
    kind: 'personal-data',
    find: text => [
      ...(text.includes('@')
        ? matches(text, EMAIL, 'email', match => isEmail(match))
        : []),
      ...(/\d{3}/.test(text) ? numbersIn(text) : []),
    ],
  };
}

function numbersIn(text: string): Finding[] {
  return [
    ...matches(text, CARD, 'payment-card', match => isCreditCard(match)),
    ...ibansIn(text),
    ...matches(text, INTERNATIONAL_PHONE, 'phone', isPhone),
    ...matches(text, US_PHONE, 'phone', isPhone),
    ...matches(text, US_SOCIAL_SECURITY, 'us-social-security'),
  ];
}

/** A number may run on into words in capitals that come after it. */
function ibansIn(text: string): Finding[] {
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
