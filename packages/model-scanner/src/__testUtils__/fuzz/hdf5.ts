/** Files that h5py wrote, packed by zlib: of the latest version, with a model of Keras. */
export const H5 =
  'eNrtmD1PwlAYhc9t0TQVYiE46GDIXVwIcWAiUYiAkkhCoptfpEJBQimRj6Ah/AB3f4i7I5OTkz/B' +
  '3cHEyWB7exuB1cnkfdL3tj339DTteB5KhcOIvqWrmoaAmSQS8+93pX71+HlWKRVOlIT6wtrzc2cY' +
  'wGvUt6WkXVfAgI0YQr+RAeF9QEUEcW+z061bdrXWdRqtJjYZgxsmhokcDYq79tyZymSheyK2n1Nf' +
  'R/lKWSjG3K58wmPMa7bZ71cds2PxDD+1boeWM2iZNk9y/6U8M+a2eW/1+jxzvmQvm53rurlgbQyd' +
  '2qDVdVwzT4+KezzpDG1bLJeTiXtggZt1EARBEARBEARBEATxR0QlwcBYHFAYY4rUg7MaB4smsvAL' +
  'jhzSa0jPVGBFAVN1LQaE2LfsLowg9On//Yd28e29ki8dK6K2WW5cVsNeM8JGU/mJFzvNA//qIysD' +
  'cj9Ds3QR';

/** Of the first version, with a group. */
export const OLD_H5 =
  'eNrr9HBx4+WS4mIAAQ4OBhYGAQZk8B8Kfkii8mHyCVCaEUp3QOkVTDBxZrCcBFRcAGq+AjOEnwEV' +
  'DwlydQWp/o8GYPZ4iEFoDoZRMBKBh6tjAIiOgPJh6ekEE6q63PyU1Jz48tTM9IySYqR06UCmvYLQ' +
  '9IqernkYPKDpm49BBJgqs1OLEovjy1KLijPz84DikoyMYJ0CcDdwoOQTUPLvYEbkHXdnfx9GBqgG' +
  'NHUgYKRnieKuG/yjaWIUjIJRMApGwSgYBaNgFIyCUTAKRsEoGGqAEQwR4xqwcYcNwhD+BVEITWic' +
  'bAHUgNFxspEJ0MfJYKO5H0RR1ZXD0x1UH4X2Bvv5u4BSMCzddQijmo+ejkcBrnKAFRJmjDA+JEMz' +
  'MkIEYMOdMJoZKA+SEVSwh4a9A4MJN4PJf+jAIStQFCTPxMTECCkXIOYxM76QRE0hMNAxqMIDPV1N' +
  'EB9NI+SDD/ZQhgMAyWRbpg==';
